/** Of an outline's largest slope: corners at which it turns by less are left out. */
const STRAIGHT = 1e-9;

/**
 * V(x) of a run as straight stretches, flat beyond its ends, on which particles move exactly: parabola by parabola.
 *
 * A particle is {x, side, energy, stretch}: its place, nm, the way it moves, 1 or -1, its energy, eV, which never
 * changes, and the stretch that it is on.
 */
export class Slopes {
  constructor({ barrier_x, barrier_v, hbar, mass }) {
    const kept = cornersOf(barrier_x, barrier_v);
    Object.assign(this, {
      hbar,
      mass,
      x: kept.map((j) => barrier_x[j]),
      v: kept.map((j) => barrier_v[j]),
    });
  }

  /** The stretch of x: -1 before the first corner, the number of the corner at its left else. */
  stretchOf(x) {
    const { x: corners } = this;
    let from = -1, to = corners.length;
    while (to - from > 1) {
      const middle = (from + to) >> 1;
      if (corners[middle] <= x) from = middle;
      else to = middle;
    }
    return from;
  }

  /** V at x on a stretch. */
  on(stretch, x) {
    const { x: corners, v } = this, last = corners.length - 1;
    if (stretch < 0) return v[0];
    if (stretch >= last) return v[last];
    const wide = corners[stretch + 1] - corners[stretch];
    return v[stretch] + (wide && (x - corners[stretch]) / wide) * (v[stretch + 1] - v[stretch]);
  }

  at(x) {
    return this.on(this.stretchOf(x), x);
  }

  /** A particle at x with the wavenumber k, 1/nm, whose sign is its direction. */
  particle(x, k) {
    const { hbar, mass } = this, stretch = this.stretchOf(x);
    const energy = this.on(stretch, x) + (hbar * k) ** 2 / (2 * mass);
    return { x, side: k < 0 ? -1 : 1, energy, stretch };
  }

  /** The wavenumber of a particle. */
  wavenumber({ x, side, energy, stretch }) {
    const { mass, hbar } = this;
    return side * Math.sqrt(2 * mass * Math.max(0, energy - this.on(stretch, x))) / hbar;
  }

  /** Take a particle to where it is dt (fs) later; what was before is reached by the same way back. */
  move(particle, dt) {
    if (dt < 0) particle.side = -particle.side;
    for (let left = Math.abs(dt); left > 0;) left = this.along(particle, left);
    if (dt < 0) particle.side = -particle.side;
  }

  /** On along its stretch, to its end or to where it turns; the time that is left. */
  along(particle, left) {
    const { x: corners, v, mass } = this, { x, side, energy, stretch } = particle;
    const here = Math.max(0, energy - this.on(stretch, x)), speed = Math.sqrt(2 * here / mass);
    const next = side > 0 ? stretch + 1 : stretch;
    if (next < 0 || next >= corners.length) {
      particle.x += side * speed * left;
      return 0;
    }
    const way = Math.abs(corners[next] - x), there = energy - v[next];
    const slope = stretch < 0 || stretch >= corners.length - 1 || !way ? 0 : (here - there) / way;
    const goes = there >= 0 ? way : here / slope;
    const end = Math.sqrt(2 * Math.max(0, there) / mass);
    const time = goes === 0 ? 0 : 2 * goes / (speed + end);
    if (!(time <= left)) {
      particle.x += side * (speed * left - slope * left * left / (2 * mass));
      return 0;
    }
    if (there >= 0) this.pass(particle, next);
    else {
      particle.x += side * goes;
      particle.side = -side;
    }
    return left - time;
  }

  /** Over a corner, and over others at the same place, where V jumps; turned round where a jump is too high. */
  pass(particle, corner) {
    const { x: corners, v } = this, { side, energy } = particle;
    let last = corner;
    while (corners[last + side] === corners[corner]) {
      last += side;
      if (v[last] >= energy) {
        particle.x = corners[corner];
        particle.side = -side;
        return;
      }
    }
    particle.x = corners[corner];
    particle.stretch = side > 0 ? last : last - 1;
  }
}

/** The corners between which V is straight. */
function cornersOf(x, v) {
  const kept = [0], last = x.length - 1;
  for (let j = 1; j < last; j++) {
    const from = kept[kept.length - 1], a = x[j] - x[from], b = x[j + 1] - x[j];
    const turn = (v[j] - v[from]) * b - (v[j + 1] - v[j]) * a;
    if (a === 0 || b === 0 || Math.abs(turn) > STRAIGHT * (a + b)) kept.push(j);
  }
  return [...kept, last];
}

/** The middle of the packet at the start, and its wavenumbers: the mean along its way, and their deviation. */
export function startOf({ hbar, mass, energy, start, band, center }) {
  const waves = (level) => Math.sqrt(2 * mass * Math.max(0, level - start)) / hbar;
  const k0 = waves(energy), deviation = (waves(band.high) - k0) / 4;
  return { center, k0, deviation };
}

/** Where a particle is at each time of a run, nm, from x with the wavenumber k. */
export function pathOf(run, x, k) {
  const slopes = new Slopes(run), particle = slopes.particle(x, k);
  return Array.from(run.times, (time, i) => {
    if (i) slopes.move(particle, time - run.times[i - 1]);
    return particle.x;
  });
}

/** Particles that start where the packet does, with its wavenumber and those one and two deviations from it. */
export function pathsOf(run) {
  const { center, k0, deviation } = startOf(run);
  const chosen = [-2, -1, 0, 1, 2].map((by) => k0 + by * deviation).filter((k) => k > 0);
  return chosen.map((k) => pathOf(run, center, run.direction * k));
}

/**
 * The lines [x, k] on which V(x) + hbar^2 k^2 / 2m is an energy, from `left` to `right`, one for each stretch.
 *
 * Where both directions meet in a turn, they are one line.
 */
export function linesOf(slopes, energy, left, right, count = 400) {
  const { hbar, mass, x: corners, v } = slopes, wave = (here) => Math.sqrt(2 * mass * here) / hbar;
  const places = corners.map((x, j) => [x, energy - v[j]]).filter(([x]) => x > left && x < right);
  for (let i = 0; i <= count; i++) {
    const x = left + (right - left) * i / count;
    places.push([x, energy - slopes.at(x)]);
  }
  places.sort(([a], [b]) => a - b); // corners at one place keep their order
  const uppers = [];
  places.forEach(([x, here], i) => {
    const [before, less] = places[i - 1] ?? [x, here];
    const turn = [before + (x - before) * less / (less - here), 0];
    if (here < 0 && less >= 0) uppers.at(-1).push(turn);
    if (here >= 0 && less < 0) uppers.push([turn]);
    if (here < 0) return;
    if (!uppers.length) uppers.push([]);
    uppers.at(-1).push([x, wave(here)]);
  });
  return uppers.flatMap((upper) => {
    const lower = upper.map(([x, k]) => [x, -k]);
    if (upper.at(-1)[1] === 0) return [[...upper, ...lower.reverse()]];
    return upper[0][1] === 0 ? [[...lower.reverse(), ...upper]] : [upper, lower];
  });
}
