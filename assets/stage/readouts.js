import { insideTold } from "./inside.js";
import { say } from "../words.js";
import {
  apart,
  leftOpen,
  place,
  pointsInWords,
  relative,
  result,
  theory,
  unbroken,
} from "./telling.js";

/** The numbers of one run beside the picture. */
export class Readouts {
  constructor(root) {
    this.root = root;
  }

  part(name) {
    return this.root.querySelector(`[data-part="${name}"]`);
  }

  write(name, text) {
    const part = this.part(name);
    if (part.textContent !== text) part.textContent = text;
  }

  regions(left, inside, right) {
    for (const [name, p] of Object.entries({ left, inside, right })) {
      this.write(name, place(p));
      this.part(`${name}-bar`).style.transform = `scaleX(${Math.max(0, Math.min(1, p))})`;
    }
  }

  /** The probability of being where V exceeds the energy, if it does so anywhere. */
  forbidden(p) {
    this.write("forbidden", p === undefined ? say("none") : place(p));
  }

  /** While a control moves: what theory says of these settings comes with their run. */
  open() {
    for (const name of ["transmitted", "exact", "difference", "tunneled", "over"]) {
      this.write(name, "…");
    }
    this.write("worth", "");
  }

  /** What the places of this run are. */
  explain(run) {
    const { symbol, spans, support, barrier_v: v } = run, inside = insideTold(run);
    const barrier = v.some((value) => value > 0), none = spans.length === 0, [a, b] = support;
    this.part("forbidden").previousElementSibling.textContent = say("where {symbol} < V", {
      symbol,
    });
    this.write(
      "none",
      !none
        ? ""
        : barrier
        ? say("The packet’s energy is not below the barrier’s top.")
        : say("V is nowhere above the packet’s energy."),
    );
    const band = say("The figure has it as a band.");
    this.write("inside-is", a < b ? `${inside} ${band}` : inside);
    this.write(
      "forbidden-is",
      none ? "" : say(
        "Where {symbol} < V a classical particle cannot be: the thick part of the line at {symbol}.",
        { symbol },
      ),
    );
  }

  /** Theory is about the packet alone; beside an average, or after a measurement, this is said. */
  compareWith({ summary: { members }, outcome }) {
    const labels = members
      ? {
        exact: say("exact theory, alone"),
        tunneled: say("alone: tunneled"),
        over: say("alone: over the top"),
      }
      : outcome
      ? {
        exact: say("theory, not measured"),
        tunneled: say("of it tunneled"),
        over: say("of it over the top"),
      }
      : {
        exact: say("exact theory"),
        tunneled: say("theory: tunneled"),
        over: say("theory: over the top"),
      };
    for (const [name, label] of Object.entries(labels)) {
      this.part(name).previousElementSibling.textContent = label;
    }
  }

  /** Numbers of frame i; what the sentences are made of. */
  update(run, i) {
    const [left, inside, right] = run.regions.subarray(3 * i, 3 * i + 3);
    const passed = run.direction > 0 ? right : left, settled = run.separated[i] === 1;
    const exact = run.summary.exact;
    this.regions(left, inside, right);
    this.forbidden(run.forbidden[i]);
    this.write("view", outOfView(run, i));
    this.write("transmitted", settled ? result(passed) : place(passed));
    this.write("exact", theory(exact));
    this.differ(run, settled ? passed - exact : undefined);
    if (!settled && i === run.times.length - 1) {
      this.write("worth", leftOpen(run.summary.unsettled));
    }
    this.write("tunneled", theory(run.summary.tunneled, exact));
    this.write("over", theory(run.summary.over_the_top, exact));
    const { members, transmitted_error: error } = run.summary;
    return {
      left,
      inside,
      right,
      settled,
      passed,
      exact,
      alone: !members,
      error,
      promised: run.promised,
    };
  }

  /** The difference from exact theory, and what it is worth; none before the run has settled. */
  differ(run, d) {
    const told = d === undefined
      ? {
        difference: say("not yet separated"),
        worth: "",
      }
      : apart(run, d);
    for (const [name, text] of Object.entries(told)) this.write(name, text);
  }
}

const UNSEEN = 0.005;

/** What of frame i lies beyond the picture, on its way or taken by the layers: the regions without what is shown. */
export function outOfView({ regions, x, re, im, psi_scale: scale, support: [a, b] }, i) {
  const n = x.length, shown = [0, 0], cell = (x[1] - x[0]) * scale ** 2;
  for (let j = 0; j < n; j++) {
    const p = (re[i * n + j] ** 2 + im[i * n + j] ** 2) * cell;
    if (x[j] < a) shown[0] += p;
    else if (x[j] > b) shown[1] += p;
  }
  const [left, right] = [0, 2].map((side) => regions[3 * i + side] - shown[side / 2]);
  const percent = (p) => ({ percent: Math.round(100 * p) });
  const told = [
    left > UNSEEN ? say("{percent} % left", percent(left)) : "",
    right > UNSEEN ? say("{percent} % right", percent(right)) : "",
  ];
  return told.filter(Boolean).join(", ") || say("nothing");
}

/** One run in words, with the numbers of the table; of theory only what is not withheld. */
export function sentence(name, { left, inside, right, settled, passed, exact, alone }) {
  const where = say("left {left}, inside {inside}, right {right}.", {
    left: place(left),
    inside: place(inside),
    right: place(right),
  });
  const found = settled ? separated(result(passed), exact, alone) : say("Not yet separated.");
  return `${name ? `${name}: ` : ""}${where} ${found}`.replaceAll("< ", say("less than "));
}

/** What got through, and what theory says of it. */
function separated(passed, exact, alone) {
  if (exact === undefined) return say("Separated: transmitted {passed}.", { passed });
  const values = { passed, exact: theory(exact) };
  return alone
    ? say("Separated: transmitted {passed}, exact theory {exact}.", values)
    : say("Separated: transmitted {passed}, exact theory for the packet alone {exact}.", values);
}

/** What has passed, in short, beside what theory says, unless that is withheld. */
export function brief({ passed, settled, exact }, withheld) {
  const now = { passed: settled ? result(passed) : place(passed), exact: theory(exact) };
  return withheld
    ? say("Transmitted {passed}", now)
    : say("Transmitted {passed}, in theory {exact}", now);
}

/** How far two runs are apart, and whether they resolve it. */
export function between([a, b]) {
  const passed = { difference: difference(a.passed, b.passed) };
  const found = a.settled && b.settled
    ? say("Transmitted, second minus first: {difference}", passed)
    : say("Transmitted so far, second minus first: {difference}", passed);
  const exact = { difference: difference(a.exact, b.exact) };
  const theirs = a.alone && b.alone ? say("; exact theory: {difference}", exact) : "";
  return `${found}${resolved(a, b) ? "" : say(", below what these runs resolve")}${theirs}.`;
}

/** Second minus first. */
const difference = (first, second) =>
  pointsInWords(second - first) +
  unbroken(relative(second - first, first, Math.min(first, second)));

/** Whether they are further apart than both errors together, as far as these are known. */
function resolved(a, b) {
  if (!a.settled || !b.settled) return true;
  const limit = [a, b].reduce(
    (sum, { alone, error, promised }) => sum + (alone ? promised ?? 0 : 2 * error),
    0,
  );
  return !limit || Math.abs(b.passed - a.passed) > limit;
}
