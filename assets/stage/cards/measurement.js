import { tell } from "../../between.js";
import { clock, place, signed } from "../telling.js";
import { anySeries } from "./counting.js";

const HTML = `<div class="toggles"><button type="button" data-ask>Is it behind the barrier?</button>
    <button type="button" data-unask>The run without a measurement</button></div>
  <p class="answer" role="status"></p>
  <dl class="gained">
    <div><dt>mean energy before</dt><dd data-part="energy-before"></dd></div>
    <div><dt>mean energy after this answer</dt><dd data-part="energy-after"></dd></div>
    <div><dt>given by the measurement, in the mean over both answers</dt><dd data-part="energy-given"></dd></div>
  </dl><p class="why"></p>`;

/** What an average has instead. */
const NOBODY =
  "This is the average of many runs: a measurement is of one particle. Choose no environment.";

/** It is asked whether the particle is behind the barrier; the answer, and what it did to the wave. */
export class Measurement {
  constructor(root) {
    this.root = root;
    this.series = anySeries();
    root.insertAdjacentHTML("beforeend", HTML);
    this.find("[data-ask]").addEventListener("click", () => this.ask());
    this.find("[data-unask]").addEventListener("click", () => tell("measure", {}));
  }

  find(selector) {
    return this.root.querySelector(selector);
  }

  mount() {}

  ask() {
    tell("measure", { time: this.time, chance: this.series.next() });
  }

  load({ runs: [run] }) {
    const { outcome, units, summary } = run, done = outcome !== undefined;
    this.find("[data-ask]").disabled = done || summary.members > 0;
    for (const part of ["[data-unask]", ".gained", ".why"]) this.find(part).hidden = !done;
    this.find(".answer").textContent = summary.members
      ? NOBODY
      : done
      ? answer(outcome, units)
      : "Nobody has asked yet. Play to where you want to ask.";
    if (!done) return;
    const energies = { before: outcome.before, after: outcome.after };
    for (const [name, value] of Object.entries(energies)) this.write(name, inUnit(value, units));
    this.write("given", inUnit(outcome.given, units, signed));
    this.find(".why").textContent = why(outcome, units);
  }

  write(name, text) {
    this.find(`[data-part="energy-${name}"]`).textContent = text;
  }

  draw({ time, still }) {
    if (!still) this.time = time;
  }
}

/** An energy in the run's unit; natural units have no name. */
function inUnit(value, [length, energy], told = (number, digits) => number.toFixed(digits)) {
  const number = told(value, 4).replace("-", "−");
  return energy === length ? number : `${number} ${energy}`;
}

/** What was found, and what that leaves of the wave. */
export function answer({ found, time, probability }, units) {
  const when = clock(units, time, 2), p = place(probability);
  return found
    ? `Yes. At ${when} the whole particle was found behind the barrier; the probability of this answer was ${p}. ` +
      "What was before the barrier is gone from the wave."
    : `No. At ${when} the particle was not behind the barrier; the probability of this answer was ${p}. ` +
      "What was behind it is gone from the wave, although nothing was found there.";
}

/** Where the energy comes from. */
export function why({ edge }, [length, energy]) {
  const wide = energy === length ? edge.toPrecision(2) : `${edge.toPrecision(2)} ${length}`;
  return "An answer sorts: the waves behind the barrier have not the same energies as those before it. " +
    "Over both answers this would even out, but the detector cuts the wave, and a wave with a steep end has more " +
    `kinetic energy. It is the detector that gives this energy. Its edge is ${wide} wide (an eighth of the wavelength, ` +
    "or what the grid can carry): the sharper the edge, the more energy, without limit.";
}
