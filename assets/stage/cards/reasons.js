import { apart, leftOpen, place, result, theory } from "../telling.js";
import { say } from "../../words.js";

/** How far a run's transmitted part is from that of exact theory, and what that is worth. */
export function compared(run) {
  const { transmitted, exact, separated, unsettled, members } = run.summary;
  const { difference, worth } = apart(run, transmitted - exact);
  if (members) {
    const from = say(
      "An average over {members} runs in the environment: {difference} from the packet alone.",
      { members, difference },
    );
    return `${from} ${worth}`;
  }
  return separated
    ? `${say("{difference} from exact theory.", { difference })} ${worth}`
    : leftOpen(unsettled);
}

/** What of a packet gets through below the top and above it. */
const parted = ({ exact, tunneled, over_the_top: over }) =>
  say("{tunneled} tunneled, {over} over the top.", {
    tunneled: theory(tunneled, exact),
    over: theory(over, exact),
  });

/** What a run has found at its end. */
const found = ({ separated, transmitted }) => separated ? result(transmitted) : place(transmitted);

/** T(E₀), and the transmitted part by theory and of the run: of each run a value and a sentence, and why they differ. */
export const reasons = (runs, coefficients) => [
  {
    title: "T(E₀)",
    each: coefficients.map((t) => [theory(t), ""]),
    what: say("Of a plane wave, which has the packet’s energy alone."),
  },
  {
    title: say("Transmitted part, exact theory"),
    each: runs.map(({ summary }) => [theory(summary.exact), parted(summary)]),
    what: say("A packet has many energies, each with its own T(E): theory adds up p(E) T(E)."),
  },
  {
    title: say("Transmitted part, this run"),
    each: runs.map((run) => [found(run.summary), compared(run)]),
    what: say("Found in steps of space and time, and only up to the end of the run."),
  },
];
