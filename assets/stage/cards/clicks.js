import { insideOf } from "../barrier.js";
import { embed } from "../embed.js";
import { clock, place, result } from "../telling.js";
import { anySeries, chosen, sharesAround, spread, sumsOf, Trail, wilson } from "./counting.js";
import { say } from "../../words.js";

const SENT = [1, 10, 100, 1000];
const SIDES = ["left", "inside", "right"];
const TICKS = [say("left"), say("inside"), say("right")];

const HTML = `<div class="toggles" role="group" aria-label="${say("Send particles")}">
    ${
  SENT.map((n) =>
    `<button type="button" data-send="${n}">${say("Send {count}", { count: n })}</button>`
  ).join("")
}
    <button type="button" data-clear>${say("Clear")}</button>
    <button type="button" data-again title="${
  say("The same clicks once more, from the first on")
}">${say("Same clicks again")}</button>
    <button type="button" data-now aria-pressed="false">${
  say("Detect at the time on screen")
}</button></div>
  <p class="sum" aria-live="polite" data-part="click-sum"></p>`;

const LAST = {
  left: say("The last one clicked left, whole."),
  inside: say("The last one clicked inside, whole."),
  right: say("The last one clicked right, whole."),
};

const LEGEND = `<div class="legend"><span>${say("counted")}</span>
  <span class="spread">${say("its error, 68 % (Wilson)")}</span><span class="expected">${
  say("expected")
}</span>
  <span class="funnel">${say("T ± one standard deviation of N clicks")}</span></div>`;

/** Stretches of x in which the places are counted. */
const BINS = 96;
/** A bar is so wide on either side, an expected share a little wider. */
const BAR = 0.32, MARK = 0.42;
/** Beyond any axis. */
const FAR = 1e3;

/** Single detections: each particle clicks once, at one place, with the run's probabilities. */
export class Clicks {
  constructor(root) {
    this.root = root;
    this.slots = root.querySelector(".slots");
    const above = root.querySelector(".note");
    above.insertAdjacentHTML("afterend", HTML);
    this.slots.insertAdjacentHTML("beforebegin", LEGEND);
    this.series = anySeries();
    for (const button of root.querySelectorAll("[data-send]")) {
      button.addEventListener("click", () => this.send(Number(button.dataset.send)));
    }
    const acts = { clear: () => this.clear(), again: () => this.again(), now: () => this.turn() };
    for (const [name, act] of Object.entries(acts)) {
      root.querySelector(`[data-${name}]`).addEventListener("click", act);
    }
  }

  slot(name) {
    return this.slots.querySelector(`[data-slot="${name}"]`);
  }

  async mount(items) {
    this.figures = {};
    this.slot("places").hidden = false; // What is embedded where there is no room stays so.
    for (const [name, item] of Object.entries(items)) {
      this.figures[name] = await embed(item, this.slot(name));
    }
    this.figures.sides.plot.below[0].major_label_overrides = new Map(TICKS.entries());
  }

  /** A run that is drawn in other colors keeps its clicks; another page begins with detectors far away. */
  load({ runs: [run], page }) {
    if (page !== this.page) {
      Object.assign(this, { page, run: undefined });
      this.detect(false);
    }
    if (run === this.run) {
      this.show();
      return;
    }
    const { summary: { members, transmitted, exact }, direction } = run;
    const through = members ? transmitted : exact;
    const far = direction > 0 ? [1 - through, 0, through] : [through, 0, 1 - through];
    Object.assign(this, { run, far });
    this.clear();
  }

  draw({ frames, still }) {
    if (!still) this.frame = frames[0];
  }

  /** Whether a particle is looked for at the time on screen, or by detectors far away after all. */
  get now() {
    return this.root.querySelector("[data-now]").getAttribute("aria-pressed") === "true";
  }

  detect(now) {
    this.root.querySelector("[data-now]").setAttribute("aria-pressed", now);
  }

  turn() {
    this.detect(!this.now);
    this.clear();
  }

  again() {
    this.series.restart();
    this.clear();
  }

  clear() {
    this.aim(this.now ? this.frame ?? 0 : undefined);
    this.show();
  }

