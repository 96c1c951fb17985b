import { tell } from "../between.js";

/** A press on the frame of a figure goes to a time, which `timeOf` reads from the place in its own units. */
export function whenPressed(view, timeOf) {
  const { frame, el } = view;
  // Trap: Bokeh documents no scales of a view; they turn pixels of the figure into nm and fs.
  el.addEventListener("pointerdown", (event) => {
    const { left, top } = el.getBoundingClientRect();
    const at = [event.clientX - left, event.clientY - top], { bbox } = frame;
    if (at[0] < bbox.left || at[0] > bbox.right || at[1] < bbox.top || at[1] > bbox.bottom) return;
    tell("seek", timeOf({ x: frame.x_scale.invert(at[0]), y: frame.y_scale.invert(at[1]) }));
  });
}
