import { Slopes, startOf } from "./classical.js";

/** Particles of the cloud: so many for its densities, of which these are drawn. */
const COUNT = 4096;
export const DRAWN = 400;

/** Steps in both directions of an even, quasi-random sequence (R2 of Roberts). */
const STEPS = [0.7548776662466927, 0.5698402909980532];

/** Two independent normal numbers, the i-th of a sequence that fills their plane evenly. */
export function normals(i) {
  const [a, b] = STEPS.map((step) => (0.5 + (i + 1) * step) % 1);
  const far = Math.sqrt(-2 * Math.log(1 - a)), turn = 2 * Math.PI * b;
  return [far * Math.cos(turn), far * Math.sin(turn)];
}

/** How values lie over even cells, as a density; each is shared by the two cells around it. */
export function spread(values, first, wide, into) {
  const last = into.length - 1, weight = 1 / (values.length * wide);
  into.fill(0);
  for (const value of values) {
    const at = (value - first) / wide, cell = Math.floor(at), part = at - cell;
    if (cell >= 0 && cell <= last) into[cell] += (1 - part) * weight;
    if (cell >= -1 && cell < last) into[cell + 1] += part * weight;
  }
  return into;
}

/** Classical particles, spread at the start as the packet's Wigner function, which is positive there. */
export class Cloud {
  constructor(run) {
    const { center, k0, deviation } = startOf(run), sigma = 1 / (2 * deviation);
    this.slopes = new Slopes(run);
    this.particles = Array.from({ length: COUNT }, (_, i) => {
      const [a, b] = normals(i);
      return this.slopes.particle(center + sigma * a, run.direction * (k0 + deviation * b));
    });
    Object.assign(this, { run, time: 0, x: new Float64Array(COUNT), k: new Float64Array(COUNT) });
    this.read();
  }

  /** Places and wavenumbers of all. */
  read() {
    this.particles.forEach((particle, i) => {
      this.x[i] = particle.x;
      this.k[i] = this.slopes.wavenumber(particle);
    });
  }

  /** The cloud at a time, fs. */
  at(time) {
    if (time === this.time) return this;
    for (const particle of this.particles) this.slopes.move(particle, time - this.time);
    this.time = time;
    this.read();
    return this;
  }

  /** How much of it is beyond the barrier. */
  get beyond() {
    const { direction, support: [a, b] } = this.run;
    let count = 0;
    for (const x of this.x) if (direction > 0 ? x > b : x < a) count++;
    return count / COUNT;
  }
}
