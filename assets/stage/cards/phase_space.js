import { makeRoom, shownRange, spanOf } from "../axes.js";
import { withUnit } from "../../files/table.js";
import { embed } from "../embed.js";
import { fixed, say } from "../../words.js";

const HEADER = `<p class="negativity">${
  say("negative part")
} <output data-part="negativity"></output><span
  class="largest">, ${say("largest")} <output data-part="negativity-most"></output></span></p>
  <div class="scale" aria-hidden="true"><span>−</span><span class="map"></span><span>+</span></div>`;

/** W(x, k) below the wave and beside |phi(k)|^2, and the volume of its negative part. */
export class PhaseSpace {
  constructor(root) {
    this.root = root;
    root.querySelector("header").insertAdjacentHTML("beforeend", HEADER);
  }

  part(name) {
    return this.root.querySelector(`[data-part="${name}"]`);
  }

  async mount(items) {
    const slot = (name) => this.root.querySelector(`[data-slot="${name}"]`);
    this.plots = {};
    this.sources = {};
    for (const [name, item] of Object.entries(items)) {
      const { plot, sources } = await embed(item, slot(name));
      this.plots[name] = plot;
      Object.assign(this.sources, sources);
    }
  }

  set(name, data) {
    this.sources[name].source.data = data;
  }

  load({ runs: [run] }) {
    Object.assign(this, { run, shown: undefined });
    this.label(run.units);
    this.lay(run);
    this.scale(run);
    this.most = run.negativity.reduce((a, b) => Math.max(a, b), 0);
  }

  /** Labels of the axes in the run's own units. */
  label([length, energy]) {
    const { wigner, marginal_k } = this.plots, plain = energy === length;
    wigner.below[0].axis_label = plain ? "x" : `x (${length})`;
    wigner.left[0].axis_label = plain ? "k" : `k (1/${length})`;
    marginal_k.below[0].axis_label = plain ? "|φ(k)|²" : `|φ(k)|² (${length})`;
  }

  lay({ wigner_x: wx, wigner_k: wk, support: [a, b] }) {
    const dx = wx[1] - wx[0], dk = wk[1] - wk[0], image = this.sources.wigner.source.data;
    image.x[0] = wx[0] - dx / 2;
    image.y[0] = wk[0] - dk / 2;
    image.dw[0] = dx * wx.length;
    image.dh[0] = dk * wk.length;
    // Trap: Bokeh's own array class carries the shape; it takes a length and a shape, and is not exported.
    const { constructor: Shaped } = image.image[0];
    image.image[0] = new Shaped(wk.length * wx.length, [wk.length, wx.length]);
    this.levels = Float64Array.from({ length: 256 }, (_, i) => (i - 128) / 127);
    this.set("edges", { x: [a, b], k: [-1e3, -1e3], x1: [a, b], k1: [1e3, 1e3] });
    this.set("marginal_k", { density: new Float64Array(wk.length), k: Float64Array.from(wk) });
  }

  scale(run) {
    const { wigner, marginal_k } = this.plots, edge = shownRange(run);
    for (const plot of [wigner, marginal_k]) plot.y_range.setv({ start: -edge, end: edge });
    const most = run.density_k.reduce((a, b) => Math.max(a, b), 0);
    marginal_k.x_range.setv({ start: 0, end: 1.08 * most });
    wigner.x_range.setv(spanOf([run]));
  }

  draw({ frames, still, show }) {
    makeRoom(this.plots.wigner, show);
    if (still) {
      if (still.x.length === this.run.x.length) this.plots.wigner.x_range.setv(spanOf([still]));
      return;
    }
    const { run } = this, count = run.negativity.length;
    const w = Math.floor(frames[0] * count / run.times.length);
    if (w !== this.shown) this.picture(w);
    this.shown = w;
  }

  picture(w) {
    const { run } = this, size = run.wigner_x.length * run.wigner_k.length, offset = w * size;
    const { wigner, marginal_k } = this.sources, image = wigner.source.data.image[0];
    for (let j = 0; j < size; j++) image[j] = this.levels[run.wigner[offset + j]];
    const k = marginal_k.source.data.density;
    for (let j = 0; j < k.length; j++) k[j] = run.density_k[w * k.length + j];
    for (const { source } of [wigner, marginal_k]) source.change.emit();
    this.write("negativity", run.negativity[w]);
    this.write("negativity-most", this.most);
  }

  /** What is drawn now, for a table: W at every x for each k, and |phi(k)|^2. */
  columns() {
    const { units, wigner_x: wx, wigner_k: wk, wigner_scale } = this.run;
    const { wigner, marginal_k } = this.sources, levels = wigner.source.data.image[0];
    const x = withUnit("x", "nm", units), k = withUnit("k", "1/nm", units);
    return [
      [x, Float64Array.from(levels, (_, j) => wx[j % wx.length])],
      [k, Float64Array.from(levels, (_, j) => wk[Math.floor(j / wx.length)])],
      ["W", Float64Array.from(levels, (level) => level * 127 * wigner_scale)],
      [`${k} of |φ|²`, marginal_k.source.data.k],
      [withUnit("|φ|²", "nm", units), marginal_k.source.data.density],
    ];
  }

  write(name, value) {
    const part = this.part(name), text = fixed(value, 2);
    if (part.textContent !== text) part.textContent = text;
  }
}
