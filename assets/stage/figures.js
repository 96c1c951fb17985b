import { axesOf, rangesOf, shownRange } from "./axes.js";
import { embed } from "./embed.js";

/** Beyond any axis. */
const FAR = 1e3;

/** The embedded figures: named sources, ranges, and what is drawn of a frame. */
export class Figures {
  constructor(slots) {
    this.slots = slots;
    this.show = { re: false, im: false, phase: false };
    this.waiting = null;
  }

  /** Embed the items that have a slot here: {name of the slot: Bokeh item}. */
  async mount(items) {
    const sources = {}, plots = {};
    for (const name of Object.keys(this.slots)) {
      this.slots[name].replaceChildren();
      const { plot, named } = await embed(items[name], this.slots[name]);
      plots[name] = plot;
      Object.assign(sources, named);
    }
    Object.assign(this, { sources, plots, shown: undefined });
    if (this.run) this.load(this.run, this.axes);
  }

  get mounted() {
    return this.plots !== undefined;
  }

  set(name, data) {
    this.sources[name].source.data = data;
  }

  /** Lay out arrays and axes for a run; `axes` are shared with the run beside it. */
  load(run, axes = axesOf([run])) {
    Object.assign(this, { run, axes, shown: undefined });
    if (!this.mounted) return;
    this.name(run.units);
    this.layWave(run);
    if (this.plots.wigner) this.layWigner(run);
    this.scale();
  }

  /** Labels of the axes in the run's own units. */
  name([length, energy]) {
    const { wave, wigner, marginal_k } = this.plots, plain = energy === length;
    const x = plain ? "x" : `x (${length})`;
    wave.below[0].axis_label = x;
    wave.right[0].axis_label = `Energy (${energy})`;
    if (!wigner) return;
    wigner.below[0].axis_label = x;
    wigner.left[0].axis_label = plain ? "k" : `k (1/${length})`;
    marginal_k.below[0].axis_label = plain ? "|φ(k)|²" : `|φ(k)|² (${length})`;
  }

  layWave(run) {
    const n = run.x.length, x = Float64Array.from(run.x), half = n >> 1;
    const around = new Float64Array(2 * n);
    for (let j = 0; j < n; j++) {
      around[j] = x[j];
      around[2 * n - 1 - j] = x[j];
    }
    this.set("density", { x: around, y: new Float64Array(2 * n) });
    this.set("re", { x, amplitude: new Float64Array(n) });
    this.set("im", { x, amplitude: new Float64Array(n) });
    const left = new Float64Array(half), right = new Float64Array(half), step = x[1] - x[0];
    for (let j = 0; j < half; j++) {
      left[j] = x[2 * j] - step;
      right[j] = x[2 * j] + step;
    }
    const zero = () => new Float64Array(half);
    this.set("phase", { left, right, bottom: zero(), top: zero(), color: zero() });
    this.layBarrier(run);
  }

  layBarrier(run) {
    const m = run.barrier_x.length, x = new Float64Array(2 * m), v = new Float64Array(2 * m);
    for (let j = 0; j < m; j++) {
      x[j] = x[2 * m - 1 - j] = run.barrier_x[j];
      v[2 * m - 1 - j] = run.barrier_v[j];
    }
    this.set("barrier", { x, y: v });
    this.set("energy", { x: [-1e4, 1e4], energy: [run.energy, run.energy] });
    const [a, b] = run.support, wide = b > a, e = run.spans.map(() => run.energy);
    this.set("inside", {
      left: wide ? [a] : [],
      right: wide ? [b] : [],
      bottom: wide ? [-FAR] : [],
      top: wide ? [FAR] : [],
    });
    this.set("forbidden", {
      x: run.spans.map(([from]) => from),
      energy: e,
      x1: run.spans.map(([, to]) => to),
      v1: e,
    });
  }

  layWigner(run) {
    const wx = run.wigner_x, wk = run.wigner_k, dx = wx[1] - wx[0], dk = wk[1] - wk[0];
    const image = this.sources.wigner.source.data;
    image.x[0] = wx[0] - dx / 2;
    image.y[0] = wk[0] - dk / 2;
    image.dw[0] = dx * wx.length;
    image.dh[0] = dk * wk.length;
    // Bokeh's own array class carries the shape; it takes a length and a shape, and is not exported.
    image.image[0] = new image.image[0].constructor(wk.length * wx.length, [wk.length, wx.length]);
    this.levels = Float64Array.from({ length: 256 }, (_, i) => (i - 128) / 127);
    const [a, b] = run.support;
    this.set("edges", { x: [a, b], k: [-1e3, -1e3], x1: [a, b], k1: [1e3, 1e3] });
    this.set("marginal_x", {
      x: Float64Array.from(run.x),
      density: new Float64Array(run.x.length),
    });
    this.set("marginal_k", { density: new Float64Array(wk.length), k: Float64Array.from(wk) });
  }

