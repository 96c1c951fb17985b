/** Chance that can be repeated, and what counts are worth. */

/** Numbers from 0 to 1, as even as chance, the same ones for the same seed (mulberry32). */
export class Series {
  constructor(seed) {
    this.seed = seed;
    this.restart();
  }

  restart() {
    this.state = this.seed | 0;
  }

  next() {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
}

const SEEDS = 1e6;

/** Another series for each visit. */
export const anySeries = () => new Series(1 + Math.floor(SEEDS * Math.random()));

/** Sums of weights up to each of them, the last one 1. */
export function sumsOf(weights) {
  const sums = Float64Array.from(weights);
  for (let i = 1; i < sums.length; i++) sums[i] += sums[i - 1];
  const total = sums.at(-1);
  return total > 0 ? sums.map((sum) => sum / total) : sums;
}

/** Which of the weights that add to these sums a number from 0 to 1 falls on; one of weight 0 never. */
export function chosen(sums, u) {
  let low = 0, high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (u < sums[middle]) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Where the probability lies of which `count` hits out of `n` tell, one standard deviation on either
 * side: Wilson's interval, which is right for rare hits, too, and for none.
 */
export function wilson(count, n) {
  if (!n) return [0, 1];
  const p = count / n, middle = (p + 1 / (2 * n)) / (1 + 1 / n);
  const half = Math.sqrt(p * (1 - p) / n + 1 / (4 * n * n)) / (1 + 1 / n);
  return [count ? middle - half : 0, count < n ? middle + half : 1];
}

/** One standard deviation of a share of n. */
export const spread = (p, n) => Math.sqrt(p * (1 - p) / n);

/** The range of an axis of shares around p: four spreads of a series of twenty. */
export function sharesAround(p) {
  const reach = 4 * Math.max(spread(p, 20), 0.02);
  return [Math.max(0, p - reach), Math.min(1, p + reach)];
}

/** A running share at some of its points, ever wider apart, so that as many as one likes can be counted. */
export class Trail {
  constructor() {
    this.n = [];
    this.share = [];
    this.due = 1;
  }

  put(n, share) {
    if (n < this.due) return;
    this.n.push(n);
    this.share.push(share);
    this.due = Math.max(n + 1, Math.ceil(1.02 * n));
  }
}
