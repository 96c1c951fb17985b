import { kept, tell } from "../between.js";
import { say } from "../words.js";

const PREDICT = say("Predict first: answer the question, then play.");

/** What a person may see: no run before a prediction is kept, what theory says once the run was watched. */
export class Reveal {
  constructor(root, { gate, changed }) {
    Object.assign(this, { root, gate, changed });
    this.next = root.querySelector(".explained");
    this.next.querySelector("button").addEventListener("click", () => tell("explain"));
  }

  get closed() {
    return this.state === "ask";
  }

  get withheld() {
    return this.state !== "done";
  }

  /** The question on the page is to be answered, its run to be played, or it is explained. */
  turn() {
    this.state = kept("state");
    this.root.classList.toggle("closed", this.closed);
    this.gate(this.closed ? PREDICT : "");
    this.show();
  }

  /** The run was seen to its end. */
  watch() {
    if (this.watched) return;
    this.watched = true;
    tell("watched");
  }

  /** Another page, whose run nobody has watched. */
  leaf() {
    this.watched = false;
    this.show();
  }

  /** Another step, or the same from its start. */
  restart() {
    this.held = false;
    this.leaf();
  }

  /** What theory says stays hidden until the run was watched; then the explanation is the next thing. */
  show() {
    const { root, next, withheld, watched } = this;
    this.held ||= withheld && this.state !== undefined;
    root.classList.toggle("withheld", withheld);
    next.hidden = withheld || !watched || !this.held;
    this.changed();
    const focused = root.getRootNode().activeElement;
    if (next.hidden || !focused?.closest(".player")) return;
    next.firstElementChild.focus({ preventScroll: true });
  }
}
