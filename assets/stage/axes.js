/** Of the height, what lies below zero takes at most two fifths: a well does not press the wave flat. */
const DEEPEST = 2 / 3;

/** The ranges of both axes, zero at the same height, and the part of each that has ticks. */
export function rangesOf({ density, top, bottom }, signed) {
  const amplitude = signed ? 1.1 * Math.sqrt(density) : 0,
    high = Math.max(amplitude, 1.1 * density);
  const depth = -1.2 * bottom,
    below = Math.max(amplitude / high, Math.min(DEEPEST, depth / (1.2 * top)));
  const up = Math.max(1.2 * top, depth / (below || 1));
  return {
    left: { start: -below * high, end: high, bounds: [-amplitude, high] },
    right: { start: -below * up, end: up, bounds: [bottom < 0 ? -below * up : 0, up] },
  };
}

/** What the axes of these runs must hold: density (1/nm), top and bottom (eV). */
export function axesOf(runs) {
  let density = 0, top = 0, bottom = 0;
  for (const run of runs) {
    let most = 0;
    for (let j = 0; j < run.re.length; j++) most = Math.max(most, run.re[j] ** 2 + run.im[j] ** 2);
    density = Math.max(density, most * run.psi_scale ** 2);
    for (const v of run.barrier_v) {
      top = Math.max(top, v);
      bottom = Math.min(bottom, v);
    }
    top = Math.max(top, run.energy);
  }
  return { density, top, bottom };
}

/** The range of energies that holds V, the packet's energy, and most of those around it. */
export function levelsOf(runs) {
  let top = 0, bottom = 0;
  for (const { barrier_v: v, energy, band } of runs) {
    top = Math.max(top, ...v, energy, (energy + band.high) / 2);
    bottom = Math.min(bottom, ...v);
  }
  const air = 0.08 * (top - bottom);
  return { start: bottom - air / 2, end: top + air };
}

/** The stretch of x that all runs have in view. */
export function spanOf(runs) {
  const ends = runs.map(({ x }) => [x[0], x[x.length - 1]]);
  return {
    start: Math.min(...ends.map(([left]) => left)),
    end: Math.max(...ends.map(([, right]) => right)),
  };
}

/** A range holds this; of what a control that moves shows also what it held, so that it stays. */
export function hold(range, start, end, moves) {
  const ends = moves ? [Math.min(range.start, start), Math.max(range.end, end)] : [start, end];
  range.setv({ start: ends[0], end: ends[1] });
}

/** The textbook overlay has an axis on the right: figures above each other all make room for it. */
export function makeRoom(plot, { textbook }) {
  const room = textbook ? 62 : 8;
  if (plot.min_border_right !== room) plot.min_border_right = room;
}

const FAINT = 2;

/** The range of k in which anything of W is seen: beyond it no value leaves zero by FAINT of 127 steps. */
export function shownRange({ wigner, wigner_x, wigner_k }) {
  const nx = wigner_x.length, rows = wigner_k.length, step = wigner_k[1] - wigner_k[0];
  const seen = (row) => {
    for (let start = row * nx; start < wigner.length; start += rows * nx) {
      for (let j = start; j < start + nx; j++) if (Math.abs(wigner[j] - 128) >= FAINT) return true;
    }
    return false;
  };
  let row = 0;
  while (row < rows / 2 - 1 && !seen(row) && !seen(rows - 1 - row)) row++;
  return (rows / 2 - row) * step;
}
