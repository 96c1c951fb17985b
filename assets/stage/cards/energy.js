import { levelsOf, makeRoom, spanOf } from "../axes.js";
import { keep } from "../../between.js";
import { bandOf, forbiddenOf, insideOf, levelOf, outlineOf } from "../barrier.js";
import { embed } from "../embed.js";
import { Handles } from "../handles.js";

/** Beyond any axis. */
const FAR = 1e4;

/** What the band is filled with at most. */
const DARKEST = 0.35;

/** V(x) and the packet's energies on the x-axis of the wave; nothing here moves while a run plays. */
export class Energy {
  constructor(root) {
    this.slot = root.querySelector('[data-slot="energy"]');
    this.handles = new Handles();
  }

  async mount({ energy }) {
    Object.assign(this, await embed(energy, this.slot));
    this.handles.mount(this.slot, this.view);
  }

  load({ runs }) {
    const [{ units: [length, energy] }, second] = runs;
    this.runs = runs;
    this.plot.left[0].axis_label = energy === length ? "E" : `E (${energy})`;
    this.beside(second);
    this.lay(runs);
  }

  /** V(x) of the second run, or of the one that is pinned. */
  beside(run) {
    const { barrier_x = [], barrier_v = [] } = run ?? {};
    this.other = run;
    this.set("other", { x: Float64Array.from(barrier_x), energy: Float64Array.from(barrier_v) });
  }

  set(name, data) {
    this.sources[name].source.data = data;
  }

  /** What is of the first run, on axes that hold all. */
  lay(runs) {
    const [run] = runs;
    this.set("inside", insideOf(run, FAR));
    this.set("band", bandOf(run.band, DARKEST));
    this.set("barrier", outlineOf(run));
    this.set("energy", levelOf(run));
    this.set("forbidden", forbiddenOf(run));
    if (!this.handles.taken) this.plot.y_range.setv(levelsOf(runs));
    this.plot.x_range.setv(spanOf(runs));
    this.handles.load(runs.length > 1 ? undefined : run);
    keep("center", String(run.center));
  }

  draw({ still, show, pinned }) {
    makeRoom(this.plot, show);
    if (!still && this.runs.length === 1 && pinned !== this.other) {
      this.beside(pinned);
      this.plot.y_range.setv(levelsOf(pinned ? [...this.runs, pinned] : this.runs));
    }
    if (still) this.lay([still]);
  }
}
