import { hear, keep, kept, tell } from "../between.js";
import { urlOf } from "../guide/address.js";
import { ChoiceControl } from "../controls/choice.js";
import { NumberControl } from "../controls/number.js";
import { isGuessing, isProjected } from "../modes.js";
import { Inbox } from "../stage/inbox.js";
import { decode, inflate } from "../stage/wire.js";
import { Figures } from "./figures.js";
import { layoutHtml, sizeTold } from "./layout.js";
import { notebooks } from "./notebooks.js";
import {
  arrowOf,
  comparedRows,
  countTold,
  gainedTold,
  hintTold,
  leftTold,
  partTold,
  percent,
  sideOf,
  trialTold,
  verdictTold,
} from "./telling.js";
import { say, written } from "../words.js";

const SHOTS = 100;

const choice = (name, label, doc, values, unit) => ({
  name,
  label,
  doc,
  options: values.map((value) => [value, unit ? sizeTold(value, unit) : say(String(value))]),
});

/** The controls of a barrier on the grid. */
const barrierChoices = ({ shapes, heights, widths }, before = "") => [
  choice(
    `${before}shape`,
    say("Barrier shape"),
    say("One of those that may be hidden."),
    shapes,
  ),
  choice(`${before}height`, say("Barrier height"), say("Peak of V."), heights, "eV"),
  choice(
    `${before}width`,
    say("Barrier width"),
    say("Of each wall if double, as in the lab."),
    widths,
    "nm",
  ),
];

/** A hidden barrier: experiments on it, what their counts say, a proposal and the reveal. */
class Mystery {
  constructor(model, el) {
    this.model = model;
    this.root = document.createElement("div");
    this.root.className = "ts-mystery";
    this.root.innerHTML = layoutHtml(model.about);
    el.append(this.root);
    this.values = {};
    this.word = model.word;
    this.build(model.about);
    this.inbox = new Inbox((text) => this.problem(text));
    this.figures = new Figures((name) => this.find(`[data-slot="${name}"]`));
    this.root.addEventListener("click", (event) => this.click(event));
    this.note(model.notes);
    keep("page", "mystery");
    document.title = `${say("The mystery barrier")} · Tunnelscope`;
    this.back = () => this.arrive();
    window.addEventListener("popstate", this.back);
    model.on("msg:custom", (message) => this.inbox.put(() => this.take(message.data ?? message)));
    hear(model, {
      go: (query) => location.assign(urlOf(query)),
      skip: () => this.find("h1").focus(),
      theme: () => this.dress(),
      palette: () => this.dress(),
      projector: () => this.dress(),
      guess: () => this.dress(),
      again: () => this.restore(this.word),
    });
    this.write(this.word, true);
    this.dress();
    this.restore(this.word);
  }

  remove() {
    window.removeEventListener("popstate", this.back);
  }

  find(selector) {
    return this.root.querySelector(selector);
  }

  put(name, text) {
    this.find(`[data-part="${name}"]`).textContent = text;
  }

  build(about) {
    const { energy, sigma, directions, shots } = about;
    this.field(".experiment .fields", new NumberControl(energy, this.choose), energy.default);
    this.field(".experiment .fields", new NumberControl(sigma, this.choose), sigma.default);
    const experiment = [
      [
        choice("direction", say("Direction"), say("From which side they come."), directions),
        directions[0],
      ],
      [choice("shots", say("Shots"), say("Electrons, sent one by one."), shots), SHOTS],
    ];
    for (const [one, value] of experiment) {
      this.field(".experiment .fields", new ChoiceControl(one, this.choose), value);
    }
    for (const [place, before] of [[".proposal .fields", ""], [".set .ts-controls", "set-"]]) {
      for (const one of barrierChoices(about, before)) {
        const middle = one.options[Math.floor((one.options.length - 1) / 2)][0];
        const first = one.name.endsWith("shape") ? one.options[0][0] : middle;
        this.field(place, new ChoiceControl(one, this.choose), first);
      }
    }
  }

  choose = (name, value) => {
    this.values[name] = value;
  };