  /** Count from nothing: what is found at this frame, or by detectors far away. */
  aim(at) {
    const { run, far } = this;
    this.at = at;
    this.parts = at === undefined ? far : [0, 1, 2].map((i) => run.regions[3 * at + i]);
    this.sums = sumsOf(this.parts);
    this.counts = [0, 0, 0];
    this.sent = this.unseen = 0;
    this.trail = new Trail();
    this.last = "";
    if (at !== undefined) this.where = placesOf(run, at);
    this.places = new Uint32Array(BINS);
  }

  send(count) {
    if (this.now && this.at !== this.frame) this.aim(this.frame);
    const { behind } = this;
    for (let i = 0; i < count; i++) {
      const side = chosen(this.sums, this.series.next());
      this.counts[side]++;
      this.sent++;
      this.trail.put(this.sent, this.counts[behind] / this.sent);
      this.last = SIDES[side];
      if (this.at !== undefined) this.find(side);
    }
    this.show();
  }

  /** At which place a particle of this region is found; in none that is seen, if it has left the picture. */
  find(side) {
    const { x } = this.run, j = chosen(this.where[side], this.series.next());
    if (j >= x.length) this.unseen++;
    else this.places[Math.min(BINS - 1, Math.floor(BINS * j / x.length))]++;
  }

  get behind() {
    return this.run.direction > 0 ? 2 : 0;
  }

  show() {
    this.root.querySelector('[data-part="click-sum"]').textContent = this.told();
    this.slot("places").hidden = this.at === undefined;
    this.slots.classList.toggle("now", this.at !== undefined);
    if (!this.figures) return;
    this.showSides();
    this.showRunning();
    if (this.at !== undefined) this.showPlaces();
  }

  set(figure, name, data) {
    this.figures[figure].sources[name].source.data = data;
  }

  /** Bars with their errors, and what is expected. */
  bars(figure, lefts, rights, values, ends) {
    const middles = lefts.map((left, i) => (left + rights[i]) / 2);
    const [low, high] = [0, 1].map((end) => ends.map((one) => one[end]));
    this.set(figure, "counted", {
      left: lefts,
      right: rights,
      bottom: values.map(() => 0),
      top: values,
    });
    this.set(figure, "errors", { x: middles, share: low, x1: middles, y1: high });
  }

  showSides() {
    const { counts, sent, parts } = this, at = SIDES.map((_, i) => i);
    const around = (width) => [-width, width].map((by) => at.map((i) => i + by));
    const ends = counts.map((count) => sent ? wilson(count, sent) : [NaN, NaN]);
    this.bars("sides", ...around(BAR), counts.map((count) => sent ? count / sent : 0), ends);
    const [x, x1] = around(MARK);
    this.set("sides", "expected", { x, share: parts, x1, y1: parts });
    this.figures.sides.plot.y_range.setv({ start: 0, end: 1.05 });
  }

  showPlaces() {
    const { run, places, sent, at } = this, { x, re, im, psi_scale: scale } = run, n = x.length;
    const edges = Array.from({ length: BINS + 1 }, (_, i) => x[0] + (x[n - 1] - x[0]) * i / BINS);
    const wide = edges[1] - edges[0], per = sent ? 1 / wide : 0;
    const found = [...places], ends = found.map((count) => wilson(count, sent));
    this.bars(
      "places",
      edges.slice(0, -1),
      edges.slice(1),
      found.map((count) => per * count / (sent || 1)),
      ends.map((both, i) => both.map((p) => found[i] ? per * p : NaN)),
    );
    const share = Float64Array.from(
      x,
      (_, j) => (re[at * n + j] ** 2 + im[at * n + j] ** 2) * scale ** 2,
    );
    this.set("places", "expected", { x: Float64Array.from(x), share });
    this.set("places", "inside", insideOf(run, FAR));
    const { plot } = this.figures.places, [length] = run.units;
    plot.x_range.setv({ start: x[0], end: x[n - 1] });
    plot.y_range.setv({ start: 0, end: 1.6 * Math.max(...share) || 1 });
    plot.below[0].axis_label = `x (${length})`;
  }

