/** Without the dust of binary fractions. */
const clean = (value) => Number(value.toPrecision(12));

/** A slider along which a value is spread evenly. */
class LinearScale {
  constructor(range) {
    Object.assign(this, range);
  }

  within(value) {
    return Math.min(this.high, Math.max(this.low, value));
  }

  /** Where a value lies on the slider. */
  place(value) {
    return value;
  }

  /** The value at a place: a whole number of steps. */
  value(place) {
    return this.within(clean(Math.round(place / this.step) * this.step));
  }

  /** The value so many steps up or down, at a whole number of steps. */
  stepped(value, by) {
    const steps = value / this.step;
    const from = by > 0 ? Math.floor(steps + 1e-9) : Math.ceil(steps - 1e-9);
    return this.within(clean((from + by) * this.step));
  }

  /** The value so many notches of the slider up or down. */
  slid(value, by) {
    return this.stepped(value, by);
  }
}

const NOTCHES = 100, FIGURES = 3;

/** A slider along which the logarithm of a value is spread evenly. */
class LogScale extends LinearScale {
  place(value) {
    return Math.log10(value);
  }

  /** Whole steps, and no more figures than the eye can set. */
  value(place) {
    const value = 10 ** place, unit = 10 ** (Math.floor(place) + 1 - FIGURES);
    const grain = Math.max(this.step, unit);
    return this.within(clean(Math.round(value / grain) * grain));
  }

  slid(value, by) {
    const notch = (this.place(this.high) - this.place(this.low)) / NOTCHES;
    const there = this.value(this.place(value) + by * notch);
    return (there - value) * by > 0 ? there : this.stepped(value, by);
  }
}

export const SCALES = { linear: LinearScale, log: LogScale };
