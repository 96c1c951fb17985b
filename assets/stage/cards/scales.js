/** Below this T is 0 for the picture. */
export const FLOOR = 1e-16;

/** The lowest power of ten on the logarithmic axis. */
const LOWEST = -12;

const RAISED = { "-": "⁻", ...Object.fromEntries([..."⁰¹²³⁴⁵⁶⁷⁸⁹"].map((c, i) => [i, c])) };

/** A power of ten as it is written. */
export const powerOf = (n) =>
  n === 0 ? "1" : `10${[...String(n)].map((digit) => RAISED[digit]).join("")}`;

/** The power of ten at which a logarithmic axis of these values begins. */
export function floorOf(values) {
  let least = 1;
  for (const value of values) if (value > 0) least = Math.min(least, value);
  return Math.max(LOWEST, Math.min(-1, Math.floor(Math.log10(least))));
}

/** Labels of an axis of powers of ten that begins at 10^floor; none if there is none. */
export function ticksOf(floor) {
  const powers = Array.from({ length: floor ? 1 - floor : 0 }, (_, i) => floor + i);
  return new Map(powers.map((n) => [n, powerOf(n)]));
}

/** What is less than this part of the most is not seen. */
const SEEN = 1e-3;

/** The points of a curve below x = at and above it, [x, y] each; what stands at it is in both, what is not seen in none. */
export function split(x, y, at) {
  const points = Array.from(x, (value, i) => [value, y[i]]), edge = Math.fround(at);
  const parts = [points.filter(([e]) => e <= edge), points.filter(([e]) => e >= edge)];
  const least = SEEN * y.reduce((a, b) => Math.max(a, b), 0);
  return parts.map((part) => part.some(([, v]) => v > least) ? part : []);
}

/** The outline of what lies between points [x, y] and zero. */
export function areaOf(points) {
  const back = points.toReversed();
  return {
    x: Float64Array.from([...points, ...back], ([x]) => x),
    y: Float64Array.from([...points.map(([, y]) => y), ...back.map(() => 0)]),
  };
}
