/**
 * |psi|^2 of the same packet without a barrier, written into `density` at the places x, at a time in fs.
 *
 * In closed form: it goes with `velocity` (nm/fs), and its width is sigma sqrt(1 + (t/spreading)^2).
 */
export function freeInto(density, x, { center, free: { velocity, sigma, spreading } }, time) {
  const width = sigma * Math.hypot(1, time / spreading), middle = center + velocity * time;
  const most = 1 / (Math.sqrt(2 * Math.PI) * width);
  for (let j = 0; j < x.length; j++) {
    const s = (x[j] - middle) / width;
    density[j] = most * Math.exp(-s * s / 2);
  }
}
