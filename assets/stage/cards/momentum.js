import { withUnit } from "../../files/table.js";
import { inWords } from "../../numbers.js";
import { hold } from "../axes.js";
import { areaTo0 } from "../barrier.js";
import { embed } from "../embed.js";
import { NO_WAVE } from "../telling.js";
import { Kinetic, startIn } from "./kinetic.js";
import { fixed, say } from "../../words.js";

/** Beyond any axis. */
const FAR = 1e4;

/** What the layers may have taken while the energy still is that of the start. */
const UNTOUCHED = 1e-3;

/** Of the largest p(E): beyond the last energy with so much the axis ends. */
const SEEN = 0.01;

/** Of the largest p(E) at the start: as high as the axis is at most, since slow parts pile up at E = 0. */
const HIGHEST = 2;

const KEPT = say(
  "The sum is what it was at the start: no energy is lost. Where V is not 0, kinetic energy turns into potential energy, and back.",
);

const MEASURED = say(
  "It was measured: what goes on is another wave, whose energy stays in its turn. The shade is of the wave before.",
);

const TOTAL = say("total energy, p(E), at all times"),
  BEFORE = say("total energy, p(E), before it is measured");

const HTML = `<div class="legend" aria-hidden="true">
  <span class="start">${say("|φ(k)|² at the start")}</span>
  <span class="now">${say("|φ(k)|² now")}</span><span class="total">${TOTAL}</span>
  <span class="kinetic">${say("kinetic energy now")}</span></div>`;

const SUM = `<dl class="sum"><div><dt>${say("kinetic ⟨T⟩")}</dt><dd data-part="kinetic"></dd></div>
  <div><dt>${say("+ potential ⟨V⟩")}</dt><dd data-part="potential"></dd></div>
  <div><dt>${say("= total ⟨H⟩")}</dt><dd data-part="total"></dd></div></dl><p class="told"></p>`;

/** |phi(k)|^2 and the kinetic energy, now and at the start, beside the total energy, which stays. */
export class Momentum {
  constructor(root) {
    this.root = root;
    this.slots = root.querySelector(".slots");
    this.slots.insertAdjacentHTML("beforebegin", HTML);
    this.slots.insertAdjacentHTML("afterend", SUM);
  }

  /** It is of the time on screen, though the server feeds it. */
  get moves() {
    return true;
  }

  part(name) {
    return this.root.querySelector(`[data-part="${name}"]`);
  }

  write(part, text) {
    if (part.textContent !== text) part.textContent = text;
  }

  async mount(items) {
    this.figures = {};
    for (const [name, item] of Object.entries(items)) {
      this.figures[name] = await embed(item, this.root.querySelector(`[data-slot="${name}"]`));
    }
  }

  load({ runs: [run], block }) {
    const told = block.k !== undefined;
    Object.assign(this, { run, block, told });
    for (const part of [this.slots, ...this.root.querySelectorAll(".legend, .sum")]) {
      part.hidden = !told;
    }
    if (!told) {
      this.write(this.root.querySelector(".told"), NO_WAVE);
      return;
    }
    this.write(this.root.querySelector(".total"), run.outcome ? BEFORE : TOTAL);
    this.label(run.units);
    this.lay(run, block);
  }

  /** Labels of the axes in the run's own units. */
  label(units) {
    const { wavenumbers: { plot: k }, energies: { plot: e } } = this.figures;
    const named = (name, unit) => withUnit(name, unit, units);
    k.below[0].axis_label = say("← moves left   {label}   moves right →", {
      label: named("k", "1/nm"),
    });
    k.left[0].axis_label = named("|φ(k)|²", "nm");
    e.below[0].axis_label = named(say("Energy"), "eV");
    e.left[0].axis_label = named("p", "1/eV");
  }

  set(figure, name, data) {
    this.figures[figure].sources[name].source.data = data;
  }

  /** What stands still, and arrays and axes for what moves. */
  lay(run, block) {
    const k = Float64Array.from(block.k), m = k.length, before = startIn(run);
    const [now, first] = [block, before].map(({ density }) =>
      density.reduce((a, b) => Math.max(a, b), 0)
    );
    this.laid = block;
    this.set("wavenumbers", "start", areaTo0(before.k, before.density));
    this.set("wavenumbers", "rest", { k: [0, 0], density: [-FAR, FAR] });
    this.set("wavenumbers", "now", { k, density: new Float64Array(m) });
    const far = block.dk + Math.max(-k[0], k[m - 1]), { plot } = this.figures.wavenumbers;
    hold(plot.x_range, -far, far, run !== this.run);
    hold(plot.y_range, 0, 1.08 * Math.max(now, first), run !== this.run);
    this.kinetic = new Kinetic(block, run);
    this.layEnergies(run, block, before);
  }

