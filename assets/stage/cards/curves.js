import { embed } from "../embed.js";
import { say } from "../../words.js";

const COLORS = ["density", "barrier", "real"], DASHES = ["solid", "dashed", "dotted"];
const MARKS = ["energy", "muted"];

/** Curves over one axis, with upright marks, and the person's own runs as points. */
export class Curves {
  constructor(root) {
    this.slot = root.querySelector(".slot");
    this.key = Object.assign(document.createElement("div"), { className: "legend" });
    this.slot.before(this.key);
    this.points = new Map();
  }

  async mount({ curves }) {
    Object.assign(this, await embed(curves, this.slot));
    this.shown = undefined;
  }

  load({ runs: [run], block }) {
    Object.assign(this, { block, shown: undefined });
    if (block.vary) this.points.set(block.here, run.summary.transmitted);
  }

  /** Before the question is explained only the curves that do not answer it are there. */
  draw({ withheld, still }) {
    if (still) return;
    const { block } = this,
      shown = withheld ? block.open ?? block.names.length : block.names.length;
    if (shown === this.shown) return;
    this.shown = shown;
    this.trace(block, shown);
    this.legend(block, shown);
  }

  trace(block, shown) {
    const m = block.x.length, x = Float64Array.from(block.x);
    for (let c = 0; c < 3; c++) {
      const y = c < shown
        ? Float64Array.from(block.y.subarray(c * m, (c + 1) * m))
        : new Float64Array(m).fill(NaN);
      this.set(`curve_${c}`, x, y);
    }
    const values = [...block.y].filter((v) => Number.isFinite(v));
    const high = values.reduce((a, b) => Math.max(a, b), 1e-30);
    const low = values.reduce((a, b) => Math.min(a, b), high);
    MARKS.forEach((_, i) => {
      const at = block.marks[i]?.x ?? NaN;
      this.set(`mark_${i}`, Float64Array.of(at, at), Float64Array.of(1e-30, 2 * high));
    });
    this.set(
      "points",
      Float64Array.from(this.points.keys()),
      Float64Array.from(this.points.values()),
    );
    this.scale(block, low, high);
  }

  scale({ x, x_label, y_label, vary }, low, high) {
    const { plot } = this;
    plot.x_range.setv({ start: x[0], end: x[x.length - 1] });
    plot.y_range.setv(
      vary
        ? { start: Math.max(low, 1e-14) / 2, end: Math.min(2 * high, 1.3) }
        : { start: 0, end: 1.08 * high },
    );
    plot.below[0].axis_label = x_label;
    plot.left[0].axis_label = y_label;
  }

  /** What is drawn now, for a table. */
  columns() {
    const { block: { x_label, y_label, names, vary }, sources, shown } = this;
    const data = (name) => sources[name].source.data, points = data("points");
    return [
      [x_label, data("curve_0").x],
      ...names.slice(0, shown).map((name, c) => [name, data(`curve_${c}`).y]),
      ...(vary
        ? [[say("{label} of your runs", { label: x_label }), points.x], [y_label, points.y]]
        : []),
    ];
  }

  set(name, x, y) {
    this.sources[name].source.data = { x, y };
  }

  legend({ names, marks, vary }, shown) {
    const entries = [
      ...names.slice(0, shown).map((name, i) => [name, COLORS[i], DASHES[i]]),
      ...marks.map(({ name }, i) => [name, MARKS[i], "dashed"]),
      ...(vary ? [[say("your runs"), "energy", "dotted"]] : []),
    ];
    this.key.replaceChildren(...entries.map(([name, color, style]) => {
      const entry = Object.assign(document.createElement("span"), { textContent: name });
      entry.style.setProperty("--line", `var(--ts-${color})`);
      entry.style.setProperty("--style", style);
      return entry;
    }));
  }
}
