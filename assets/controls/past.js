import { hear, kept, tell } from "../between.js";
import { say } from "../words.js";

const ICONS = {
  undo:
    "M12.5 8c-2.65 0-5.05 1-6.9 2.6L2 7v9h9l-3.62-3.62a8 8 0 0 1 12.71 3.62l2.37-.78A10.5 10.5 0 0 0 12.5 8z",
  redo:
    "M18.4 10.6A10.47 10.47 0 0 0 11.5 8C6.85 8 2.92 11.03 1.54 15.22L3.9 16a8 8 0 0 1 12.72-3.62L13 16h9V7z",
};
const icon = (name) =>
  `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;

const HTML = `<button type="button" data-past="undo" aria-label="${say("Undo")}" title="${
  say("Undo (Ctrl+Z)")
}">${icon("undo")}</button>
  <button type="button" data-past="redo" aria-label="${say("Redo")}" title="${
  say("Redo (Ctrl+Shift+Z)")
}">${icon("redo")}</button>
  <button type="button" data-past="reset" title="${say("All controls as they were at first")}">${
  say("Reset")
}</button>`;

/** What a key asks for: Ctrl+Z undoes, Ctrl+Shift+Z and Ctrl+Y do it again. */
export function asked({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  if (!(ctrlKey || metaKey) || altKey) return undefined;
  const letter = key.toLowerCase();
  if (letter === "z") return shiftKey ? "redo" : "undo";
  return letter === "y" && !shiftKey ? "redo" : undefined;
}

/** Whether a person is typing here: the field has something else in it than was put there. */
export const isTyping = (field) =>
  field.matches?.("input[type=text], textarea") && field.value !== field.defaultValue;

/** Undo, redo and reset of the lab's settings; the guide does them, in the browser's history. */
export class PastButtons {
  constructor(model) {
    this.element = Object.assign(document.createElement("div"), {
      className: "past",
      innerHTML: HTML,
    });
    this.element.setAttribute("role", "group");
    this.element.ariaLabel = say("Changes");
    this.buttons = [...this.element.children];
    for (const button of this.buttons) {
      button.addEventListener("click", () => tell("change", button.dataset.past));
    }
    const show = () => this.show();
    hear(model, { undo: show, redo: show, reset: show, page: show });
    const key = (event) => this.key(event);
    document.addEventListener("keydown", key);
    model.on("remove", () => document.removeEventListener("keydown", key));
    this.show();
  }

  /** Only what can be done can be pressed; the focus does not fall off the page with what cannot. */
  show() {
    this.element.hidden = kept("page") !== "lab";
    const focused = this.buttons.find((button) => button.matches(":focus"));
    for (const button of this.buttons) button.disabled = kept(button.dataset.past) !== "yes";
    if (focused?.disabled) this.buttons.find((button) => !button.disabled)?.focus();
  }

  key(event) {
    const change = asked(event);
    if (!change || this.element.hidden || isTyping(event.composedPath()[0])) return;
    event.preventDefault();
    tell("change", change);
  }
}
