import { fixed, say } from "../../words.js";
import { signed, theory } from "../telling.js";

/** Of the length of a run: finer than this no time is read off it. */
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
  return `${fixed(time, places).replace("-", "−")} fs`;
}

/** A difference of two times with its sign. */
const apart = (time, digits) => `${signed(time, digits)} fs`;

/** Rows [what, of the run, of the free packet, difference] of the arrivals. */
export function rows({ run, end }) {
  const digits = digitsOf(end);
  const named = [[say("Peak: most in a fs"), "peak"], [say("Mean of all arrivals"), "mean"]];
  return named.map(([what, name]) => {
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
  const worth = fixed(Math.max(10 ** -digits, error, Math.abs(off)), digits);
  const all = say(
    "Of what has got through by the end, as if it were all; read off the run to about {worth} fs.",
    { worth },
  );
  if (!alone || whole) return all;
  const rest = say(
    "By the end of the run {share} are through, of {exact} by theory: what comes later is not counted.",
    { share: theory(share), exact: theory(exact) },
  );
  return `${all} ${rest}`;
}

const EARLIER = say("For a time more is through than without the barrier.");
const IN_A_WELL = say(
  "For a time more is through than without the barrier: where V is below zero, a classical particle is faster, too.",
);
const NEVER = say("At no time is more through than without the barrier.");

/** Why there is no signal faster than without the barrier, or that a particle is faster in a well. */
export function lead({ run, well }) {
  const { passed, crossed, ahead } = run, isAhead = ahead > LEAD;
  const front = say(
    "When most of it arrives, {passed} of the free packet is through, and {crossed} of this one.",
    { passed: theory(passed), crossed: theory(crossed) },
  );
  const what = isAhead ? (well ? IN_A_WELL : EARLIER) : NEVER;
  const title = isAhead ? say("Earlier than the free packet") : say("No signal");
  return { title, value: "", what: `${front} ${what}` };
}

const FAST = say("Fast waves, which need no tunneling: the arrival tells how fast they are.");
const BOTH = say("The arrival is that of both, of tunneling and of fast waves over the top.");
const LITTLE = say("So little that the arrival is that of tunneling.");
const BELOW = say(
  "The packet’s energy is above the top, yet most of what gets through is below it.",
);

/** What the arrival says where part of it went over the top. */
export function overTop({ over, below }) {
  const what = over > MOST ? FAST : over > OVER ? BOTH : below ? LITTLE : BELOW;
  return { title: say("Over the top, of what gets through"), value: theory(over), what };
}

/** What theory says: of each time its title, its value, and what it means. */
export function durations(block) {
  const { phase, dwell, crossing, limit, averaged, alone } = block, digits = digitsOf(block.end);
  const told = (time) => duration(time, digits);
  const found = [
    {
      title: say("Phase time at E₀"),
      value: told(phase),
      what: say(
        "When the middle of a very long packet comes out, counted from when it would be at the near end. Without the barrier it takes {crossing}.",
        { crossing: told(crossing) },
      ),
    },
    {
      title: say("Dwell time at E₀"),
      value: told(dwell),
      what: say(
        "How long the particle is inside, on average over all that come: those that turn back, too.",
      ),
    },
  ];
  if (limit !== null) {
    found.push({
      title: say("Limit of wide barriers"),
      value: told(limit),
      what: say(
        "2/(vκ): a wider barrier changes the phase time no more, only how little gets through.",
      ),
    });
  }
  if (averaged.delay !== null) found.push(difference(averaged, digits));
  if (!alone) {
    found.push({
      title: say("Environment"),
      value: "",
      what: say("Theory and the free packet are of a packet that is alone."),
    });
  }
  return found;
}

/** By how much the means differ, and the two reasons for it. */
function difference({ delay, filtered }, digits) {
  const values = { filtered: apart(filtered, digits), delay: apart(delay, digits) };
  return {
    title: say("Difference of the means, theory"),
    value: apart(delay + filtered, digits),
    what: filtered < 0
      ? say(
        "{filtered}, as faster waves get through more easily, and {delay} by the barrier itself: its phase time less the free packet’s.",
        values,
      )
      : say(
        "{filtered}, as slower waves get through more easily, and {delay} by the barrier itself: its phase time less the free packet’s.",
        values,
      ),
  };
}
