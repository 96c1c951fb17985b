import { hold, makeRoom, shownRange, spanOf } from "../axes.js";
import { withUnit } from "../../files/table.js";
import { linesOf } from "../classical.js";
import { DRAWN, spread } from "../cloud.js";
import { embed } from "../embed.js";
import { place, theory } from "../telling.js";
import { fixed, say } from "../../words.js";

const NEGATIVITY = `<p class="negativity">${
  say("negative part")
} <output data-part="negativity"></output><span
  class="largest">, ${say("largest")} <output data-part="negativity-most"></output></span></p>`;

const SCALE =
  `<div class="scale" aria-hidden="true"><span>−</span><span class="map"></span><span>+</span></div>`;

const CLASSICAL = `<div class="particles" hidden><div class="legend" aria-hidden="true">
  <span class="particle">${say("classical particles")}</span>
  <span class="lying">${say("their densities, beside |φ|² and |ψ|²")}</span>
  <span class="level">E₀</span>
  <span class="separatrix">${say("V’s top: within, they turn round")}</span></div>
  <dl class="sum"><div><dt>${say("across now")}</dt><dd data-part="across"></dd></div>
  <div class="end"><dt>${say("in the end")}</dt><dd data-part="cross"></dd></div></dl>
  <p class="told">${
  say(
    "The particles start spread as W is, and move as classical mechanics has it. No such cloud can be where W is negative: that part is half of what ∫|W| dx dk has more than 1.",
  )
}</p></div>`;

/** W(x, k) below the wave and beside |phi(k)|^2, and the volume of its negative part; classical particles with it. */
export class PhaseSpace {
  constructor(root) {
    this.root = root;
    const header = root.querySelector("header");
    header.querySelector("h2").insertAdjacentHTML("afterend", NEGATIVITY);
    header.insertAdjacentHTML("beforeend", SCALE);
    root.insertAdjacentHTML("beforeend", CLASSICAL);
    this.beside = root.querySelector(".particles");
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
    this.cloud = undefined;
    this.clear();
  }

  /** No classical particles. */
  clear() {
    for (const name of ["level", "separatrix"]) this.set(name, { xs: [], ys: [] });
    this.set("cloud", { x: [], k: [] });
    this.set("classical_k", { density: [], k: [] });
  }

  set(name, data) {
    this.sources[name].source.data = data;
  }

  load({ runs: [run] }) {
    Object.assign(this, { run, cloud: undefined });
    this.clear();
    this.beside.hidden = true;
    this.label(run.units);
    this.lay(run, run);
    this.most = run.negativity.reduce((a, b) => Math.max(a, b), 0);
  }

  /** Labels of the axes in the run's own units. */
  label([length, energy]) {
    const { wigner, marginal_k } = this.plots, plain = energy === length;
    wigner.below[0].axis_label = plain ? "x" : `x (${length})`;
    wigner.left[0].axis_label = plain ? "k" : `k (1/${length})`;
    marginal_k.below[0].axis_label = plain ? "|φ(k)|²" : `|φ(k)|² (${length})`;
  }

  /** Axes, and arrays for W: of a run, or of an instant (`space`) while a control moves. */
  lay(run, space) {
    const { wigner_x: wx, wigner_k: wk } = space, { support: [a, b] } = run;
    Object.assign(this, { laid: space, shown: undefined });
    const dx = wx[1] - wx[0], dk = wk[1] - wk[0], image = this.sources.wigner.source.data;
    image.x[0] = wx[0] - dx / 2;
    image.y[0] = wk[0] - dk / 2;
    image.dw[0] = dx * wx.length;
    image.dh[0] = dk * wk.length;
    // Trap: Bokeh's own array class carries the shape; it takes a length and a shape, and is not exported.
    const { constructor: Shaped } = image.image[0];
    image.image[0] = new Shaped(wk.length * wx.length, [wk.length, wx.length]);
    const scale = space.wigner_scale / this.run.wigner_scale;
    this.levels = Float64Array.from({ length: 256 }, (_, i) => scale * (i - 128) / 127);
    this.set("edges", { x: [a, b], k: [-1e3, -1e3], x1: [a, b], k1: [1e3, 1e3] });
    this.set("marginal_k", { density: new Float64Array(wk.length), k: Float64Array.from(wk) });
    this.scale(run, space);
  }