  /** Ranges, labels and what is drawn of the wave. */
  scale() {
    const { wave } = this.plots, signed = this.show.re || this.show.im;
    const { left, right } = rangesOf(this.axes, signed);
    wave.y_range.setv({ start: left.start, end: left.end });
    const ranges = wave.extra_y_ranges;
    (ranges.get ? ranges.get("energy") : ranges.energy).setv({
      start: right.start,
      end: right.end,
    });
    wave.left[0].axis_label = leftLabel(this.run.units, signed);
    wave.left[0].bounds = left.bounds;
    wave.right[0].bounds = right.bounds;
    for (const grid of wave.center) if (grid.dimension === 1) grid.bounds = left.bounds;
    this.across(this.run.x);
    for (const name of ["re", "im", "phase"]) this.sources[name].renderer.visible = this.show[name];
    if (this.plots.wigner) this.scaleWigner(this.axes.density);
  }

  /** The same stretch of x in every figure. */
  across(x) {
    for (const name of ["wave", "wigner", "marginal_x"]) {
      this.plots[name]?.x_range.setv({ start: x[0], end: x[x.length - 1] });
    }
  }

  scaleWigner(density) {
    const run = this.run, edge = shownRange(run);
    for (const name of ["wigner", "marginal_k"]) {
      this.plots[name].y_range.setv({ start: -edge, end: edge });
    }
    this.plots.marginal_x.y_range.setv({ start: 0, end: 1.05 * density });
    const most = run.density_k.reduce((a, b) => Math.max(a, b), 0);
    this.plots.marginal_k.x_range.setv({ start: 0, end: 1.08 * most });
  }

  /** Draw frame i of the run. */
  draw(i) {
    if (!this.mounted || !this.run) return;
    const n = this.run.x.length;
    this.wave(this.run, i * n);
    if (!this.plots.wigner) return;
    const count = this.run.density_k.length / this.run.wigner_k.length;
    const w = Math.floor(i * count / this.run.times.length);
    if (w !== this.shown) this.phaseSpace(w);
    this.shown = w;
  }

  wave(run, start) {
    const n = run.x.length, scale = run.psi_scale, { re, im, phase } = this.show;
    const y = this.sources.density.source.data.y, marginal = this.sources.marginal_x?.source;
    for (let j = 0; j < n; j++) {
      const a = run.re[start + j] * scale, b = run.im[start + j] * scale;
      y[2 * n - 1 - j] = a * a + b * b;
    }
    if (marginal) { for (let j = 0; j < n; j++) marginal.data.density[j] = y[2 * n - 1 - j]; }
    if (re) this.copy("re", run.re, start, scale);
    if (im) this.copy("im", run.im, start, scale);
    if (phase) this.color(run, start, y);
    this.sources.density.source.change.emit();
    marginal?.change.emit();
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

  phaseSpace(w) {
    const run = this.run, size = run.wigner_x.length * run.wigner_k.length;
    const image = this.sources.wigner.source.data.image[0], offset = w * size;
    for (let j = 0; j < size; j++) image[j] = this.levels[run.wigner[offset + j]];
    const k = this.sources.marginal_k.source.data.density;
    for (let j = 0; j < k.length; j++) k[j] = run.density_k[w * k.length + j];
    for (const name of ["wigner", "marginal_k"]) this.sources[name].source.change.emit();
  }

  /** One re-solved instant, while a slider is dragged; the loaded run stays. */
  preview(still) {
    if (!this.mounted || !this.run || still.x.length !== this.run.x.length) return;
    const n = still.x.length, around = this.sources.density.source.data.x;
    this.layBarrier(still);
    if (this.plots.marginal_x) {
      this.set("marginal_x", { x: Float64Array.from(still.x), density: new Float64Array(n) });
    }
    for (let j = 0; j < n; j++) {
      around[j] = still.x[j];
      around[2 * n - 1 - j] = still.x[j];
    }
    this.wave(still, 0);
    this.across(still.x);
  }
}

const leftLabel = ([length, energy], signed) => {
  const density = energy === length ? "|ψ|²" : `|ψ|² (1/${length})`;
  if (!signed) return density;
  return energy === length ? "ψ, |ψ|²" : `ψ (1/√${length}), ${density}`;
};
