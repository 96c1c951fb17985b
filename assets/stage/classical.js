/** Steps of a path between two frames of a run. */
const STEPS = 16;

/** V at x, between the corners of its outline; outside as at its ends. */
export function potentialAt({ barrier_x: corners, barrier_v: v }, x) {
  const last = corners.length - 1;
  if (x <= corners[0]) return v[0];
  if (x >= corners[last]) return v[last];
  let from = 0, to = last;
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    if (corners[middle] <= x) from = middle;
    else to = middle;
  }
  const part = (x - corners[from]) / (corners[to] - corners[from]);
  return v[from] + part * (v[to] - v[from]);
}

/**
 * Where a classical particle is at each time (fs), nm: E = m v^2 / 2 + V(x), turned round where V exceeds E.
 *
 * From x with the wavenumber k, 1/nm, whose sign is its direction.
 */
export function pathOf(run, x, k) {
  const { times, hbar, mass } = run, energy = potentialAt(run, x) + (hbar * k) ** 2 / (2 * mass);
  const path = [x];
  let side = Math.sign(k);
  for (let i = 1; i < times.length; i++) {
    const dt = (times[i] - times[i - 1]) / STEPS;
    for (let step = 0; step < STEPS; step++) {
      const moved = (at) =>
        side * dt * Math.sqrt(Math.max(0, 2 * (energy - potentialAt(run, at)) / mass));
      const middle = x + moved(x) / 2, next = x + moved(middle);
      if (potentialAt(run, middle) >= energy || potentialAt(run, next) >= energy) side = -side;
      else x = next;
    }
    path.push(x);
  }
  return path;
}

/** Particles that start where the packet does, with its wavenumber and those one and two deviations from it. */
export function pathsOf(run) {
  const { hbar, mass, energy, start, band, direction, x, re, im } = run;
  const waves = (level) => Math.sqrt(2 * mass * Math.max(0, level - start)) / hbar;
  const k0 = waves(energy), deviation = (waves(band.high) - k0) / 4;
  let weight = 0, center = 0;
  for (let j = 0; j < x.length; j++) {
    const density = re[j] ** 2 + im[j] ** 2;
    weight += density;
    center += density * x[j];
  }
  const chosen = [-2, -1, 0, 1, 2].map((by) => k0 + by * deviation).filter((k) => k > 0);
  return chosen.map((k) => pathOf(run, center / weight, direction * k));
}