  scale(run, space) {
    const { wigner, marginal_k } = this.plots, edge = shownRange(space);
    const most = 1.08 * space.density_k.reduce((a, b) => Math.max(a, b), 0);
    const moves = run !== this.run;
    wigner.x_range.setv(spanOf([run]));
    for (const plot of [wigner, marginal_k]) hold(plot.y_range, -edge, edge, moves);
    hold(marginal_k.x_range, 0, most, moves);
  }

  draw({ frames: [frame] = [0], still, show, classical, withheld }) {
    makeRoom(this.plots.wigner, show);
    const run = still ?? this.run, space = still ? still.blocks["phase space"] : run;
    if (!space) return;
    if (this.laid !== space) this.lay(run, space);
    const w = still ? 0 : Math.floor(frame * run.negativity.length / run.times.length);
    if (w !== this.shown) this.picture(space, w);
    this.shown = w;
    this.among(run, classical, frame, withheld);
  }

  /** Classical particles, if they are wanted: lines of their energies, and where they are now. */
  among(run, cloud, frame, withheld) {
    if (cloud !== this.cloud) {
      this.cloud = cloud;
      this.beside.hidden = !cloud;
      if (cloud) this.layClassical(run, cloud);
      else this.clear();
    }
    if (!cloud) return;
    const { cloud: points, classical_k: over } = this.sources, { x, k } = points.source.data;
    for (let i = 0; i < DRAWN; i++) [x[i], k[i]] = [cloud.x[i], cloud.k[i]];
    const rows = over.source.data.k;
    spread(cloud.k, rows[0], rows[1] - rows[0], over.source.data.density);
    for (const { source } of [points, over]) source.change.emit();
    this.compare(run, cloud, frame, withheld);
  }

  layClassical(run, { slopes }) {
    const { start, end } = spanOf([run]), k = Float64Array.from(this.laid.wigner_k);
    const none = run.top <= Math.max(run.start, 0);
    const lines = { level: run.energy, separatrix: none ? -Infinity : run.top };
    for (const [name, energy] of Object.entries(lines)) {
      const found = linesOf(slopes, energy, start, end),
        along = (axis) => found.map((line) => line.map((at) => at[axis]));
      this.set(name, { xs: along(0), ys: along(1) });
    }
    this.beside.querySelector(".separatrix").hidden = none;
    this.set("cloud", { x: new Float64Array(DRAWN), k: new Float64Array(DRAWN) });
    this.set("classical_k", { density: new Float64Array(k.length), k });
  }

  /** How many cross, and how much does; of an instant nobody knows the end. */
  compare(run, { beyond }, frame, withheld) {
    const passed = run.regions[3 * frame + (run.direction > 0 ? 2 : 0)];
    const told = (cloud, wave) =>
      say("{cloud} of the particles, {wave} of the wave", { cloud, wave });
    const parts = {
      across: told(place(beyond), place(passed)),
      cross: run.summary ? told(theory(run.classical), theory(run.summary.exact)) : "…",
    };
    for (const [name, text] of Object.entries(parts)) {
      if (this.part(name).textContent !== text) this.part(name).textContent = text;
    }
    this.beside.querySelector(".end").hidden = withheld || run.begun.length > 0;
  }

  picture(space, w) {
    const size = space.wigner_x.length * space.wigner_k.length, offset = w * size;
    const { wigner, marginal_k } = this.sources, image = wigner.source.data.image[0];
    for (let j = 0; j < size; j++) image[j] = this.levels[space.wigner[offset + j]];
    const k = marginal_k.source.data.density;
    for (let j = 0; j < k.length; j++) k[j] = space.density_k[w * k.length + j];
    for (const { source } of [wigner, marginal_k]) source.change.emit();
    this.write("negativity", space.negativity[w]);
    this.write("negativity-most", this.most);
  }

  /** What is drawn now, for a table: W at every x for each k, and |phi(k)|^2. */
  columns() {
    const { wigner_x: wx, wigner_k: wk } = this.laid, { units, wigner_scale } = this.run;
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
