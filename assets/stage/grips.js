/**
 * What can be taken hold of on the figure of energies: {control: {x, y, along, rate}}.
 *
 * x in nm, y in eV; a place further by `rate` along its axis is one more of the control. Those of an edge
 * lie apart: the width's on the left, the gap's on the right. The packet is held by its center on the line of its
 * energy, and two deviations behind it.
 */
export function gripsOf(
  { support: [left, right], barrier_x: x, barrier_v: v, start: level },
  values,
) {
  const { height, width, gap, field, energy, sigma, start: at } = values, middle = height / 2;
  const behind = at > right ? 2 : -2;
  const edge = gap === undefined ? left / width : -1;
  return {
    height: { x: peakOf(x, v), y: height, along: "y", rate: 1 },
    width: { x: left, y: middle, along: "x", rate: edge },
    gap: { x: gap / 2, y: middle, along: "x", rate: 0.5 },
    field: { x: right, y: height - field * (right - left), along: "y", rate: left - right },
    energy: { x: -Infinity, y: level + energy, along: "y", rate: 1 },
    start: { x: at, y: level + energy, along: "x", rate: 1 },
    sigma: { x: at + behind * sigma, y: level + energy, along: "x", rate: behind },
  };
}

/** The middle of the stretch, first from the left, on which V is highest, or deepest. */
function peakOf(x, v) {
  let most = 0;
  for (const value of v) if (Math.abs(value) > Math.abs(most)) most = value;
  const near = (value) => Math.abs(value - most) <= 1e-3 * Math.abs(most);
  const from = v.findIndex(near);
  let to = from;
  while (to + 1 < v.length && near(v[to + 1])) to++;
  return from < 0 ? 0 : (x[from] + x[to]) / 2;
}
