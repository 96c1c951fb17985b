import { fixed, say, written } from "../words.js";

/**
 * How a probability is told, the same as in app/telling.py. A place where the particle may be has nothing
 * finer than 0.01 %; a result (exact theory, a run that is separated) keeps two figures however small it is,
 * a run's down to its round-off.
 * A difference of two probabilities is in percentage points (pp), and relative as well where they are small.
 */
const NOTHING = 1e-12, FINEST = 1e-4, SMALL = 1e-2, SEEN = 5e-6;

const RAISED = { "-": "⁻", ...Object.fromEntries([..."⁰¹²³⁴⁵⁶⁷⁸⁹"].map((c, i) => [i, c])) };

/** Digits after the point with which a part, as a percentage, has two figures at least. */
const places = (part) => (Math.abs(part) < 1e-3 ? 3 : 2);

function scientific(value) {
  const [mantissa, exponent] = value.toExponential(1).split("e");
  return `${written(mantissa)}·10${[...String(Number(exponent))].map((c) => RAISED[c]).join("")}`;
}

/** The probability of being in a place. */
export function place(p) {
  if (p < NOTHING) return "0 %";
  return p < FINEST ? `< ${written("0.01")} %` : `${fixed(100 * p, places(p))} %`;
}

/** A probability that is the answer. */
export function result(p) {
  return p < NOTHING || p >= FINEST ? place(p) : `${scientific(100 * p)} %`;
}

/** What exact theory says, which has no round-off; a part of it only that of the whole. */
export function theory(p, whole = 0) {
  return p <= NOTHING * whole || p >= FINEST ? place(p) : `${scientific(100 * p)} %`;
}

/** A number with its sign. */
export const signed = (value, digits) =>
  `${value < 0 ? "−" : "+"}${fixed(Math.abs(value), digits)}`;

/** A difference of two probabilities in percentage points. */
export function points(d) {
  return say("{points} pp", { points: inPoints(d) });
}

/** The same as a number. */
function inPoints(d) {
  if (Math.abs(d) < SEEN) return Math.abs(d) < NOTHING ? "0" : `< ${written("0.001")}`;
  return signed(100 * d, Math.abs(d) < SMALL ? 3 : 2);
}

/** The same in a sentence. */
export const pointsInWords = (d) => say("{points} percentage points", { points: inPoints(d) });

/** The same relative to the first of the two, where the smaller one is below 1 %. */
export function relative(d, of, least = of) {
  const part = d / of;
  if (of < NOTHING || least >= SMALL || Math.abs(part) < 5e-4) return "";
  if (part < 9) return ` (${signed(100 * part, Math.abs(part) < 0.1 ? 1 : 0)} %)`;
  const times = part < 1e4 ? (1 + part).toFixed(0) : scientific(1 + part);
  return say(" ({times} times)", { times });
}

/** A promised error, such as 0.1. */
const promise = (error) =>
  say("{points} percentage points", { points: Number((100 * error).toPrecision(2)) });

/** What a run's difference from exact theory is worth; `promised` is null where nothing is. */
export function worth(d, of, promised) {
  if (promised === null) {
    return say("In percentage points; nothing is promised for these settings.");
  }
  const limit = { limit: promise(promised) };
  if (Math.abs(d) > promised) return say("More than this quality promises, {limit}.", limit);
  if (of >= promised) return say("Below what this quality resolves, {limit}.", limit);
  return say(
    "So small a part is below what this quality resolves, {limit}: trust exact theory.",
    limit,
  );
}

/** What the difference of an average is worth, with its standard error. */
export function worthOfAverage(d, error) {
  return Math.abs(d) > 2 * error
    ? say("In percentage points, with one standard error.")
    : say("In percentage points: less than two standard errors, not resolved.");
}

const MEASURED = say(
  "The measurement changed what comes; theory is of the packet that nobody asked.",
);

/** What stands in brackets stays on one line. */
export const unbroken = (text) =>
  text.replace(/\(.*\)/, (inside) => inside.replaceAll(" ", "\u00a0"));

/** How far a transmitted part is from exact theory, `d`, of an average with its error, and what that is worth. */
export function apart({ summary, promised, outcome }, d) {
  const { exact, members, transmitted_error: error } = summary;
  if (outcome) return { difference: points(d), worth: MEASURED };
  return members
    ? {
      difference: say("{points} ± {error} pp", {
        points: signed(100 * d, 2),
        error: fixed(100 * error, 1),
      }),
      worth: worthOfAverage(d, error),
    }
    : { difference: points(d) + unbroken(relative(d, exact)), worth: worth(d, exact, promised) };
}

/** What the end of a run that is not separated leaves open. */
export const leftOpen = (unsettled) =>
  say("The run ends here: {part} can still change sides.", { part: place(unsettled) });

/** A time in a run's unit; natural units have no name. */
export function clock([length, , unit], time, digits) {
  return unit === length ? `t = ${fixed(time, digits)}` : `${fixed(time, digits)} ${unit}`;
}

/** Of what is made of one wave: an average has none. */
export const NO_WAVE = say(
  "An average of many runs has no one wave function, of which this card tells: it shows single runs.",
);
