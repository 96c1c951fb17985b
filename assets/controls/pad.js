import {
  added,
  drawnOnce,
  endOf,
  moved,
  pathOf,
  pointsOf,
  redrawn,
  removed,
  textOf,
} from "./points.js";
import { TextControl } from "./text.js";
import { inWords } from "../numbers.js";
import { say } from "../words.js";

const HEIGHT = 168, SIDE = 34, FOOT = 18, TOP = 6;
/** Pixels: of a tap that is no line, from which two are one place, and that a drawn line may be missed by. */
const STILL = 4, NEAR = 14, MISSED = 1.5;
/** Milliseconds between two taps that belong together. */
const TWICE = 400;
/** How far a key moves a point, nm and eV. */
const STEPS = {
  ArrowLeft: [-0.02, 0],
  ArrowRight: [0.02, 0],
  ArrowUp: [0, 0.05],
  ArrowDown: [0, -0.05],
  PageUp: [0, 0.5],
  PageDown: [0, -0.5],
};

const PAD = `<svg class="pad" height="${HEIGHT}" role="group" aria-label="${
  say("V(x), to be drawn")
}">
  <g class="axes" aria-hidden="true"></g><path class="area" aria-hidden="true"/><path class="line" aria-hidden="true"/>
  <path class="level" aria-hidden="true"/><path class="trace" aria-hidden="true"/><g class="points"></g></svg>
  <p class="note">${
  say(
    "Draw, or drag points; the V of the last goes on. Two clicks add one, on a point they remove it; keys: arrows, Insert, Delete.",
  )
}</p>`;

/** Points of a potential on a pad: dragged, added, removed, moved by keys, or drawn in one go. */
export class PadControl extends TextControl {
  constructor(about, send) {
    super(about, send);
    this.element.classList.add("drawn");
    this.element.querySelector("select").insertAdjacentHTML("afterend", PAD);
    this.entry.rows = 2;
    this.pad = this.element.querySelector("svg");
    this.points = [];
    new ResizeObserver(() => this.draw()).observe(this.pad);
    this.pad.addEventListener("pointerdown", (event) => this.take(event));
    this.pad.addEventListener("keydown", (event) => this.press(event));
    this.pad.addEventListener("keyup", () => this.release());
    this.pad.addEventListener("focusout", () => this.release());
  }

  set(value) {
    super.set(value);
    if (this.pad) this.lay(pointsOf(value));
  }

  lock(locked) {
    super.lock(locked);
    this.locked = locked;
    this.draw();
  }

  told(read) {
    super.told(read);
    const here = read.text === this.entry.value && !read.said;
    if (here && !this.taken) this.lay(pointsOf(read.text));
  }

  /** What stands beside the points: how they are joined, and the packet's energy. */
  beside({ lines, energy }) {
    Object.assign(this, { smooth: lines === "Smooth", energy });
    this.draw();
  }

  /** Points on axes that leave room for more. */
  lay(points) {
    if (points.length < 2) return;
    const { reach, lowest, highest } = this.about.limits, v = points.map((point) => point[1]);
    this.points = points;
    this.end = endOf(Math.max(...points.map(([x]) => Math.abs(x))), reach);
    this.high = endOf(Math.max(0, ...v, this.energy ?? 0), highest);
    this.low = Math.min(...v) < 0 ? -endOf(-Math.min(...v), -lowest) : -0.3 * this.high;
    this.draw();
  }

  place([x, v]) {
    const { end, high, low } = this;
    const wide = this.width - SIDE - TOP, tall = HEIGHT - FOOT - TOP;
    return [SIDE + (x + end) / (2 * end) * wide, TOP + (high - v) / (high - low) * tall];
  }

  /** Where a pointer is, nm and eV. */
  under({ clientX, clientY }) {
    const { left, top } = this.pad.getBoundingClientRect(), x = clientX - left, y = clientY - top;
    const wide = this.width - SIDE - TOP, tall = HEIGHT - FOOT - TOP;
    const v = this.high - (y - TOP) / tall * (this.high - this.low);
    const level = Math.abs(v) * tall / (this.high - this.low) < STILL ? 0 : v;
    return [(x - SIDE) / wide * 2 * this.end - this.end, level];
  }

  draw() {
    if (!this.pad || this.points.length < 2) return;
    this.width = this.pad.getBoundingClientRect().width;
    if (!this.width) return;
    const find = (part) => this.pad.querySelector(part), { points, end, high, low } = this;
    const [first, last] = [points[0], points[points.length - 1]];
    const line = pathOf(points, this.smooth, (point) => this.place(point));
    const at = (x, v) => this.place([x, v]).map((one) => one.toFixed(1)).join(" ");
    const whole = `M${at(-end, 0)}L${at(first[0], 0)}L${line.slice(1)}L${at(end, last[1])}`;
    find(".line").setAttribute("d", whole);
    find(".area").setAttribute("d", `${whole}L${at(end, 0)}L${at(-end, 0)}Z`);
    const seen = this.energy < high;
    find(".level").setAttribute(
      "d",
      seen ? `M${at(-end, this.energy)}L${at(end, this.energy)}` : "",
    );
    find(".axes").innerHTML = this.axesHtml(at, [-end, 0, end], [low, 0, high]);
    this.grips(find(".points"));
  }

