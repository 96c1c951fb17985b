/** What stands still in a picture of a run, as the sources of figures have it. */

/** The outline of the area between a line and 0, as the source of one has it. */
export function areaTo0(line, values) {
  const m = line.length, x = new Float64Array(2 * m), y = new Float64Array(2 * m);
  for (let j = 0; j < m; j++) {
    x[j] = x[2 * m - 1 - j] = line[j];
    y[2 * m - 1 - j] = values[j];
  }
  return { x, y };
}

/** V(x) as the outline of an area above V = 0. */
export const outlineOf = ({ barrier_x, barrier_v }) => areaTo0(barrier_x, barrier_v);

/** The barrier's inside as a band that is `far` high; none where it has none. */
export function insideOf({ support: [a, b] }, far) {
  const wide = b > a, one = (value) => (wide ? [value] : []);
  return { left: one(a), right: one(b), bottom: one(-far), top: one(far) };
}

/** The packet's energy all along x. */
export function levelOf({ energy }) {
  return { x: [-1e4, 1e4], energy: [energy, energy] };
}

/** Where V exceeds it. */
export function forbiddenOf({ spans, energy }) {
  const ends = [0, 1].map((end) => spans.map((span) => span[end]));
  const level = spans.map(() => energy);
  return { x: ends[0], energy: level, x1: ends[1], v1: level };
}

/** p(E) as a band of cells all along x, the likeliest as dark as `darkest`. */
export function bandOf({ low, high, shades }, darkest) {
  const cell = (high - low) / shades.length, all = (value) => shades.map(() => value);
  return {
    left: all(-1e4),
    right: all(1e4),
    bottom: shades.map((_, j) => low + j * cell),
    top: shades.map((_, j) => low + (j + 1) * cell),
    fill_alpha: shades.map((shade) => darkest * shade / Math.max(...shades)),
  };
}
