import { fixed, say, written } from "../words.js";

/** A part in percent, with no more figures than a thousand shots tell. */
export function percent(part) {
  if (part > 0 && part < 0.0005) return `< ${fixed(0.1, 1)} %`;
  return `${fixed(100 * part, part > 0 && part < 0.1 ? 1 : 0)} %`;
}

/** A number of bits. */
export const bits = (value) => fixed(value, 1).replace("-", "−");

/** Two ends of a stretch in one unit; one number where they are the same. */
export const span = ([low, high], unit) =>
  low === high ? `${written(low)} ${unit}` : say("{low} to {high} {unit}", { low, high, unit });

/** A barrier as a person names it. */
export const named = ({ shape, height, width }) =>
  `${say(shape)}, ${written(height)} eV, ${written(width)} nm`;

const forward = ({ direction }) => direction === "Left to right";

/** Where the packets of a trial went to. */
export const arrowOf = (trial) => forward(trial) ? "→" : "←";

/** What a side counted, and between which counts its mean lies, as parts of all. */
export function sideOf(trial, side) {
  const { shots, low, high } = trial, passed = (side === "right") === forward(trial);
  const [from, to] = passed ? [low, high] : [1 - high, 1 - low];
  return { count: trial[side], part: trial[side] / shots, from, to };
}

const within = (value, low, high) => say("{value} ({low} to {high})", { value, low, high });

/** A count with its error bar, in counts. */
export const countTold = ({ count, from, to }, shots) =>
  within(count, (from * shots).toFixed(0), (to * shots).toFixed(0));

/** A trial in a sentence. */
export const trialTold = ({ shots, left, right }) =>
  say("{shots} sent: {left} came out on the left, {right} on the right.", { shots, left, right });

/** A part that was transmitted, with its error bar, in percent. */
export function partTold({ part, low, high }) {
  const [middle, from, to] = [part, low, high].map((p) => fixed(100 * p, 1));
  return within(middle, from, to);
}

/** What was gained, of all that can be. */
export const gainedTold = ({ gained, shots }, { bits: all }) =>
  say("{gained} of {all} bits, with {shots} shots", {
    gained: bits(gained),
    all: bits(all),
    shots,
  });

/** What the counts leave over. */
export const leftTold = ({ left_over: [, most], height, width, best, best_p }) =>
  [
    say("Barriers that hold 95 %: {count}.", { count: most }),
    say("With 68 % each, the height is {height} and the width {width}.", {
      height: span(height, "eV"),
      width: span(width, "nm"),
    }),
    say("The likeliest: {barrier} ({part}).", { barrier: named(best), part: percent(best_p) }),
  ].join(" ");

/** The experiment that gains most, and what the one that is set would. */
export const hintTold = ({ energy, sigma, shots, bits: best, own }) =>
  [
    say(
      "Of {shots} shots most is expected at {energy} eV with packets {sigma} nm wide: {bits} bits.",
      { shots, energy, sigma, bits: bits(best) },
    ),
    say("As it is set now: {bits} bits.", { bits: bits(own) }),
  ].join(" ");

/** What a proposal and the counts before it were worth. */
export function verdictTold({ gained, shots, reveal }, { bits: all }) {
  const { truth_p, guess_p } = reveal;
  const score = { gained: bits(gained), all: bits(all), shots };
  const parts = { guess: percent(guess_p), truth: percent(truth_p) };
  return [
    shots
      ? say("Score: {gained} of {all} bits, with {shots} shots ({pace} bits for 100 shots).", {
        ...score,
        pace: bits(100 * gained / shots),
      })
      : say("Score: {gained} of {all} bits, without a shot.", score),
    say("By your counts your proposal had {guess}, the truth {truth}.", parts),
    insideTold(reveal.inside),
    say(
      "The direction told nothing: with the same level on both sides T is the same from either, for a triangle too. That is reciprocity.",
    ),
  ];
}

function insideTold([narrow, wide]) {
  if (narrow) return say("The truth is among the likeliest barriers that hold 68 %.");
  if (wide) {
    return say(
      "The truth is among the barriers that hold 95 %, not among those of 68 %: so it should be in a quarter of all rounds.",
    );
  }
  return say(
    "The truth is outside of the barriers that hold 95 %: so it should be in one of twenty rounds.",
  );
}

/** How far a size of the proposal is off. */
function off(truth, guess, unit) {
  const by = Number((guess - truth).toFixed(2));
  if (by === 0) return say("exact");
  return by > 0
    ? say("{by} {unit} too much", { by, unit })
    : say("{by} {unit} too little", { by: -by, unit });
}

/** Rows that compare: what, the truth, the proposal, and how far off. */
export function comparedRows({ reveal: { truth, guess } }) {
  const size = (name, unit) => [
    ...[truth, guess].map((one) => `${written(one[name])} ${unit}`),
    off(truth[name], guess[name], unit),
  ];
  const same = truth.shape === guess.shape ? say("right") : say("another one");
  return [
    [say("Shape"), say(truth.shape), say(guess.shape), same],
    [say("Height"), ...size("height", "eV")],
    [say("Width"), ...size("width", "nm")],
  ];
}
