import { embed } from "../embed.js";
import { reasons } from "./reasons.js";
import { areaOf, FLOOR, floorOf, split, ticksOf } from "./scales.js";
import { say } from "../../words.js";

const HTML = `<div class="resonances" hidden><h3>${say("Resonances")}</h3><ol></ol><p></p></div>
  <div class="reasons" hidden></div>`;

/** Pixels between two numbers of resonances that can both be read. */
const APART = 16;

/** T(E) with the packet's energies below it, its resonances, and why three numbers differ. */
export class Coefficient {
  constructor(root) {
    this.root = root;
    this.slot = root.querySelector(".slot");
    this.key = Object.assign(document.createElement("div"), { className: "legend" });
    this.slot.before(this.key);
    this.slot.closest(".slots").insertAdjacentHTML("afterend", HTML);
    this.scale = Object.assign(document.createElement("button"), {
      type: "button",
      className: "toggle",
      textContent: say("Logarithmic scale"),
    });
    this.scale.dataset.scale = "log";
    this.scale.setAttribute("aria-pressed", "false");
    this.scale.addEventListener("click", () => this.turn());
    root.querySelector("header").append(this.scale);
  }

  async mount({ coefficient }) {
    Object.assign(this, await embed(coefficient, this.slot));
    this.drawn = undefined;
  }

  load({ runs, names, block }) {
    Object.assign(this, { runs, names, block, drawn: undefined });
  }

  /** Before the question is explained only T(E) is there, with the energy and the top. */
  draw({ withheld, still }) {
    if (still) return;
    this.withheld = withheld;
    const wanted = [withheld, this.logarithmic].join();
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    this.trace();
    this.legend();
    this.tell();
  }

  get logarithmic() {
    return this.scale.getAttribute("aria-pressed") === "true";
  }

  turn() {
    this.scale.setAttribute("aria-pressed", !this.logarithmic);
    if (this.block) this.draw(this);
  }

  /** Whether p(E) and all that one run alone has is shown. */
  get whole() {
    return !this.withheld && this.block.p !== undefined;
  }

  set(name, data) {
    this.sources[name].source.data = data;
  }

  trace() {
    const { block, logarithmic } = this, m = block.x.length, x = Float64Array.from(block.x);
    this.floor = logarithmic ? floorOf(block.y) : 0;
    const at = (t) => logarithmic ? Math.log10(Math.max(t, FLOOR)) : t;
    const high = block.y.reduce((a, b) => Number.isFinite(b) ? Math.max(a, b) : a, FLOOR);
    this.range(at(high));
    for (const c of [0, 1]) {
      const y = block.y.subarray(c * m, (c + 1) * m);
      this.set(`curve_${c}`, y.length ? { x, t: Float64Array.from(y, at) } : { x: [], t: [] });
    }
    const far = [-1e3, 1e3];
    for (const i of [0, 1]) {
      const mark = block.marks[i];
      this.set(`mark_${i}`, mark ? { x: [mark.x, mark.x], t: far } : { x: [], t: [] });
    }
    this.shade(x);
    this.point(at);
  }

  /** Both scales; the left one has powers of ten for its labels where it is logarithmic. */
  range(top) {
    const { plot, block, floor, logarithmic } = this, { x } = block;
    plot.x_range.setv({ start: x[0], end: x[x.length - 1] });
    const start = logarithmic ? floor : 0, room = this.withheld ? 0.08 : 0.16;
    const end = top + room * (top - start), [axis] = plot.left;
    plot.y_range.setv({ start, end });
    const bounds = [start, Math.min(end, logarithmic ? 0 : 1)];
    axis.setv({ axis_label: "T(E)", major_label_overrides: ticksOf(floor), bounds });
    axis.ticker.min_interval = logarithmic ? 1 : 0;
    plot.below[0].axis_label = block.x_label;
    const [right] = plot.right;
    right.setv({ visible: this.whole, axis_label: block.p_label });
  }