  field(place, control, value) {
    this.controls = { ...this.controls, [control.about.name]: control };
    control.set(value);
    this.choose(control.about.name, value);
    this.find(place).append(control.element);
  }

  get design() {
    const { energy, sigma, direction, shots } = this.values;
    return { energy, sigma, direction, shots: Number(shots) };
  }

  barrier(before = "") {
    const { [`${before}shape`]: shape, [`${before}height`]: height, [`${before}width`]: width } =
      this.values;
    return { shape, height: Number(height), width: Number(width) };
  }

  /** Ask the server for something; while it is at it, nothing else is asked. */
  ask(message) {
    if (this.asked) return;
    this.asked = true;
    this.root.classList.add("busy");
    this.problem("");
    this.model.send_msg(message);
  }

  click(event) {
    const act = event.target.closest("[data-do]")?.dataset.do;
    if (act) this.acts[act]();
  }

  acts = {
    fire: () => this.ask({ fire: this.design }),
    hint: () => this.ask({ hint: this.design }),
    take: () => this.takeHint(),
    propose: () => this.ask({ propose: this.barrier() }),
    new: () => this.ask({ new: true }),
    set: () => {
      this.sharing = true;
      this.ask({ set: this.barrier("set-") });
    },
  };

  /** Set the experiment as the hint has it. */
  takeHint() {
    for (const name of ["energy", "sigma"]) {
      this.controls[name].set(this.hinted[name]);
      this.choose(name, this.hinted[name]);
    }
    this.hint(undefined);
    this.find("[data-do=fire]").focus();
  }

  /** What was kept of this barrier in this browser, and the round as the server has it. */
  restore(word) {
    this.asked = false;
    this.ask({ restore: notebooks.of(word) });
    if (!this.round) this.find(".experiment .meta").textContent = "";
    if (!this.round) this.put("said", say("Working out what each barrier would show …"));
  }

  /** A person went back to another barrier, or on. */
  arrive() {
    const word = new URLSearchParams(location.search).get("mystery");
    if (word && word !== this.word) this.restore(word);
  }

  /** The address leads to this barrier. */
  write(word, first = false) {
    const query = new URLSearchParams(location.search);
    if (query.get("mystery") === word) return;
    query.set("mystery", word);
    if (first) history.replaceState(null, "", `?${query}`);
    else history.pushState(null, "", `?${query}`);
  }

  /** Figures as the page looks now, once for each look. */
  dress() {
    const theme = isProjected() ? "projector" : kept("theme"), palette = kept("palette");
    const look = `${theme} ${palette} ${isGuessing()}`;
    this.root.classList.toggle("projector", isProjected());
    this.root.classList.toggle("guess", isGuessing());
    if (this.look !== look) this.model.send_msg({ theme, palette });
    this.look = look;
  }

  async take({ figures, round, hint, problem }) {
    if (figures) {
      this.figures.dress(JSON.parse(new TextDecoder().decode(await inflate(figures))));
      if (this.round) await this.figures.show(this.round);
      return;
    }
    this.asked = false;
    this.root.classList.remove("busy");
    if (problem) this.problem(problem);
    if (hint) this.hint(hint);
    if (round) await this.show(await decode(round));
  }

  problem(text) {
    this.find(".experiment > .problem").textContent = text;
  }

  note(notes) {
    const place = this.find(".notes");
    Object.assign(place, { hidden: !notes.length, textContent: notes.join(" ") });
  }

  hint(hint) {
    this.hinted = hint;
    this.find(".hint").textContent = hint ? hintTold(hint) : "";
    this.find("[data-part=take]").hidden = !hint;
  }

  async show(round) {
    const other = round.word !== this.word,
      more = round.trials.length !== this.round?.trials.length;
    const revealed = Boolean(round.reveal && this.round && !this.round.reveal && !other);
    if (other || more || round.reveal) this.hint(undefined);
    this.round = round;
    this.word = round.word;
    if (round.trials.length || round.reveal) notebooks.keep(round);
    this.write(round.word);
    this.result(round.trials.at(-1));
    this.list(round.trials);
    this.tell(round);
    this.verdict(round);
    await this.figures.show(round);
    if (revealed) this.find(".reveal h2").focus();
    this.root.dataset.state = "ready";
    this.root.dataset.rounds = Number(this.root.dataset.rounds ?? 0) + 1;
    if (this.sharing) tell("share");
    this.sharing = false;
  }

