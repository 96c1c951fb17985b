import { MOVES } from "../moves.js";
import { tell } from "../between.js";
import { gripsOf } from "./grips.js";
import { written } from "../words.js";

/** Pixels that a handle keeps from the ends of the frame. */
const INSET = 10;

const valuesOf = (numbers) =>
  Object.fromEntries(Object.entries(numbers).map(([name, { value }]) => [name, value]));

/**
 * Handles on a figure, one for each control that is free: dragged, or moved by keys, they move the control.
 *
 * Each change goes the way of the control's own slider; what it then is comes back by `offer`.
 */
export class Handles {
  constructor() {
    this.element = document.createElement("div");
    this.element.className = "handles";
    this.handles = {};
    this.numbers = {};
  }

  /** Onto a figure that was drawn anew. */
  mount(slot, { model: plot, frame }) {
    // Trap: Bokeh documents no scales of a view; they turn nm and eV into pixels of the figure.
    Object.assign(this, { plot, frame });
    slot.append(this.element);
    for (const side of ["inner_width", "inner_height"]) {
      plot.properties[side].change.connect(() => this.place());
    }
    tell("grips");
  }

  /** The numbers that can be chosen now, {name: {label, unit, value, low, high, locked}}. */
  offer(numbers) {
    this.numbers = numbers;
    this.place();
  }

  /** Another run, or an instant of a drag; none where there are two. */
  load(run) {
    this.run = run;
    this.place();
  }

  place() {
    if (!this.frame) return;
    const { run, numbers } = this, grips = run ? gripsOf(run, valuesOf(numbers)) : {};
    const shown = ([name]) => numbers[name]?.locked === false;
    const taken = Object.entries(grips).filter(shown), names = taken.map(([name]) => name);
    for (const [name, handle] of Object.entries(this.handles)) {
      handle.hidden = !names.includes(name);
    }
    for (const [name, grip] of taken) this.show(name, grip);
  }

  show(name, grip) {
    const handle = this.handles[name] ??= this.made(name), { style } = handle;
    const { label, unit, value, low, high } = this.numbers[name],
      told = `${written(value)} ${unit}`;
    handle.grip = grip;
    const { bbox: { left, right, top, bottom }, x_scale, y_scale } = this.frame;
    const within = (at, from, to) => Math.min(to - INSET, Math.max(from + INSET, at));
    const x = within(x_scale.compute(grip.x), left, right);
    const y = within(y_scale.compute(grip.y), top, bottom);
    style.transform = `translate(${x}px, ${y}px)`;
    const said = { label: `${label}, ${told}`, valuenow: value, valuetext: told };
    for (const [what, text] of Object.entries({ ...said, valuemin: low, valuemax: high })) {
      handle.setAttribute(`aria-${what}`, text);
    }
  }

  made(name) {
    const handle = document.createElement("div");
    handle.className = `handle ${name}`;
    handle.tabIndex = 0;
    handle.setAttribute("role", "slider");
    handle.addEventListener("pointerdown", (event) => this.take(event, name, handle));
    handle.addEventListener("keydown", (event) => {
      const by = MOVES[event.key];
      if (by === undefined) return;
      event.preventDefault();
      tell("grip", { name, by });
    });
    for (const over of ["keyup", "blur"]) {
      handle.addEventListener(over, () => tell("grip", { name }));
    }
    this.element.append(handle);
    return handle;
  }

  /** From here to where it is let go; what a pixel is worth stays as it was at first. */
  take(event, name, handle) {
    const { along, rate } = handle.grip, { value } = this.numbers[name];
    const { [`${along}_scale`]: scale } = this.frame, pixel = scale.invert(1) - scale.invert(0);
    const place = along === "x" ? "clientX" : "clientY", from = event[place];
    const move = (now) => {
      tell("grip", { name, value: value + (now[place] - from) * pixel / rate });
    };
    event.preventDefault();
    handle.focus({ preventScroll: true });
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", () => {
      handle.removeEventListener("pointermove", move);
      this.taken = false;
      tell("grip", { name });
    }, { once: true });
    this.taken = true;
  }
}
