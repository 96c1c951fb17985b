import { hold } from "../axes.js";
import { withUnit } from "../../files/table.js";
import { embed } from "../embed.js";
import { NO_WAVE } from "../telling.js";
import { say } from "../../words.js";

const NAMES = ["left", "inside", "right"], COLORS = ["density", "barrier", "real"];
const TOLD = [say("left"), say("inside"), say("right")];
const STYLES = ["solid", "dotted", "dashed"];

/** Radians between two points that a line may join. */
const APART = 1.2;

const HTML = `<div class="beside"><div class="legend" aria-hidden="true">${
  TOLD.map((name, i) =>
    `<span style="--line: var(--ts-${COLORS[i]}); --style: ${STYLES[i]}">${name}</span>`
  ).join("")
}</div>
  <p>${
  say(
    "Each point is ψ at one place: how far it is from the middle is |ψ|, the angle is the phase. The curve goes through all places from left to right, and turns as time goes on.",
  )
}</p>
  <p>${
  say(
    "Some papers call this picture phase space. It is not: on its axes stands neither where the particle is nor its momentum. W(x, k) has both.",
  )
}</p>
  <p class="coarse" hidden>${
  say(
    "So fast a wave turns too far from one point of the picture to the next: it cannot be drawn as a curve.",
  )
}</p></div>`;

/** Re psi against Im psi, of all places. */
export class Complex {
  constructor(root) {
    this.root = root;
    this.slots = root.querySelector(".slots");
    this.slots.insertAdjacentHTML("beforeend", HTML);
    this.note = Object.assign(document.createElement("p"), { textContent: NO_WAVE });
    this.slots.before(this.note);
  }

  async mount({ complex }) {
    Object.assign(this, await embed(complex, this.root.querySelector(".slot")));
  }

  load({ runs: [run] }) {
    this.run = run;
    this.told = !run.summary.members;
    this.note.hidden = this.told;
    this.slots.hidden = !this.told;
    if (!this.told) return;
    const { plot } = this;
    plot.below[0].axis_label = withUnit("Re ψ", "1/√nm", run.units);
    plot.left[0].axis_label = withUnit("Im ψ", "1/√nm", run.units);
    this.lay(run);
  }

  /** Axes that hold all of it, and arrays for its parts. */
  lay(run) {
    const { x, re, im, psi_scale: scale, support: [a, b], hbar, mass, energy, start } = run;
    let most = 0;
    for (let j = 0; j < re.length; j++) most = Math.max(most, re[j] ** 2 + im[j] ** 2);
    const edge = 1.06 * scale * Math.sqrt(most), { plot } = this;
    for (const range of [plot.x_range, plot.y_range]) hold(range, -edge, edge, run !== this.run);
    this.laid = run;
    const turn = Math.sqrt(2 * mass * (energy - start)) / hbar * (x[1] - x[0]);
    this.root.querySelector(".coarse").hidden = turn < APART;
    this.lines = turn < APART;
    const inside = [a, b].map((end) => x.findIndex((at) => at > end));
    this.parts = [[0, inside[0] + 1], [inside[0], inside[1] + 1], [inside[1], x.length]];
    this.parts.forEach(([from, to], i) => {
      const zero = () => new Float64Array(this.lines ? to - from : 0);
      this.sources[NAMES[i]].source.data = { re: zero(), im: zero() };
    });
  }

  draw({ frames: [frame] = [0], still }) {
    if (!this.told) return;
    const run = still ?? this.run;
    if (this.laid !== run) this.lay(run);
    if (!this.lines) return;
    const { re, im, psi_scale: scale, x } = run, first = frame * x.length;
    this.parts.forEach(([from, to], i) => {
      const { source } = this.sources[NAMES[i]];
      for (let j = from; j < to; j++) {
        source.data.re[j - from] = re[first + j] * scale;
        source.data.im[j - from] = im[first + j] * scale;
      }
      source.change.emit();
    });
  }

  /** What is drawn now, for a table. */
  columns() {
    if (!this.told) return [];
    const { units } = this.run,
      joined = (name) => NAMES.flatMap((part) => [...this.sources[part].source.data[name]]);
    return [
      [withUnit("Re ψ", "1/√nm", units), joined("re")],
      [withUnit("Im ψ", "1/√nm", units), joined("im")],
    ];
  }
}