  /** The last trial: both counts with their error bars. */
  result(trial) {
    const place = this.find(".result");
    place.hidden = !trial;
    place.querySelector(".meta").textContent = trial ? trialTold(trial) : "";
    for (const side of trial ? ["left", "right"] : []) {
      const found = sideOf(trial, side), bar = place.querySelector(`[data-bar=${side}]`);
      place.querySelector(`[data-fill=${side}]`).style.transform = `scaleX(${found.part})`;
      bar.style.left = `${100 * found.from}%`;
      bar.style.width = `${100 * (found.to - found.from)}%`;
      place.querySelector(`[data-value=${side}]`).textContent = countTold(found, trial.shots);
    }
  }

  /** The notebook, the last trial first. */
  list(trials) {
    const rows = trials.map((trial, i) => {
      const { energy, sigma, shots, left, right } = trial;
      const set = [written(energy), written(sigma), arrowOf(trial)];
      const cells = [i + 1, ...set, shots, left, right, partTold(trial)];
      return row(cells);
    });
    this.find("tbody").replaceChildren(...rows.toReversed());
    this.find(".notebook .table").hidden = !trials.length;
    this.find(".none").hidden = trials.length > 0;
  }

  /** What the counts say. */
  tell(round) {
    const { about } = this.model, { gained, shapes, trials, reveal, sigma } = round;
    this.put("gained", gainedTold(round, about));
    this.find("[data-fill=gained]").style.transform = `scaleX(${Math.max(0, gained) / about.bits})`;
    this.put(
      "said",
      trials.length ? leftTold(round) : say("As yet all are as likely as each other."),
    );
    const bars = Object.entries(shapes).map(([shape, part]) => shapeBar(shape, part));
    this.find("[data-part=shapes]").replaceChildren(...bars);
    this.find(".marks").textContent = reveal
      ? say("◆ what it was, ▢ your proposal")
      : say("○ the likeliest; the stronger the color, the likelier");
    this.legend(sigma, reveal);
  }

  legend(sigma, reveal) {
    const entries = [
      ["median", say("packets {sigma} nm wide: median", { sigma })],
      ["band-68", "68 %"],
      ["band-95", "95 %"],
      ["point", say("measured, with the energies in the packet")],
      ["other", say("packets of another width")],
      ...(reveal ? [["truth", say("what it was")], ["guess", say("your proposal")]] : []),
    ];
    this.find(".legend").replaceChildren(
      ...entries.map(([className, textContent]) => made("span", textContent, className)),
    );
  }

  /** After the proposal: what it was. */
  verdict(round) {
    const { reveal } = round, place = this.find(".reveal");
    this.root.classList.toggle("over", Boolean(reveal));
    place.hidden = !reveal;
    if (!reveal) return;
    const table = made("table");
    const head = ["", say("It was"), say("You proposed"), ""].map((text) =>
      made(text ? "th" : "td", text)
    );
    table.append(made("tr"), ...comparedRows(round).map((cells) => row(cells, true)));
    table.rows[0].append(...head);
    const lines = verdictTold(round, this.model.about).map((text) => made("p", text));
    this.find("[data-part=verdict]").replaceChildren(table, ...lines);
  }
}

const made = (tag, textContent = "", className = "") =>
  Object.assign(document.createElement(tag), { textContent, className });

function row(cells, headed = false) {
  const line = made("tr");
  line.append(...cells.map((cell, i) => made(headed && i === 0 ? "th" : "td", cell)));
  if (headed) line.firstChild.scope = "row";
  return line;
}

function shapeBar(shape, part) {
  const line = made("div", "", "side"), track = made("span", "", "track");
  const fill = made("span", "", "fill");
  fill.style.transform = `scaleX(${part})`;
  track.append(fill);
  line.append(made("span", say(shape)), track, made("span", percent(part), "value"));
  return line;
}

export function render({ model, el }) {
  const mystery = new Mystery(model, el);
  model.on("remove", () => mystery.remove());
}
