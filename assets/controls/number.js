import { MOVES } from "../moves.js";
import { helpHtml, optionHtml } from "./html.js";
import { SCALES } from "./scale.js";
import { inWords, noNumber, readNumber } from "../numbers.js";
import { say, written } from "../words.js";

const namesHtml = ({ label, values }, id) =>
  `<label for="${id}-name">${label}</label><select id="${id}-name">
  ${
    Object.entries(values).map(([name, value]) => optionHtml([value, name])).join("")
  }<option value="">${say("other")}</option></select>`;

const numberHtml = ({ label, full, unit, doc, low, high, named }, id, [from, to]) => `
  ${named ? namesHtml(named, id) : ""}
  <label for="${id}">${label}</label>
  <span class="entry"><input id="${id}" type="text" inputmode="decimal" role="spinbutton" autocomplete="off" aria-label="${full}"
    aria-valuemin="${low}" aria-valuemax="${high}" aria-describedby="${id}-help" aria-errormessage="${id}-problem"><span
    class="unit" aria-hidden="true">${unit}</span></span>
  <input type="range" tabindex="-1" min="${from}" max="${to}" step="any" aria-label="${full}">
  ${helpHtml(id, doc)}<p class="problem" id="${id}-problem" role="alert"></p>`;

/**
 * A number: typed or stepped in its entry, or moved on its slider.
 *
 * The entry is the one tab stop; the slider is for the pointer, and for whoever reaches it otherwise.
 */
export class NumberControl {
  constructor(about, send) {
    Object.assign(this, { about, send, moved: false });
    this.scale = new SCALES[about.scale](about);
    const id = `ts-${about.name}`;
    this.element = document.createElement("div");
    this.element.className = "control number";
    this.element.dataset.name = about.name;
    this.element.title = about.doc;
    this.element.innerHTML = numberHtml(
      about,
      id,
      [about.low, about.high].map((end) => this.scale.place(end)),
    );
    this.entry = this.element.querySelector("[role=spinbutton]");
    this.slider = this.element.querySelector("[type=range]");
    this.names = this.element.querySelector("select");
    this.bindEntry();
    this.bindSlider();
    this.names?.addEventListener("change", () => this.choose());
  }

  bindEntry() {
    const { entry } = this;
    entry.addEventListener("keydown", (event) => this.key(event));
    entry.addEventListener("keyup", () => this.release());
    entry.addEventListener("blur", () => {
      this.release();
      this.commit();
    });
    entry.addEventListener("input", () => this.mend());
    entry.addEventListener("focus", () => {
      entry.select();
      this.fresh = true;
    });
    entry.addEventListener("pointerup", () => {
      if (this.fresh) entry.select();
      this.fresh = false;
    });
  }

  bindSlider() {
    const { slider, scale } = this;
    slider.addEventListener("input", () => this.move(scale.value(Number(slider.value))));
    slider.addEventListener("change", () => this.release());
    slider.addEventListener("keydown", (event) => this.slide(event));
    for (const over of ["keyup", "blur"]) slider.addEventListener(over, () => this.release());
  }

  told(value) {
    return `${written(value)} ${this.about.unit}`;
  }

  /** Show a value, and nothing of what was written before. */
  set(value) {
    this.value = value;
    this.entry.value = this.entry.defaultValue = this.shown = written(value);
    this.slider.value = this.scale.place(value);
    this.entry.setAttribute("aria-valuenow", value);
    for (const part of [this.entry, this.slider]) {
      part.setAttribute("aria-valuetext", this.told(value));
    }
    if (this.names) {
      this.names.value = Object.values(this.about.named.values).includes(value) ? value : "";
    }
    this.tell("");
  }

  lock(locked) {
    this.element.classList.toggle("locked", locked);
    for (const part of [this.entry, this.slider, this.names]) if (part) part.disabled = locked;
  }

  /** On its way: shown at once, run when it is let go. */
  move(value) {
    if (value === this.value && this.entry.value === this.shown) return;
    this.set(value);
    this.moved = true;
    this.send(this.about.name, value, true);
  }

  release() {
    if (!this.moved) return;
    this.moved = false;
    this.send(this.about.name, this.value);
  }

  choose() {
    if (this.names.value === "") {
      this.entry.focus();
      return;
    }
    this.enter(Number(this.names.value));
  }

  /** Keys of the entry: Enter runs, Escape takes back, up and down step. */
  key(event) {
    this.fresh = false;
    if (event.key === "Enter") {
      this.commit();
      this.entry.select();
    }
    if (event.key === "Escape") this.takeBack();
    if (!/^(Arrow|Page)(Up|Down)$/.test(event.key)) return;
    event.preventDefault();
    const typed = readNumber(this.entry.value);
    this.move(this.scale.stepped(this.has(typed) ? typed : this.value, MOVES[event.key]));
  }

  /** Nothing of what was written. */
  takeBack() {
    this.set(this.value);
  }

  slide(event) {
    const by = MOVES[event.key];
    if (by === undefined) return;
    event.preventDefault();
    this.nudge(by);
  }

  /** So many notches up or down, or to an end. */
  nudge(by) {
    const { low, high } = this.about;
    this.move(Number.isFinite(by) ? this.scale.slid(this.value, by) : by > 0 ? high : low);
  }

  /** To the nearest value that it can have. */
  drag(value) {
    this.move(this.scale.value(this.scale.place(this.scale.within(value))));
  }

  has(value) {
    return value >= this.about.low && value <= this.about.high;
  }

  /** Run what is written, or say why it cannot be run. */
  commit() {
    const text = this.entry.value, { label, low, high } = this.about;
    if (text === this.shown) return;
    const told = this.told(this.value).replace("-", "−"), value = readNumber(text);
    const stays = say("It stays at {value}.", { value: told });
    if (!text.trim()) {
      this.set(this.value);
      this.tell(`${say("{name} was empty.", { name: label })} ${stays}`);
    } else if (Number.isNaN(value)) this.refuse(`${noNumber(label)} ${stays}`);
    else if (!this.has(value)) {
      const ends = { name: label, low: inWords(low), high: inWords(this.told(high)) };
      this.refuse(`${say("{name} goes from {low} to {high}.", ends)} ${stays}`);
    } else this.enter(value);
  }

  enter(value) {
    const same = value === this.value;
    this.set(value);
    if (!same) this.send(this.about.name, value);
  }

  /** What was written stays until it is mended. */
  refuse(sentence) {
    this.entry.setAttribute("aria-invalid", "true");
    this.tell(sentence, true);
  }

  mend() {
    if (
      this.entry.getAttribute("aria-invalid") === "true" && this.has(readNumber(this.entry.value))
    ) this.tell("");
  }

  tell(sentence, wrong = false) {
    const place = this.element.querySelector(".problem");
    if (place.textContent !== sentence) place.textContent = sentence;
    if (!wrong) this.entry.removeAttribute("aria-invalid");
  }
}