  axesHtml(at, x, v) {
    const nm = x.map((one) =>
      `<path d="M${at(one, this.low)}L${at(one, this.high)}"/><text class="x${
        one > 0 ? " end" : ""
      }" x="${this.place([one, 0])[0]}" y="${HEIGHT - 4}">${inWords(one)}${
        one > 0 ? " nm" : ""
      }</text>`
    );
    const ev = v.map((one) =>
      `<path d="M${at(-this.end, one)}L${at(this.end, one)}"/><text class="v" x="${SIDE - 4}" y="${
        this.place([0, one])[1] + (one === this.high ? 10 : 4)
      }">${inWords(Number(one.toPrecision(2)))}${one > 0 ? " eV" : ""}</text>`
    );
    return [...nm, ...ev].join("");
  }

  /** A grip for each point; those that are there stay, with the focus. */
  grips(group) {
    const { points } = this, { lowest, highest } = this.about.limits;
    while (group.children.length > points.length) group.lastChild.remove();
    while (group.children.length < points.length) {
      const grip = document.createElementNS("http://www.w3.org/2000/svg", "g");
      grip.setAttribute("class", "grip");
      grip.setAttribute("role", "slider");
      grip.innerHTML = '<circle class="target" r="13"/><circle class="dot" r="4.5"/>';
      group.append(grip);
    }
    points.forEach(([x, v], i) => {
      const grip = group.children[i], [left, top] = this.place([x, v]);
      const told = { x: Number(x.toFixed(3)), v: Number(v.toFixed(2)) };
      const text = `x ${inWords(told.x)} nm, V ${inWords(told.v)} eV`;
      grip.setAttribute("transform", `translate(${left.toFixed(1)} ${top.toFixed(1)})`);
      grip.setAttribute("tabindex", this.locked ? -1 : 0);
      const said = {
        label: say("Point {number} of {count}", { number: i + 1, count: points.length }),
        valuenow: told.v,
        valuetext: text,
      };
      const spans = { valuemin: lowest, valuemax: highest, disabled: Boolean(this.locked) };
      for (const [name, value] of Object.entries({ ...said, ...spans })) {
        grip.setAttribute(`aria-${name}`, value);
      }
    });
  }

  /** The points are these from now on; the server reads them. */
  change(points) {
    if (points === this.points) return;
    this.points = points;
    this.draw();
    this.drag(textOf(points));
  }

  finish() {
    this.taken = false;
    this.lay(this.points);
    this.release();
  }

  press(event) {
    const grip = event.target.closest(".grip"), { limits } = this.about;
    if (!grip || this.locked) return;
    const i = [...grip.parentNode.children].indexOf(grip), { points } = this, [x, v] = points[i];
    const step = STEPS[event.key];
    if (step) this.change(moved(points, i, [x + step[0], v + step[1]], limits));
    else if (event.key === "Delete" || event.key === "Backspace") this.change(removed(points, i));
    else if (event.key === "Insert" || event.key === "+") {
      const [x1, v1] = points[i + 1] ?? points[i - 1];
      this.change(added(points, [(x + x1) / 2, (v + v1) / 2], limits));
    } else return;
    event.preventDefault();
    this.pad.querySelectorAll(".grip")[Math.min(i, this.points.length - 1)].focus();
  }

  /** A point is dragged, a line is drawn; what does not move is a tap. */
  take(event) {
    if (this.locked || !this.points.length) return;
    event.preventDefault();
    const grip = event.target.closest(".grip"), from = [event.clientX, event.clientY];
    const i = grip ? [...grip.parentNode.children].indexOf(grip) : -1, before = this.points;
    const path = [this.under(event)];
    let far = false;
    grip?.focus({ preventScroll: true });
    this.taken = true;
    this.pad.setPointerCapture(event.pointerId);
    const move = (now) => {
      far ||= Math.hypot(now.clientX - from[0], now.clientY - from[1]) > STILL;
      if (!far) return;
      if (i >= 0) this.change(moved(before, i, this.under(now), this.about.limits));
      else {
        path.push(this.under(now));
        this.pad.querySelector(".trace").setAttribute(
          "d",
          pathOf(path, false, (p) => this.place(p)),
        );
      }
    };
    this.pad.addEventListener("pointermove", move);
    this.pad.addEventListener("lostpointercapture", () => {
      this.pad.removeEventListener("pointermove", move);
      this.pad.querySelector(".trace").setAttribute("d", "");
      if (!far) this.tap(i, from, path[0]);
      else if (i < 0) this.redraw(path);
      this.finish();
    }, { once: true });
  }

  redraw(path) {
    const line = drawnOnce(path), far = MISSED * (this.high - this.low) / HEIGHT;
    if (line.length > 1) this.change(redrawn(this.points, line, far, this.about.limits));
  }

  /** The second of two taps at one place adds a point there, or removes the one that is there. */
  tap(i, [x, y], point) {
    const { time, at } = this.tapped ?? {}, now = performance.now();
    const again = now - time < TWICE && Math.hypot(at[0] - x, at[1] - y) < NEAR;
    this.tapped = again ? undefined : { time: now, at: [x, y] };
    if (!again) return;
    this.change(i < 0 ? added(this.points, point, this.about.limits) : removed(this.points, i));
  }
}
