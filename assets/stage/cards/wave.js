import { makeRoom, rangesOf, spanOf } from "../axes.js";
import { forbiddenOf, insideOf, levelOf, outlineOf } from "../barrier.js";
import { spread } from "../cloud.js";
import { withUnit } from "../../files/table.js";
import { embed } from "../embed.js";
import { freeInto } from "../free.js";
import { frameAt } from "../player.js";
import { clock } from "../telling.js";
import { say } from "../../words.js";

/** Beyond any axis. */
const FAR = 1e3;

/** Across the figure, of the density of classical particles. */
const CELLS = 128;

const SHOWN = ["re", "im", "phase"];

/** What the textbook overlay draws over the wave. */
const TEXTBOOK = ["barrier", "energy", "forbidden"];

/** |psi|^2, of the first run or of the second: psi's parts and phase as well. */
export class Wave {
  constructor(root, { name }) {
    this.place = name === "second" ? 1 : 0;
    this.slot = root.querySelector(`[data-slot="${name}"]`);
    this.heading = root.querySelector(`[data-part="name-${this.place}"]`);
  }

  async mount({ wave }) {
    Object.assign(this, await embed(wave, this.slot));
    this.set("pinned", { x: [], amplitude: [] });
    this.pinned = undefined;
    this.classical();
  }

  /** Lay out arrays and axes; the axes are shared with the run beside it. */
  load({ runs, names, axes }) {
    const run = runs[this.place];
    Object.assign(this, { run, axes, name: names.length > 1 ? names[this.place] : "" });
    this.label(run.units);
    this.lay(run);
    this.across(runs);
    this.scaled = undefined;
  }

  draw(at) {
    if (at.still) {
      if (this.place === 0) this.preview(at.still, at);
      return;
    }
    makeRoom(this.plot, at.show);
    this.share(at.stacked || (this.name && this.place === 0));
    this.pin(this.place === 0 ? at.pinned : undefined, at.time);
    this.classical(this.place === 0 ? at.classical : undefined);
    this.scale(at.show);
    this.entitle(at.time);
    this.wave(this.run, at.frames[this.place] * this.run.x.length, at.show);
    this.race(this.run, at.time, at.free);
  }

  set(name, data) {
    this.sources[name].source.data = data;
  }

  /** Labels of the axes in the run's own units. */
  label([length, energy]) {
    this.plot.below[0].axis_label = energy === length ? "x" : `x (${length})`;
    this.plot.right[0].axis_label = say("Energy ({unit})", { unit: say(energy) });
  }

  lay(run) {
    const n = run.x.length, x = Float64Array.from(run.x), half = n >> 1;
    const around = new Float64Array(2 * n);
    for (let j = 0; j < n; j++) around[j] = around[2 * n - 1 - j] = x[j];
    this.set("density", { x: around, y: new Float64Array(2 * n) });
    this.set("re", { x, amplitude: new Float64Array(n) });
    this.set("im", { x, amplitude: new Float64Array(n) });
    this.set("free", { x: Float64Array.from(x), amplitude: new Float64Array(n) });
    const left = new Float64Array(half), right = new Float64Array(half), step = x[1] - x[0];
    for (let j = 0; j < half; j++) {
      left[j] = x[2 * j] - step;
      right[j] = x[2 * j] + step;
    }
    const zero = () => new Float64Array(half);
    this.set("phase", { left, right, bottom: zero(), top: zero(), color: zero() });
    this.set("inside", insideOf(run, FAR));
    this.set("barrier", outlineOf(run));
    this.set("energy", levelOf(run));
    this.set("forbidden", forbiddenOf(run));
  }

  /** Ranges, labels and what is drawn of the wave. */
  scale(show) {
    const wanted = [...SHOWN, "textbook"].filter((name) => show[name]).join();
    if (wanted === this.scaled) return;
    this.scaled = wanted;
    const { plot, axes } = this, signed = show.re || show.im, { textbook } = show;
    const { left, right } = rangesOf(textbook ? axes : { ...axes, bottom: 0 }, signed);
    plot.y_range.setv({ start: left.start, end: left.end });
    const ranges = plot.extra_y_ranges;
    const { start, end } = right;
    (ranges.get ? ranges.get("energy") : ranges.energy).setv({ start, end });
    plot.left[0].axis_label = leftLabel(this.run.units, signed);
    plot.left[0].bounds = left.bounds;
    plot.right[0].bounds = right.bounds;
    for (const grid of plot.center) if (grid.dimension === 1) grid.bounds = left.bounds;
    plot.right[0].visible = textbook;
    for (const name of SHOWN) this.sources[name].renderer.visible = show[name];
    for (const name of TEXTBOOK) this.sources[name].renderer.visible = textbook;
  }