  layEnergies(run, block, before) {
    const { kinetic } = this, { energies } = kinetic, { start } = run;
    const { plot } = this.figures.energies, now = new Float64Array(energies.length);
    const first = new Kinetic(before, run),
      total = first.into(new Float64Array(first.energies.length), before.density, 0);
    const most = total.reduce((a, b) => Math.max(a, b), 0);
    let last = 0, high = most;
    for (let i = 0; i < block.left.length; i++) {
      kinetic.into(now, block.density, i * block.k.length);
      for (let j = last; j < now.length; j++) if (now[j] > SEEN * most) last = j + 1;
      high = Math.max(high, ...now.subarray(2));
    }
    const levels = first.energies.map((energy) => energy + start);
    this.set("energies", "total", areaTo0(levels, total));
    this.set("energies", "kinetic", { energy: energies, density: now });
    const seen = levels.filter((_, j) => total[j] > SEEN * most).at(-1);
    const right = Math.max(seen, energies[last - 1] ?? 0) + kinetic.cell;
    hold(plot.x_range, Math.min(0, start), right, run !== this.run);
    hold(plot.y_range, 0, 1.08 * Math.min(high, HIGHEST * most), run !== this.run);
  }

  draw({ frames: [i] = [0], still }) {
    const block = still ? still.blocks.momentum : this.block;
    if (!this.told || !block) return;
    if (this.laid !== block) this.lay(still ?? this.run, block);
    const { figures, kinetic } = this, m = block.k.length;
    const { now } = figures.wavenumbers.sources, { kinetic: line } = figures.energies.sources;
    now.source.data.density.set(block.density.subarray(i * m, (i + 1) * m));
    kinetic.into(line.source.data.density, block.density, i * m);
    for (const { source } of [now, line]) source.change.emit();
    this.tell(block, i);
  }

  /** Means, and whether they are of all of it. */
  tell(block, i) {
    const { run: { units: [length, unit] } } = this, taken = 1 - block.left[i];
    const told = (value) => inWords(value.toFixed(3)) + (unit === length ? "" : ` ${unit}`);
    const [kinetic, potential] = [block.kinetic[i], block.potential[i]];
    const parts = { kinetic, potential, total: kinetic + potential };
    for (const [name, value] of Object.entries(parts)) this.write(this.part(name), told(value));
    const gone = say(
      "The absorbing layers at both ends have taken {percent} %. These are means over what is left, so their sum need not be that of the start.",
      { percent: fixed(100 * taken, 1) },
    );
    this.write(
      this.root.querySelector(".told"),
      block === this.block && this.measured(i) ? MEASURED : taken < UNTOUCHED ? KEPT : gone,
    );
  }

  /** Whether somebody has looked where the particle is. */
  measured(i) {
    const { outcome, times } = this.run;
    return outcome !== undefined && times[i] > outcome.time - times[1] / 2;
  }

  /** What is drawn now, for a table. */
  columns() {
    const { run: { units }, figures: { wavenumbers, energies }, told } = this;
    if (!told) return [];
    const named = (name, unit) => withUnit(name, unit, units), k = wavenumbers.sources;
    const { kinetic: now, total } = energies.sources, half = total.source.data.x.length / 2;
    const before = k.start.source.data;
    return [
      [named("k", "1/nm"), k.now.source.data.k],
      [named("|φ|²", "nm"), k.now.source.data.density],
      [named(say("k at the start"), "1/nm"), before.x.slice(0, before.x.length / 2)],
      [named(say("|φ|² at the start"), "nm"), before.y.slice(before.y.length / 2).reverse()],
      [named(say("Energy"), "eV"), now.source.data.energy],
      [named(say("p of the kinetic energy"), "1/eV"), now.source.data.density],
      [named(say("Total energy"), "eV"), total.source.data.x.slice(0, half)],
      [named(say("p of the total energy"), "1/eV"), total.source.data.y.slice(half).reverse()],
    ];
  }
}
