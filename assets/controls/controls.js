import { hear, keep, kept, tell } from "../between.js";
import { isProjected } from "../modes.js";
import { stay } from "../line/stay.js";
import { ChoiceControl } from "./choice.js";
import { DerivedControl } from "./derived.js";
import { NumberControl } from "./number.js";
import { PadControl } from "./pad.js";
import { PastButtons } from "./past.js";
import { settingsLine } from "./settings.js";
import { TextControl } from "./text.js";
import { say } from "../words.js";

const KINDS = {
  number: NumberControl,
  derived: DerivedControl,
  choice: ChoiceControl,
  text: TextControl,
  pad: PadControl,
};

/** The card of controls: what can be chosen, as the server describes it. */
class Controls {
  constructor(model, el) {
    this.model = model;
    this.values = {};
    this.sent = new Set();
    this.root = document.createElement("div");
    this.root.className = "ts-controls";
    el.append(this.root);
    this.line = this.paragraph("", "settings");
    this.root.append(new PastButtons(model).element);
    this.build(model.about);
    model.on("state", () => this.show());
    model.on("read", () => this.controls[model.read.name]?.told(model.read));
    hear(model, {
      line: () => this.mark(),
      answered: () => this.mark(this.sent.clear()),
      leave: () => stay.keep("controls", this.values),
      loaded: () => this.restore(),
      projector: () => this.fold(),
      page: () => this.fold(),
      grips: () => this.tell(),
      center: () => this.derive(),
      grip: (change) => this.grip(change),
      choose: ({ name, value }) => this.choose(name, value),
    });
    this.show();
    this.fold();
    this.derive();
  }

  build({ groups, nothing }) {
    this.controls = {};
    this.free = this.section(say("You may change"));
    this.groups = groups.map((group) => ({
      ...group,
      section: this.section(group.title, group.folded),
    }));
    for (const { controls } of groups) {
      for (const about of controls) {
        this.controls[about.name] = new KINDS[about.kind](
          about,
          (...change) => this.send(...change),
        );
      }
    }
    this.nothing = this.paragraph(nothing, "nothing");
    this.said = this.paragraph("", "problem");
    this.said.setAttribute("role", "alert");
  }

  section(title, folded = false) {
    const section = document.createElement(folded ? "details" : "section");
    section.innerHTML = folded ? `<summary>${title}</summary>` : `<h2>${title}</h2>`;
    this.root.append(section);
    return section;
  }

  paragraph(text, className) {
    const paragraph = Object.assign(document.createElement("p"), { className, textContent: text });
    this.root.append(paragraph);
    return paragraph;
  }

  /** What stands elsewhere, or a refusal: every control shows what is run. */
  show() {
    const { values, free, only, said } = this.model.state;
    cancelAnimationFrame(this.frame);
    this.unlocked = free && new Set(free);
    this.only = only;
    for (const [name, control] of Object.entries(this.controls)) {
      control.lock(this.locked(name));
      control.moved = false;
      control.set(values[name]);
    }
    this.said.textContent = said;
    this.values = { ...values };
    this.place();
    this.arrange();
  }

  locked(name) {
    return this.unlocked !== null && !this.unlocked.has(name);
  }

  /** What is free stands first; what is at its place is left there, with its focus. */
  place() {
    const placed = this.groups.flatMap(({ controls, section }) =>
      controls.map(({ name }) => {
        const first = this.unlocked !== null && !this.locked(name);
        return [this.controls[name].element, first ? this.free : section];
      })
    );
    if (placed.some(([element, place]) => element.parentNode !== place)) {
      for (const [element, place] of placed) place.append(element);
    }
    this.root.classList.toggle("step", this.unlocked !== null);
  }

  /** Show the controls that these choices have. */
  arrange() {
    for (const { element, about } of Object.values(this.controls)) {
      element.hidden = !this.matches(about);
    }
    this.controls.points.beside(this.values);
    const sections = [this.free, ...this.groups.map(({ section }) => section)];
    for (const section of sections) {
      section.hidden = !section.querySelector(".control:not([hidden])");
    }
    this.nothing.hidden = sections.some(({ hidden }) => !hidden);
    this.line.textContent = settingsLine(this.groups, this.values, (about) => this.matches(about));
    this.tell();
  }

  /** On a projector the lab has in place of the controls what they are set to. */
  fold() {
    const projector = isProjected();
    this.root.classList.toggle("projector", projector);
    this.root.classList.toggle("projected", projector && kept("page") === "lab");
  }

  /** Tell the handles on the figure which numbers can be chosen, and what they are. */
  tell() {
    const { shape } = this.values;
    tell("choices", this.controls.shape.element.hidden ? {} : { shape });
    const shown = Object.values(this.controls).filter(({ about, element }) =>
      "low" in about && !element.hidden
    );
    tell(
      "numbers",
      Object.fromEntries(shown.map(({ value: shows, about: { name, label, unit, low, high } }) => {
        const value = this.values[name] ?? shows, locked = this.locked(name);
        return [name, { label, unit, value, low, high, locked }];
      })),
    );
  }

  /** The packet of the run on stage starts here, nm. */
  derive() {
    if (kept("center") === undefined) return;
    this.controls.start.derive(Number(kept("center")));
    this.tell();
  }

  /** Another part of the page chooses. */
  choose(name, value) {
    if (!this.controls[name] || this.locked(name)) return;
    this.controls[name].set(value);
    this.send(name, value);
  }

  /** A handle was dragged to a value, moved by keys, or let go. */
  grip({ name, value, by }) {
    const control = this.controls[name];
    if (!control || this.locked(name)) return;
    if (value !== undefined) control.drag(value);
    else if (by !== undefined) control.nudge(by);
    else control.release();
  }

  matches({ name, when: { unlocked, ...choices } }) {
    const open = this.unlocked?.has(name) ?? !unlocked, alone = this.only || unlocked;
    const wanted = Object.entries(choices).every(([other, values]) =>
      values.includes(this.values[other])
    );
    return wanted && (open || !alone);
  }

  /** Move the controls to where they stood before the page was loaded again. */
  restore() {
    for (const [name, value] of Object.entries(stay.take("controls") ?? {})) {
      if (!this.controls[name] || this.locked(name) || this.values[name] === value) continue;
      this.controls[name].set(value);
      this.send(name, value);
    }
  }

  /** What was moved and nobody has answered is marked while no answer comes. */
  mark() {
    const silent = kept("line") !== "open";
    for (const [name, { element }] of Object.entries(this.controls)) {
      element.classList.toggle("unsent", silent && this.sent.has(name));
    }
    keep("unsent", silent && this.sent.size > 0 ? "yes" : "no");
  }

  /** Tell the server; of what moves, no more than the screen shows. */
  send(name, value, drag = false) {
    this.values[name] = value;
    this.sent.add(name);
    this.mark();
    if (drag && kept("line") === "lost") return;
    this.said.textContent = "";
    cancelAnimationFrame(this.frame);
    if (drag) this.frame = requestAnimationFrame(() => this.model.send_msg({ name, value, drag }));
    else this.model.send_msg({ name, value });
    this.arrange();
  }
}

export function render({ model, el }) {
  new Controls(model, el);
}
