/** Points of a potential, [[x, V], ...] in nm and eV, as a text has them: “x V x V ...”. */
export function pointsOf(text) {
  const numbers = text.replaceAll("−", "-").trim().split(/\s+/).map(Number);
  const pairs = numbers.length % 2
    ? []
    : numbers.flatMap((x, i) => i % 2 ? [] : [[x, numbers[i + 1]]]);
  return pairs.every((pair) => pair.every(Number.isFinite)) ? pairs : [];
}

/** As short as it can be on a grid that nobody sees. */
export const textOf = (points) =>
  points.flatMap(([x, v]) => [Number(x.toFixed(3)) || 0, Number(v.toFixed(2)) || 0]).join(" ");

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/** One of them put elsewhere, as far as its neighbors and the limits let it. */
export function moved(points, i, [x, v], { reach, lowest, highest, closest }) {
  const left = i > 0 ? points[i - 1][0] + closest : -reach;
  const right = i < points.length - 1 ? points[i + 1][0] - closest : reach;
  return points.with(i, [clamp(x, left, right), clamp(v, lowest, highest)]);
}

/** One more, if there is room for it between its neighbors. */
export function added(points, [x, v], limits) {
  const { reach, closest, most } = limits, i = points.filter(([place]) => place < x).length;
  const left = points[i - 1]?.[0] ?? -Infinity, right = points[i]?.[0] ?? Infinity;
  const room = x - left >= closest && right - x >= closest && Math.abs(x) <= reach;
  return room && points.length < most
    ? moved(points.toSpliced(i, 0, [x, v]), i, [x, v], limits)
    : points;
}

/** One less; two stay. */
export const removed = (points, i) => (points.length > 2 ? points.toSpliced(i, 1) : points);

/** Those that a line through the others misses by more than `far`: U. Ramer, D. Douglas and T. Peucker. */
function essential(points, far) {
  const [[x0, v0], [x1, v1]] = [points[0], points[points.length - 1]];
  let worst = far, at = 0;
  points.forEach(([x, v], i) => {
    const off = Math.abs(v - v0 - (v1 - v0) * (x - x0) / (x1 - x0 || 1));
    if (off > worst) [worst, at] = [off, i];
  });
  if (!at) return [points[0], points[points.length - 1]];
  return [
    ...essential(points.slice(0, at + 1), far).slice(0, -1),
    ...essential(points.slice(at), far),
  ];
}

/** Points `closest` apart at least, no more than `most`, that miss a drawn line as little as they can. */
export function simplified(line, far, { closest, most }) {
  const apart = (points) =>
    points.filter(([x], i) => i === 0 || x - points[i - 1][0] >= closest * (1 + 1e-6));
  for (let miss = far;; miss *= 1.3) {
    const found = apart(essential(line, miss));
    if (found.length <= most) return found;
  }
}

/** A line drawn by hand: where it goes back it is drawn again, so that there is one V for each x; [x, V] from left to right. */
export function drawnOnce(path) {
  let line = [];
  for (const [i, point] of path.entries()) {
    const [a, b] = [path[Math.max(0, i - 1)][0], point[0]].sort((one, other) => one - other);
    line = line.filter(([x]) => x < a || x > b).concat(i ? [path[i - 1], point] : [point]);
    line.sort(([one], [other]) => one - other);
  }
  return line.filter(([x], i) => i === 0 || x > line[i - 1][0]);
}

/** The points with what was drawn in place of those on its stretch. */
export function redrawn(points, line, far, limits) {
  const from = line[0][0] - limits.closest, to = line[line.length - 1][0] + limits.closest;
  const within = line.map(([x, v]) => [x, clamp(v, limits.lowest, limits.highest)]);
  const kept = points.filter(([x]) => x < from || x > to);
  const room = { ...limits, most: Math.max(2, limits.most - kept.length) };
  const all = [...kept, ...simplified(within, far, room)].sort(([a], [b]) => a - b);
  return all.length > limits.most ? simplified(all, far, limits) : all;
}

/** Slopes at points of a monotone curve that is level at its ends (F. N. Fritsch and J. Butland, 1984), as the solver has it. */
function slopesOf(points) {
  const h = points.slice(1).map(([x], i) => x - points[i][0]);
  const rise = points.slice(1).map(([, v], i) => (v - points[i][1]) / h[i]);
  return points.map((_, i) => {
    const [before, after] = [rise[i - 1] ?? 0, rise[i] ?? 0];
    if (before * after <= 0) return 0;
    const [one, other] = [2 * h[i] + h[i - 1], h[i] + 2 * h[i - 1]];
    return (one + other) / (one / before + other / after);
  });
}

/** Commands of an SVG path through the points, with straight lines or smooth ones; `place` gives pixels. */
export function pathOf(points, smooth, place) {
  const told = (point) => place(point).map((one) => one.toFixed(1)).join(" ");
  if (!smooth) return points.map((point, i) => `${i ? "L" : "M"}${told(point)}`).join("");
  const slopes = slopesOf(points);
  return points.map(([x, v], i) => {
    if (!i) return `M${told([x, v])}`;
    const [x0, v0] = points[i - 1], third = (x - x0) / 3;
    const first = [x0 + third, v0 + slopes[i - 1] * third],
      second = [x - third, v - slopes[i] * third];
    return `C${[first, second, [x, v]].map(told).join(" ")}`;
  }).join("");
}

/** An end of an axis that leaves room beyond the points: 1, 1.5, 2, 3, 4, 5, 7.5, 10, 15, 20. */
export const endOf = (most, limit) =>
  [1, 1.5, 2, 3, 4, 5, 7.5, 10, 15, 20].find((end) => end >= Math.min(1.25 * most, limit)) ?? limit;
