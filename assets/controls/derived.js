import { isTyping } from "./past.js";
import { NumberControl } from "./number.js";
import { say } from "../words.js";

/**
 * A number that follows from the others unless it is given: null is "not given".
 *
 * Then it shows what the run on stage has. It is given by typing, keys or its handle; the button has it follow again.
 */
export class DerivedControl extends NumberControl {
  constructor(about, send) {
    super(about, send);
    this.element.classList.add("derived");
    this.slider.hidden = true;
    this.button = document.createElement("button");
    Object.assign(this.button, { type: "button", className: "auto", textContent: say("auto") });
    this.button.addEventListener("click", () => this.give(this.given ? null : this.value));
    this.entry.before(this.button);
    this.derived = 0;
  }

  /** Show a value that is given, or with null the one that follows. */
  set(value) {
    this.given = value !== null;
    super.set(value ?? this.derived);
    if (!this.button) return;
    this.element.classList.toggle("given", this.given);
    this.button.setAttribute("aria-pressed", !this.given);
    this.button.ariaLabel = say("{name}: automatic", { name: this.about.label });
  }

  /** What follows from the others. */
  derive(value) {
    this.derived = Number(value.toPrecision(4));
    if (!this.given && !isTyping(this.entry)) this.set(null);
  }

  lock(locked) {
    super.lock(locked);
    this.button.disabled = locked;
  }

  takeBack() {
    this.set(this.given ? this.value : null);
  }

  enter(value) {
    if (this.given) super.enter(value);
    else this.give(value);
  }

  give(value) {
    this.set(value);
    this.send(this.about.name, value);
  }

  /** What is emptied follows again. */
  commit() {
    if (this.entry.value.trim() || this.entry.value === this.shown) super.commit();
    else this.give(null);
  }
}
