import { signed, theory } from "../telling.js";

/** Of a difference of two times, finer than a run tells, and than the eye sees on the axis. */
const FINE = 1e-4;

/** A run's probabilities are off by round-off: less than this is no lead. */
const LEAD = 1e-6;

/** More than this part of what gets through over the top, and its arrival is not that of tunneling. */
const OVER = 0.1, MOST = 0.5;

/** Less than this part of what theory lets through by the end of a run, and more is to come. */
const WHOLE = 0.98;

/** Digits after the point of times, for a run of this length. */
export const digitsOf = (end) => Math.max(0, Math.min(6, -Math.ceil(Math.log10(end * FINE))));

/** A time with its unit, in two figures where it is short. */
export function duration(time, digits) {
  if (time === null) return "–";
  const size = Math.abs(time), short = size > 0 && size < 10 ** (1 - digits);
  const places = short ? Math.min(9, 1 - Math.floor(Math.log10(size))) : digits;
  return `${time.toFixed(places).replace("-", "−")} fs`;
}

/** A difference of two times with its sign. */
const apart = (time, digits) => `${signed(time, digits)} fs`;

/** Rows [what, of the run, of the free packet, difference] of the arrivals. */
export function rows({ run, end }) {
  const digits = digitsOf(end);
  return [["Peak: most in a fs", "peak"], ["Mean of all arrivals", "mean"]].map(([what, name]) => {
    const [ours, free] = [run.run[name], run.free[name]];
    return [
      what,
      duration(ours, digits),
      duration(free, digits),
      apart(Number(ours.toFixed(digits)) - Number(free.toFixed(digits)), digits),
    ];
  });
}

/** What the numbers of the table are read off, and of how much; theory knows the means, if all is through. */
export function read({ run, exact, alone, end, averaged }) {
  const digits = digitsOf(end), { share, error, mean } = run.run;
  const whole = alone && share > WHOLE * exact;
  const off = whole ? mean - run.free.mean - averaged.delay - averaged.filtered : 0;
  const worth = Math.max(10 ** -digits, error, Math.abs(off)).toFixed(digits);
  const rest = alone && !whole
    ? ` By the end of the run ${theory(share)} are through, of ${
      theory(exact)
    } by theory: what comes later is not counted.`
    : "";
  return `Of what has got through by the end, as if it were all; read off the run to about ${worth} fs.${rest}`;
}

/** Why there is no signal faster than without the barrier, or that a particle is faster in a well. */
export function lead({ run, well }) {
  const { passed, crossed, ahead } = run;
  const front = `When most of it arrives, ${theory(passed)} of the free packet is through, and ${
    theory(crossed)
  } of this one.`;
  if (ahead > LEAD) {
    return {
      title: "Earlier than the free packet",
      value: "",
      what: well
        ? `${front} For a time more is through than without the barrier: where V is below zero, a classical particle is faster, too.`
        : `${front} For a time more is through than without the barrier.`,
    };
  }
  return {
    title: "No signal",
    value: "",
    what: `${front} At no time is more through than without the barrier.`,
  };
}

/** What the arrival says where part of it went over the top. */
export function overTop({ over, below }) {
  const what = over > MOST
    ? "Fast waves, which need no tunneling: the arrival tells how fast they are."
    : over > OVER
    ? "The arrival is that of both, of tunneling and of fast waves over the top."
    : below
    ? "So little that the arrival is that of tunneling."
    : "The packet’s energy is above the top, yet most of what gets through is below it.";
  return { title: "Over the top, of what gets through", value: theory(over), what };
}

/** What theory says: of each time its title, its value, and what it means. */
export function durations(block) {
  const { phase, dwell, crossing, limit, averaged, alone } = block, digits = digitsOf(block.end);
  const told = (time) => duration(time, digits);
  const found = [
    {
      title: "Phase time at E₀",
      value: told(phase),
      what:
        `When the middle of a very long packet comes out, counted from when it would be at the near end. Without the barrier it takes ${
          told(crossing)
        }.`,
    },
    {
      title: "Dwell time at E₀",
      value: told(dwell),
      what:
        "How long the particle is inside, on average over all that come: those that turn back, too.",
    },
  ];
  if (limit !== null) {
    found.push({
      title: "Limit of wide barriers",
      value: told(limit),
      what: "2/(vκ): a wider barrier changes the phase time no more, only how little gets through.",
    });
  }
  if (averaged.delay !== null) {
    const { delay, filtered } = averaged;
    found.push({
      title: "Difference of the means, theory",
      value: apart(delay + filtered, digits),
      what: `${apart(filtered, digits)}, as ${
        filtered < 0 ? "faster" : "slower"
      } waves get through more easily, and ${
        apart(delay, digits)
      } by the barrier itself: its phase time less the free packet’s.`,
    });
  }
  if (!alone) {
    found.push({
      title: "Environment",
      value: "",
      what: "Theory and the free packet are of a packet that is alone.",
    });
  }
  return found;
}
