import { tell } from "../between.js";
import { runIn } from "../navigation/link.js";
import { axesOf } from "./axes.js";
import { theory } from "./telling.js";
import { say } from "../words.js";

const RECTANGLE = "Rectangular", GAUSSIAN = "Gaussian";

export const PIN = `<div class="pin" role="group" aria-label="${say("Compare two runs")}" hidden>
  <button type="button" class="toggle" data-pin aria-pressed="false">${say("Pin this run")}</button>
  <button type="button" class="toggle" data-against></button>
  <p role="status"></p></div>`;

/** The shape that a barrier is compared with: the rectangle with the Gaussian, every other with the rectangle. */
export const other = (shape) => (shape === RECTANGLE ? GAUSSIAN : RECTANGLE);

/** Whether two runs can stand on the same axes. */
export const comparable = (one, two) => one.units.join() === two.units.join();

/** What is told of a pinned run, beside the one on stage. */
export function told(pinned, run) {
  if (!comparable(pinned, run)) {
    return say("The pinned run is in other units, and not drawn beside this one.");
  }
  const [before, now] = [pinned, run].map(({ summary: { exact } }) => theory(exact));
  return pinned === run
    ? say("This run stays in gray behind the next ones, at the same times.")
    : say(
      "Gets through by exact theory: {before} of the pinned run (gray), {now} of this one.",
      { before, now },
    );
}

/** One run of the lab stays, gray, behind those that come after it. */
export class Pin {
  constructor(root, changed) {
    Object.assign(this, { root, changed });
    root.querySelector("[data-pin]").addEventListener("click", () => this.toggle());
    root.querySelector("[data-against]").addEventListener("click", () => {
      if (!this.run) this.toggle();
      tell("choose", { name: "shape", value: other(this.shape) });
    });
  }

  /** The run that is drawn behind the one on stage. */
  get behind() {
    const { run, now } = this;
    return run && now && run !== now && comparable(run, now) ? run : undefined;
  }

  /** What the axes must hold of these runs, and of the one behind them. */
  axesOf(runs) {
    const { run } = this, behind = run && runs.length === 1 && comparable(run, runs[0]);
    return axesOf(behind ? [...runs, run] : runs);
  }

  /** The link of the pinned run, or nothing. */
  get link() {
    return this.run ? this.own : "";
  }

  /** A link brought a run, or none. */
  put(run, own) {
    Object.assign(this, { run, own });
  }

  toggle() {
    this.put(this.run ? undefined : this.now, this.last);
    this.write();
    this.changed();
  }

  /** Only the lab has it, and only where one run is alone. */
  offer(page) {
    this.root.hidden = page !== "lab";
    if (page !== "lab") this.run = undefined;
    this.write();
  }

  /** Another run comes on stage. */
  load({ runs }) {
    this.now = runs[0];
    this.last = runIn(location.search);
    this.write();
  }

  /** What shape the controls have. */
  name({ shape }) {
    this.shape = shape;
    const button = this.root.querySelector("[data-against]");
    button.hidden = shape === undefined;
    button.textContent = other(shape) === GAUSSIAN
      ? say("Against a Gaussian")
      : say("Against a rectangle");
  }

  write() {
    const { run, now } = this, button = this.root.querySelector("[data-pin]");
    button.setAttribute("aria-pressed", Boolean(run));
    button.textContent = run ? say("Unpin") : say("Pin this run");
    const text = run && now ? told(run, now) : "";
    this.root.querySelector("p").textContent = text.replaceAll(" %", "\u00a0%");
  }
}