  showRunning() {
    const { trail, sent, counts, behind, parts } = this, p = parts[behind];
    const most = Math.max(1000, sent), { plot } = this.figures.running;
    const n = Array.from({ length: 121 }, (_, i) => most ** (i / 120));
    const around = (sign) => n.map((one) => p + sign * spread(p, one));
    this.set("running", "funnel", {
      x: [...n, ...n.toReversed()],
      y: [...around(-1), ...around(1).toReversed()],
    });
    this.set("running", "expected", { n: [1, most], share: [p, p] });
    const ends = sent ? [[sent], [counts[behind] / sent]] : [[], []];
    this.set("running", "share", {
      n: [...trail.n, ...ends[0]],
      share: [...trail.share, ...ends[1]],
    });
    const [start, end] = sharesAround(p);
    plot.x_range.setv({ start: 1, end: most });
    plot.y_range.setv({ start, end });
  }

  /** What is drawn now, for a table. */
  columns() {
    const { counts, parts, sent, trail, places, at, run } = this, { x } = run;
    const wide = (x[x.length - 1] - x[0]) / BINS;
    const found = at === undefined ? [] : [
      [
        say("found from x ({unit})", { unit: run.units[0] }),
        Array.from(places, (_, i) => x[0] + wide * i),
      ],
      [say("how many"), [...places]],
    ];
    return [
      [say("left, inside, right"), counts],
      [say("share"), counts.map((count) => count / (sent || 1))],
      [say("lower end"), counts.map((count) => wilson(count, sent)[0])],
      [say("upper end"), counts.map((count) => wilson(count, sent)[1])],
      [say("expected"), parts],
      [say("particles sent"), trail.n],
      [say("share behind"), trail.share],
      ...found,
    ];
  }

  told() {
    const { sent, counts, behind, parts, last, at, run, unseen } = this;
    const far = at === undefined, time = far ? "" : clock(run.units, run.times[at], 2);
    if (!sent) {
      return far
        ? say("Nothing sent yet.")
        : say("Nothing sent yet: each will be looked for at {time}.", { time });
    }
    const right = counts[behind], part = share(right, sent), [low, high] = wilson(right, sent);
    const values = { sent, right, time, part: place(part), low: place(low), high: place(high) };
    const told = [
      far
        ? say(
          "{sent} sent, {right} clicked behind the barrier: {part} (from {low} to {high}).",
          values,
        )
        : say(
          "{sent} sent, {right} clicked behind the barrier at {time}: {part} (from {low} to {high}).",
          values,
        ),
      unseen ? say("{unseen} of them beyond the picture.", { unseen }) : "",
      say("Expected: {expected} for {sent}.", { expected: expected(parts[behind], sent), sent }),
      LAST[last],
    ];
    return told.filter(Boolean).join(" ");
  }
}

/** The part of those sent that clicked on a side. */
export const share = (clicked, sent) => (sent ? clicked / sent : 0);

/** A probability with the spread of what is counted: both in one unit, percent. */
export function expected(p, sent) {
  const [mean, error] = [p, spread(p, sent)].map((value) => result(value).replace(" %", ""));
  return `(${mean} ± ${error}) %`;
}

/** For each region, sums of the probability at the places of a frame, and last of what is beyond the picture. */
export function placesOf({ regions, x, re, im, psi_scale: scale, support: [a, b] }, frame) {
  const n = x.length, cell = (x[1] - x[0]) * scale ** 2;
  const weights = [0, 1, 2].map(() => new Float64Array(n + 1));
  for (let j = 0; j < n; j++) {
    const side = x[j] < a ? 0 : x[j] > b ? 2 : 1, i = frame * n + j;
    weights[side][j] = (re[i] ** 2 + im[i] ** 2) * cell;
  }
  return weights.map((weight, side) => {
    const shown = weight.reduce((sum, p) => sum + p, 0);
    weight[n] = side === 1 && shown > 0 ? 0 : Math.max(0, regions[3 * frame + side] - shown);
    return sumsOf(weight);
  });
}
