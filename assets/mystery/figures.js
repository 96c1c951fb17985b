import { embed } from "../stage/embed.js";

const NOTHING = { x: [], t: [] }, FEW = 0.02;

/** The outline of a band between two curves. */
export const bandOf = (x, low, high) => ({
  x: [...x, ...x.toReversed()],
  y: [...low, ...high.toReversed()],
});

/** Upright and level bars of measured parts: their errors, and the energies in their packets. */
export function barsOf(trials) {
  const ends = (one, other) => ({
    x: trials.map(one[0]),
    t: trials.map(one[1]),
    x1: trials.map(other[0]),
    t1: trials.map(other[1]),
  });
  const at = ({ energy }) => energy, part = (trial) => trial.part;
  return {
    errors: ends([at, ({ low }) => low], [at, ({ high }) => high]),
    spreads: ends([({ slow }) => slow, part], [({ fast }) => fast, part]),
  };
}

const joined = ({ errors, spreads }) =>
  Object.fromEntries(
    Object.keys(errors).map((name) => [name, [...errors[name], ...spreads[name]]]),
  );

/** The figures of the page, embedded once for each look, and what they show of a round. */
export class Figures {
  constructor(slotOf) {
    this.slotOf = slotOf;
    this.mounted = {};
  }

  dress(items) {
    this.items = items;
    this.mounted = {};
  }

  async mount(name) {
    if (!this.items) return false;
    this.mounted[name] ??= await embed(this.items[name], this.slotOf(name));
    return true;
  }

  async show(round) {
    if (await this.mount("coefficient")) this.coefficient(round, this.mounted.coefficient);
    if (await this.mount("sizes")) this.sizes(round, this.mounted.sizes);
    if (round.reveal && await this.mount("profile")) this.profile(round, this.mounted.profile);
  }

  coefficient({ energy, bands, trials, sigma, truth, guess }, { plot, sources }) {
    const m = energy.length, x = [...energy];
    const row = (i) => [...bands.subarray(i * m, (i + 1) * m)];
    const set = (name, data) => sources[name].source.data = data;
    set("band_95", bandOf(x, row(0), row(4)));
    set("band_68", bandOf(x, row(1), row(3)));
    set("median", { x, t: row(2) });
    set("truth", truth ? { x, t: [...truth] } : NOTHING);
    set("guess", guess ? { x, t: [...guess] } : NOTHING);
    const own = trials.filter((trial) => trial.sigma === sigma);
    const others = trials.filter((trial) => trial.sigma !== sigma);
    const place = (some) => ({ x: some.map((t) => t.energy), t: some.map((t) => t.part) });
    const bars = barsOf(own);
    set("errors", bars.errors);
    set("spreads", bars.spreads);
    set("points", place(own));
    set("others", joined(barsOf(others)));
    set("other_points", place(others));
    plot.x_range.setv({ start: 0, end: x[m - 1] });
    plot.y_range.setv({ start: -FEW, end: 1 + FEW });
  }

  sizes({ sizes, best, reveal }, { sources }) {
    const image = sources.sizes.source.data.image[0];
    sizes.forEach((value, i) => image[i] = value);
    sources.sizes.source.change.emit();
    const set = (name, one) =>
      sources[name].source.data = one ? { x: [one.width], y: [one.height] } : { x: [], y: [] };
    set("likeliest", reveal ? undefined : best);
    set("guess", reveal?.guess);
    set("truth", reveal?.truth);
  }

  profile({ x, v_truth, v_guess }, { plot, sources }) {
    sources.truth.source.data = { x: [...x], v: [...v_truth] };
    sources.guess.source.data = { x: [...x], v: [...v_guess] };
    const top = Math.max(...v_truth, ...v_guess);
    plot.x_range.setv({ start: x[0], end: x[x.length - 1] });
    plot.y_range.setv({ start: -FEW * top, end: 1.08 * top });
  }
}
