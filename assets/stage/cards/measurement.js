import { tell } from "../../between.js";
import { clock, place, signed } from "../telling.js";
import { anySeries } from "./counting.js";
import { fixed, say, written } from "../../words.js";

const HTML = `<div class="toggles"><button type="button" data-ask>${
  say("Is it behind the barrier?")
}</button>
    <button type="button" data-unask>${say("The run without a measurement")}</button></div>
  <p class="answer" role="status"></p>
  <dl class="gained">
    <div><dt>${say("mean energy before")}</dt><dd data-part="energy-before"></dd></div>
    <div><dt>${say("mean energy after this answer")}</dt><dd data-part="energy-after"></dd></div>
    <div><dt>${
  say("given by the measurement, in the mean over both answers")
}</dt><dd data-part="energy-given"></dd></div>
  </dl><p class="why"></p>`;

/** What an average has instead. */
const NOBODY = say(
  "This is the average of many runs: a measurement is of one particle. Choose no environment.",
);

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
      : say("Nobody has asked yet. Play to where you want to ask.");
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
function inUnit(value, [length, energy], told = fixed) {
  const number = told(value, 4).replace("-", "−");
  return energy === length ? number : `${number} ${energy}`;
}

/** What was found, and what that leaves of the wave. */
export function answer({ found, time, probability }, units) {
  const values = { time: clock(units, time, 2), probability: place(probability) };
  return found
    ? say(
      "Yes. At {time} the whole particle was found behind the barrier; the probability of this answer was {probability}. What was before the barrier is gone from the wave.",
      values,
    )
    : say(
      "No. At {time} the particle was not behind the barrier; the probability of this answer was {probability}. What was behind it is gone from the wave, although nothing was found there.",
      values,
    );
}

/** Where the energy comes from. */
export function why({ edge }, [length, energy]) {
  const number = written(edge.toPrecision(2));
  return say(
    "An answer sorts: the waves behind the barrier have not the same energies as those before it. Over both answers this would even out, but the detector cuts the wave, and a wave with a steep end has more kinetic energy. It is the detector that gives this energy. Its edge is {width} wide (an eighth of the wavelength, or what the grid can carry): the sharper the edge, the more energy, without limit.",
    { width: energy === length ? number : `${number} ${length}` },
  );
}