  /** The wave of the pinned run, at the same time. */
  pin(run, time) {
    if (run !== this.pinned) {
      const x = Float64Array.from(run?.x ?? []);
      this.set("pinned", { x, amplitude: new Float64Array(x.length) });
      this.pinned = run;
    }
    if (!run) return;
    const { source } = this.sources.pinned, { amplitude } = source.data;
    const { re, im, psi_scale: scale } = run, n = amplitude.length;
    const start = n * frameAt(run.times, time);
    for (let j = 0; j < n; j++) {
      amplitude[j] = ((re[start + j] * scale) ** 2) + ((im[start + j] * scale) ** 2);
    }
    source.change.emit();
  }

  /** How a cloud of classical particles lies along x. */
  classical(cloud, run = this.run) {
    const { source } = this.sources.classical;
    if (!cloud) {
      if (source.data.x.length) this.set("classical", { x: [], amplitude: [] });
      return;
    }
    const first = run.x[0], wide = (run.x[run.x.length - 1] - first) / CELLS;
    const x = Float64Array.from({ length: CELLS + 1 }, (_, i) => first + i * wide);
    const amplitude = spread(cloud.x, first, wide, new Float64Array(CELLS + 1));
    this.set("classical", { x, amplitude });
  }

  /** The free packet at the same time, where it is asked for. */
  race(run, time, free) {
    const { source, renderer } = this.sources.free, { x, amplitude } = source.data;
    if (renderer.visible !== free) renderer.visible = free;
    if (!free) return;
    freeInto(amplitude, x, run, time);
    source.change.emit();
  }

  /** The axis of x stands below the lowest figure of a stack. */
  share(above) {
    const [axis] = this.plot.below, lowest = !above;
    if (axis.visible === lowest) return;
    axis.visible = lowest;
    this.plot.min_border_bottom = lowest ? 54 : 8;
  }

  across(runs) {
    this.plot.x_range.setv(spanOf(runs));
  }

  /** The name above a figure of two; a run that ends before the other says so. */
  entitle(time) {
    const { run, name, heading } = this, end = run.times.at(-1);
    const text = name && time > end + 1e-3
      ? say("{name}: ended at {time}", { name, time: clock(run.units, end, 1) })
      : name;
    if (heading.textContent !== text) heading.textContent = text;
  }

  wave(run, start, { re, im, phase }) {
    const n = run.x.length, scale = run.psi_scale, { y } = this.sources.density.source.data;
    for (let j = 0; j < n; j++) {
      const a = run.re[start + j] * scale, b = run.im[start + j] * scale;
      y[2 * n - 1 - j] = a * a + b * b;
    }
    if (re) this.copy("re", run.re, start, scale);
    if (im) this.copy("im", run.im, start, scale);
    if (phase) this.color(run, start, y);
    this.sources.density.source.change.emit();
  }

  /** What is drawn now, for a table. */
  columns() {
    const { units } = this.run, { density, re, barrier, free } = this.sources;
    const { x } = re.source.data, n = x.length, half = barrier.source.data.x.length / 2;
    const parts = ["re", "im"].filter((name) => this.sources[name].renderer.visible);
    return [
      [withUnit("x", "nm", units), x],
      [withUnit("|ψ|²", "1/nm", units), density.source.data.y.slice(n).reverse()],
      ...parts.map((name) => [
        withUnit(`${name === "re" ? "Re" : "Im"} ψ`, "1/√nm", units),
        this.sources[name].source.data.amplitude,
      ]),
      ...(free.renderer.visible
        ? [[withUnit(say("|ψ|² of the free packet"), "1/nm", units), free.source.data.amplitude]]
        : []),
      [withUnit(say("x of V"), "nm", units), barrier.source.data.x.slice(0, half)],
      [withUnit("V", "eV", units), barrier.source.data.y.slice(half).reverse()],
    ];
  }

  copy(name, from, start, scale) {
    const to = this.sources[name].source.data.amplitude;
    for (let j = 0; j < to.length; j++) to[j] = from[start + j] * scale;
    this.sources[name].source.change.emit();
  }

  color(run, start, y) {
    const { top, color } = this.sources.phase.source.data, last = y.length - 1;
    for (let j = 0; j < top.length; j++) {
      top[j] = y[last - 2 * j];
      color[j] = Math.atan2(run.im[start + 2 * j], run.re[start + 2 * j]);
    }
    this.sources.phase.source.change.emit();
  }

  /** One re-solved instant, while a slider is dragged; the loaded run stays. */
  preview(still, { show, free, classical }) {
    this.lay(still);
    this.classical(classical, still);
    this.wave(still, 0, show);
    this.race(still, still.time, free);
    this.across([still]);
  }
}

function leftLabel([length, energy], signed) {
  const density = energy === length ? "|ψ|²" : `|ψ|² (1/${length})`;
  if (!signed) return density;
  return energy === length ? "ψ, |ψ|²" : `ψ (1/√${length}), ${density}`;
}
