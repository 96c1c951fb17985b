import { embed } from "./embed.js";

const COLORS = ["density", "barrier", "real"], MARKS = ["energy", "muted"];

/** A figure of curves below the wave packet: labels, marks, and the person's own runs as points. */
export class Curves {
  constructor(card, show) {
    this.card = card;
    this.name = show;
    this.points = new Map();
    this.shown = Infinity;
  }

  find(selector) {
    return this.card.querySelector(selector);
  }

  async mount(item) {
    const slot = this.find(".slot");
    slot.replaceChildren();
    const { plot, named } = await embed(item, slot);
    Object.assign(this, { plot, sources: named });
    if (this.block) this.draw();
  }

  load(block, run) {
    this.block = block;
    if (block.vary) this.points.set(block.here, run.summary.transmitted);
    if (this.plot) this.draw();
  }

  /** Before the question is explained, of a spectrum only the packet's own curve is there. */
  withhold(on) {
    this.shown = on && this.name === "spectrum" ? 1 : Infinity;
    if (this.plot && this.block) this.draw();
  }

  draw() {
    const { block, plot } = this, m = block.x.length, x = Float64Array.from(block.x);
    for (let c = 0; c < 3; c++) {
      const there = c < Math.min(block.names.length, this.shown);
      const y = there
        ? Float64Array.from(block.y.subarray(c * m, (c + 1) * m))
        : new Float64Array(m).fill(NaN);
      this.set(`curve_${c}`, x, y);
    }
    const values = [...block.y].filter((v) => Number.isFinite(v));
    const high = values.reduce((a, b) => Math.max(a, b), 1e-30),
      low = values.reduce((a, b) => Math.min(a, b), high);
    const range = block.vary
      ? { start: Math.max(low, 1e-14) / 2, end: Math.min(2 * high, 1.3) }
      : { start: 0, end: 1.08 * high };
    MARKS.forEach((_, i) => {
      const at = block.marks[i]?.x ?? NaN;
      this.set(`mark_${i}`, Float64Array.of(at, at), Float64Array.of(1e-30, 2 * high));
    });
    this.set(
      "points",
      Float64Array.from(this.points.keys()),
      Float64Array.from(this.points.values()),
    );
    plot.x_range.setv({ start: x[0], end: x[m - 1] });
    plot.y_range.setv(range);
    plot.below[0].axis_label = block.x_label;
    plot.left[0].axis_label = block.y_label;
    this.legend();
  }

  set(name, x, y) {
    this.sources[name].source.data = { x, y };
  }

  legend() {
    const { names, marks, vary } = this.block;
    const entries = [
      ...names.slice(0, this.shown).map((name, i) => [name, COLORS[i], "solid"]),
      ...marks.map(({ name }, i) => [name, MARKS[i], "dashed"]),
      ...(vary ? [["your runs", "energy", "dotted"]] : []),
    ];
    this.find(".legend").replaceChildren(...entries.map(([name, color, style]) => {
      const entry = document.createElement("span");
      entry.textContent = name;
      entry.style.setProperty("--line", `var(--ts-${color})`);
      entry.style.setProperty("--style", style);
      return entry;
    }));
  }
}
