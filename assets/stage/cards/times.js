import { embed } from "../embed.js";
import { whenPressed } from "../press.js";
import { say } from "../../words.js";
import { durations, lead, overTop, read, rows } from "./durations.js";

const ARRIVALS = [
  [say("what gets through"), "density", "solid"],
  [say("free packet"), "muted", "dashed"],
];
const WIDTHS = [
  [say("phase time"), "density", "solid"],
  [say("dwell time"), "real", "dashed"],
  [say("free packet"), "muted", "dashed"],
  [say("limit 2/(vκ)"), "energy", "dotted"],
];

const EDGES = say(
  "Layers at the ends of the box must absorb what arrives: else it comes back, and when something has got through for good cannot be told.",
);

const FAINT = say(
  "So little gets through that it is lost in the run’s round-off: when it arrives, theory alone can tell.",
);

const NOTHING = say("At this energy nothing gets out on the far side, and takes no time.");

const legendHtml = (entries) =>
  `<div class="legend" aria-hidden="true">${
    entries.map(([name, color, style]) =>
      `<span style="--line: var(--ts-${color}); --style: ${style}">${name}</span>`
    ).join("")
  }</div>`;

const HTML = `<p class="why" hidden></p><div class="table"></div><p class="worth"></p>
  <div class="reasons"></div>`;

const HEAD = [
  say("Arrives at the far end"),
  say("this run"),
  say("free packet"),
  say("difference"),
];

/** When what gets through arrives, against the free packet, and how long theory says that it takes. */
export class Times {
  constructor(root) {
    this.root = root;
    const wrap = (name, title, entries) => {
      const slot = root.querySelector(`[data-slot="${name}"]`);
      const figure = made("div", "", "figure");
      slot.before(figure);
      figure.innerHTML = `<h3>${title}</h3>${legendHtml(entries)}`;
      figure.append(slot);
      return figure;
    };
    this.arrivals = wrap(
      "arrivals",
      say("Arrivals at the far end, each curve of area 1"),
      ARRIVALS,
    );
    this.widths = wrap("widths", say("Times at E₀ against the barrier’s width"), WIDTHS);
    root.querySelector(".slots").insertAdjacentHTML("afterend", HTML);
  }

  find(selector) {
    return this.root.querySelector(selector);
  }

  async mount({ arrivals, widths }) {
    const [one, two] = [this.find("[data-slot=arrivals]"), this.find("[data-slot=widths]")];
    this.time = await embed(arrivals, one);
    this.width = await embed(widths, two);
    whenPressed(this.time.view, ({ x }) => x);
    this.set(this.time, "now", { t: new Float64Array(2), rate: Float64Array.of(0, 1e3) });
    this.drawn = undefined;
  }

  load({ runs: [run], block }) {
    const end = run.times.at(-1);
    this.block = { ...block, end };
    this.drawn = undefined;
  }

  set({ sources }, name, data) {
    sources[name].source.data = data;
  }

  draw({ time, still, withheld }) {
    if (still) return;
    if (this.drawn !== withheld) {
      this.drawn = withheld;
      this.trace();
      this.tell();
    }
    const { source } = this.time.sources.now;
    source.data.t.fill(time);
    source.change.emit();
  }

  /** Both figures; before the question is explained only the free packet. */
  trace() {
    const { block, drawn: withheld } = this, { why, t, widths } = block;
    this.arrivals.hidden = Boolean(why);
    this.widths.hidden = Boolean(why) || !widths || withheld;
    this.find(".slots").classList.toggle("alone", this.widths.hidden);
    if (why) return;
    const run = Float64Array.from(withheld ? [] : block.run_rates ?? []),
      free = Float64Array.from(block.free_rates);
    const x = Float64Array.from(t), { plot } = this.time;
    this.set(this.time, "free", areaOf(x, free));
    this.set(this.time, "run", { t: run.length ? x : [], rate: run });
    plot.x_range.setv({ start: x[0], end: x.at(-1) });
    plot.y_range.setv({ start: 0, end: 1.08 * Math.max(...free, ...run) });
    plot.left[0].axis_label = say("rate (1/fs)");
    if (!this.widths.hidden) this.compare();
  }

  /** Times against the width, with those of the barrier on screen. */
  compare() {
    const { block, width: figure } = this, { plot } = figure;
    const { widths, phases, dwells, crossings, limit, phase, dwell, here } = block;
    const width = Float64Array.from(widths), line = (time) => ({ width, time });
    this.set(figure, "phase_time", line(Float64Array.from(phases)));
    this.set(figure, "dwell_time", line(Float64Array.from(dwells)));
    this.set(figure, "crossing", line(Float64Array.from(crossings)));
    const [first, last] = [width[0], width.at(-1)];
    this.set(
      figure,
      "limit",
      limit === null ? { width: [], time: [] } : { width: [first, last], time: [limit, limit] },
    );
    this.set(figure, "here", { width: [here, here], time: [phase, dwell] });
    const most = Math.max(...[...phases, ...dwells, limit ?? 0].filter(Number.isFinite));
    plot.x_range.setv({ start: first, end: last });
    plot.y_range.setv({ start: 0, end: 1.25 * most });
    plot.below[0].axis_label = block.width_label;
    this.widths.querySelector(".legend").lastElementChild.hidden = limit === null;
  }

  /** The table, and what stands in words below it. */
  tell() {
    const { block, drawn: withheld } = this, { why, run } = block;
    const faint = !why && !run;
    const reason = this.find(".why");
    reason.hidden = !why && !faint;
    reason.textContent = why ? EDGES : block.phase === null ? NOTHING : FAINT;
    this.find(".table").innerHTML = run && !withheld ? tableHtml(rows(block)) : "";
    this.find(".worth").textContent = run && !withheld ? read(block) : "";
    const told = why || withheld || block.phase === null
      ? []
      : [...durations(block), ...(run ? [overTop(block), lead(block)] : [])];
    this.find(".reasons").replaceChildren(...told.map(section));
  }

  /** What is drawn now, for a table. */
  columns() {
    const { block, drawn: withheld } = this;
    if (block.why) return [];
    const shown = block.widths && !withheld;
    return [
      ["t (fs)", block.t],
      [say("free packet (1/fs)"), block.free_rates],
      ...(block.run && !withheld ? [[say("what gets through (1/fs)"), block.run_rates]] : []),
      ...(shown
        ? [
          [block.width_label, block.widths],
          [say("phase time (fs)"), block.phases],
          [say("dwell time (fs)"), block.dwells],
          [say("free packet (fs)"), block.crossings],
        ]
        : []),
    ];
  }
}

/** The outline of an area above zero. */
function areaOf(t, rate) {
  const x = new Float64Array(2 * t.length), y = new Float64Array(2 * t.length);
  for (let i = 0; i < t.length; i++) {
    x[i] = x[x.length - 1 - i] = t[i];
    y[i] = rate[i];
  }
  return { x, y };
}

const tableHtml = (found) =>
  `<table><thead><tr>${HEAD.map((name) => `<th scope="col">${name}</th>`).join("")}</tr></thead>
  <tbody>${
    found.map(([what, ...values]) =>
      `<tr><th scope="row">${what}</th>${values.map((value) => `<td>${value}</td>`).join("")}</tr>`
    ).join("")
  }</tbody></table>`;

const made = (tag, textContent, className = "") =>
  Object.assign(document.createElement(tag), { textContent, className });

function section({ title, value, what }) {
  const part = made("section");
  part.append(made("h3", title), ...(value ? [made("p", value, "value")] : []), made("p", what));
  return part;
}
