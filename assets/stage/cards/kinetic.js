import { startOf } from "../classical.js";

/** Cells of energy across the axis. */
const CELLS = 320;

/** Of dk: two k that are farther apart have nothing between them. */
const APART = 1.5;

/** Of the packet at the start: wavenumbers, so many to either side of k0, and how many deviations far. */
const HALF = 100, SEEN = 5;

/** |phi(k)|^2 of the packet at the start, at rising k that are dk apart: a normal distribution. */
export function startIn(run) {
  const { k0, deviation } = startOf(run), dk = SEEN * deviation / HALF;
  const turns = Array.from({ length: 2 * HALF + 1 }, (_, i) => SEEN * (i / HALF - 1));
  const density = turns.map((by) => Math.exp(-by * by / 2) / (deviation * Math.sqrt(2 * Math.PI)));
  return { k: turns.map((by) => run.direction * k0 + by * deviation), density, dk };
}

/**
 * How |phi(k)|^2, given at rising k that are dk apart, lies over even cells of energy hbar^2 k^2 / 2m, in 1/eV.
 *
 * It is a straight line between two k, so that each cell of energy has all of its part, at E = 0, too.
 */
export class Kinetic {
  constructor({ k, dk }, { hbar, mass }) {
    const factor = hbar ** 2 / (2 * mass);
    Object.assign(this, { k, end: factor * Math.max(-k[0], k[k.length - 1]) ** 2 });
    this.cell = this.end / CELLS;
    this.wide = Array.from({ length: k.length - 1 }, (_, j) => {
      const h = k[j + 1] - k[j];
      return h > APART * dk ? 0 : h;
    });
    this.sums = new Float64Array(k.length);
    const edges = Array.from({ length: CELLS + 1 }, (_, i) => Math.sqrt(i * this.cell / factor));
    this.right = edges.map((edge) => this.placeOf(edge));
    this.left = edges.map((edge) => this.placeOf(-edge));
  }

  /** Between which two k an edge is, and at which part of the way. */
  placeOf(edge) {
    const { k } = this;
    let from = 0, to = k.length - 1;
    while (to - from > 1) {
      const middle = (from + to) >> 1;
      if (k[middle] <= edge) from = middle;
      else to = middle;
    }
    return [from, Math.min(1, Math.max(0, (edge - k[from]) / (k[to] - k[from])))];
  }

  /** p(E) of the density (from `start` on) into `found`, one value for each cell. */
  into(found, density, start) {
    const { sums, wide, left, right, cell } = this;
    for (let j = 0; j < wide.length; j++) {
      sums[j + 1] = sums[j] + (density[start + j] + density[start + j + 1]) / 2 * wide[j];
    }
    const below = ([j, part]) => {
      const a = density[start + j], b = density[start + j + 1];
      return sums[j] + wide[j] * part * (a + (b - a) * part / 2);
    };
    let near = [below(left[0]), below(right[0])];
    for (let i = 0; i < CELLS; i++) {
      const next = [below(left[i + 1]), below(right[i + 1])];
      found[i] = (near[0] - next[0] + next[1] - near[1]) / cell;
      near = next;
    }
    return found;
  }

  /** The middles of the cells. */
  get energies() {
    return Float64Array.from({ length: CELLS }, (_, i) => (i + 0.5) * this.cell);
  }
}
