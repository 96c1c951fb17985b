import { bar, row } from "./html.js";
import { begunTold } from "./inside.js";
import { between, brief, outOfView, Readouts, sentence } from "./readouts.js";
import { clock } from "./telling.js";
import { say } from "../words.js";

/** Milliseconds between two sentences for a screen reader while the run plays. */
const PAUSE = 2000;

/** Where one run's particle is, and what becomes of it. */
const FATE = `<div class="fate"><h2 class="name"></h2>
  <div class="group"><h2>${say("Where is the particle?")}</h2>
  ${bar("left", say("left"))}${bar("inside", say("inside"))}${bar("right", say("right"))}
  <dl>${
  row(
    "forbidden",
    say("where {symbol} < V", { symbol: "E₀" }).replace("<", "&lt;"),
    '<dd class="note" data-part="none"></dd>',
  )
}</dl>
  <dl>${row("view", say("unseen"))}</dl>
  <details class="what"><summary>${say("What is “inside”?")}</summary><p data-part="inside-is"></p>
    <p data-part="forbidden-is"></p></details></div>
  <div class="group"><h2>${say("Transmitted")}</h2>
  <dl>${row("transmitted", say("this run, now"))}${row("exact", say("exact theory"))}${
  row("difference", say("difference"), '<dd class="note" data-part="worth"></dd>')
}
  ${row("tunneled", say("theory: tunneled"))}${
  row("over", say("theory: over the top"))
}</dl></div></div>`;

/** The numbers of one run or two beside the picture, how far they are apart, and all in words. */
export class Fates {
  constructor(root, main) {
    Object.assign(this, { root, main });
    this.settled = false;
    this.spoken = 0;
    this.make(1);
  }

  part(name) {
    return this.root.querySelector(`[data-part="${name}"]`);
  }

  make(count) {
    this.root.querySelector(".fates").innerHTML = FATE.repeat(count);
    this.readouts = [...this.root.querySelectorAll(".fate")].map((root) => new Readouts(root));
  }

  load({ runs, names }) {
    if (this.readouts.length !== runs.length) this.make(runs.length);
    this.names = runs.length > 1 ? names : [""];
    this.runs = runs;
    runs.forEach((run, i) => {
      this.readouts[i].explain(run);
      this.readouts[i].compareWith(run);
      this.readouts[i].root.querySelector(".name").textContent = this.names[i];
    });
    this.part("between").hidden = runs.length < 2;
    this.tellBegun(runs);
  }

  /** What of a packet is at the barrier from the start. */
  tellBegun(runs) {
    const place = this.part("begun"), run = runs.find(({ begun }) => begun.length);
    const told = run ? begunTold(run) : "";
    place.hidden = !told;
    if (place.textContent !== told) place.textContent = told;
  }

  draw({ frames, time, withheld, still }, playing) {
    if (still) {
      this.preview(still);
      return;
    }
    const states = this.runs.map((run, i) => this.readouts[i].update(run, frames[i]));
    this.settled = states.every(({ settled }) => settled);
    this.put(brief(states[0], withheld));
    if (states.length > 1) this.part("between").textContent = between(states);
    const now = performance.now();
    if (playing && now - this.spoken < PAUSE) return;
    this.spoken = now;
    this.say(states, clock(this.runs[0].units, time, 1), withheld);
  }

  /** The main number once more, for where the others are out of sight. */
  put(text) {
    if (this.main.textContent !== text) this.main.textContent = text;
  }

  /** The sentence for a screen reader. */
  say(states, time, withheld) {
    const told = withheld ? { exact: undefined } : {};
    const said = states.map((state, i) => sentence(this.names[i], { ...state, ...told }));
    const status = this.part("status"),
      text = say("At {time}: {said}", { time, said: said.join(" ") });
    if (status.textContent !== text) status.textContent = text;
  }

  /** While a control moves. */
  preview(still) {
    const [first] = this.readouts;
    first.regions(...still.regions);
    first.forbidden(still.forbidden[0]);
    first.explain(still);
    first.open();
    this.tellBegun([still]);
    this.put(say("Transmitted …"));
    first.write("view", outOfView(still, 0));
  }
}