  /** p(E) on both sides of the top, and of it what gets through. */
  shade(x) {
    const { block, whole, plot } = this, { p, y, top } = block;
    const [below, above] = whole ? split(x, p, top) : [[], []];
    const passed = whole ? p.map((density, i) => density * (Number.isFinite(y[i]) ? y[i] : 0)) : [];
    const [tunneled, over] = whole ? split(x, passed, top) : [[], []];
    const parts = Object.entries({ below, above, tunneled, over });
    for (const [name, points] of parts) this.set(name, areaOf(points));
    const most = whole ? p.reduce((a, b) => Math.max(a, b), 0) : 1;
    const ranges = plot.extra_y_ranges;
    (ranges.get ? ranges.get("p") : ranges.p).setv({ start: 0, end: 1.3 * most });
  }

  /** T at the packet's energy, the resonances, and the numbers of those that are told. */
  point(at) {
    const { block, whole, withheld, slot } = this, { x, peaks, told, coefficients, marks } = block;
    const shown = withheld ? [] : peaks, seen = (t) => at(t) > this.floor;
    this.set("here", whole ? { x: [marks[0].x], t: [at(coefficients[0])] } : { x: [], t: [] });
    this.set("peaks", { x: shown.map(([e]) => e), t: shown.map(([, t]) => at(t)) });
    const pixels = slot.clientWidth / (x[x.length - 1] - x[0]), labels = { x: [], t: [], text: [] };
    let last = -Infinity;
    told.forEach(({ x: energy }, i) => {
      const peak = peaks.find(([e]) => e === energy);
      if (!whole || !peak || !seen(peak[1]) || (energy - last) * pixels < APART) return;
      last = energy;
      labels.x.push(energy);
      labels.t.push(at(peak[1]));
      labels.text.push(`${i + 1}`);
    });
    this.set("numbers", labels);
  }

  /** What is drawn now, for a table. */
  columns() {
    const { whole, withheld, block } = this, { x, y, names, x_label, p, p_label } = block;
    const m = x.length, peaks = withheld ? [] : block.peaks;
    return [
      [x_label, x],
      ...names.map((name, c) => [name, y.subarray(c * m, (c + 1) * m)]),
      ...(whole ? [[p_label, p]] : []),
      [say("{label} of resonances", { label: x_label }), peaks.map(([energy]) => energy)],
      [say("{label} of resonances", { label: "T(E)" }), peaks.map(([, t]) => t)],
    ];
  }

  legend() {
    const { block, whole, withheld } = this, { names, marks, p, top, x, peaks } = block;
    const entries = names.map((name, i) => [`curve-${i}`, name]);
    marks.forEach(({ name }, i) => entries.push([`mark-${i}`, name]));
    if (whole) {
      const [below, above] = split(x, p, top).map((part) => part.length > 0);
      if (below) {
        entries.push(["below", say("p(E) below the top")], ["tunneled", say("tunneled")]);
      }
      if (above) {
        entries.push(["above", say("p(E) above the top")], ["over", say("over the top")]);
      }
    }
    if (!withheld && peaks.length) entries.push(["peak", `▼ ${say("resonance")}`]);
    this.key.replaceChildren(
      ...entries.map(([className, textContent]) =>
        Object.assign(document.createElement("span"), { className, textContent })
      ),
    );
  }

  /** What stands in words below the figure. */
  tell() {
    const { root, block, whole, withheld, runs, names } = this;
    const resonances = root.querySelector(".resonances"), found = root.querySelector(".reasons");
    resonances.hidden = !whole || block.told.length === 0;
    found.hidden = withheld;
    resonances.querySelector("ol").replaceChildren(
      ...block.told.map(({ text }) => made("li", text)),
    );
    resonances.querySelector("p").textContent = block.untold;
    found.replaceChildren(
      ...reasons(runs, block.coefficients).map((reason) => section(reason, names)),
    );
  }
}

const made = (tag, textContent, className = "") =>
  Object.assign(document.createElement(tag), { textContent, className });

/** One of three numbers, of one run or of each of two, and why it differs. */
function section({ title, each, what }, names) {
  const part = made("section");
  part.append(made("h3", title));
  each.forEach(([value, why], i) => {
    const line = made("p", value, "value");
    if (each.length > 1) line.prepend(made("span", names[i], "of"));
    part.append(line, ...(why ? [made("p", why)] : []));
  });
  part.append(made("p", what));
  return part;
}
