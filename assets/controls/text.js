import { optionHtml } from "./html.js";
import { say } from "../words.js";

/** Milliseconds after the last key in which a text is not read yet. */
const PATIENCE = 250;

const textHtml = ({ label, doc, examples }, id) =>
  `<label for="${id}">${label}</label>
  <select aria-label="${say("{name}: examples", { name: label })}"><option value="">${
    say("Examples")
  }</option>${
    Object.entries(examples).map(([name, text]) => optionHtml([text, name])).join("")
  }</select>
  <textarea id="${id}" rows="3" spellcheck="false" autocomplete="off" autocapitalize="off"
    aria-describedby="${id}-help" aria-errormessage="${id}-problem"></textarea>
  <p class="note" id="${id}-help">${doc}</p><p class="problem" id="${id}-problem" role="alert"></p>`;

/** A text that the server reads as it is typed: what is wrong with it is said below it, and it stays as it was typed. */
export class TextControl {
  constructor(about, send) {
    Object.assign(this, { about, send, moved: false });
    const id = `ts-${about.name}`;
    this.element = document.createElement("div");
    this.element.className = "control text";
    this.element.dataset.name = about.name;
    this.element.innerHTML = textHtml(about, id);
    this.entry = this.element.querySelector("textarea");
    this.examples = this.element.querySelector("select");
    this.problem = this.element.querySelector(".problem");
    this.entry.addEventListener("input", () => this.type());
    this.entry.addEventListener("keydown", (event) => this.key(event));
    this.entry.addEventListener("blur", () => this.commit());
    this.examples.addEventListener("change", () => this.choose());
  }

  /** Show a text that is run. */
  set(value) {
    clearTimeout(this.waiting);
    this.value = value;
    this.entry.value = this.entry.defaultValue = value;
    this.examples.value = "";
    this.tell("");
  }

  lock(locked) {
    this.element.classList.toggle("locked", locked);
    this.entry.disabled = this.examples.disabled = locked;
  }

  type() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.show(this.entry.value), PATIENCE);
  }

  /** On its way: read, and shown at once. */
  show(text) {
    this.moved = true;
    this.send(this.about.name, text, true);
  }

  key(event) {
    if (event.key === "Enter") {
      event.preventDefault();
      this.commit();
    }
    if (event.key !== "Escape") return;
    this.set(this.value);
    this.release();
  }

  /** Run what is written. */
  commit() {
    clearTimeout(this.waiting);
    if (this.entry.value === this.value && !this.moved) return;
    this.moved = false;
    this.send(this.about.name, this.entry.value);
  }

  choose() {
    const text = this.examples.value;
    if (!text) return;
    this.enter(text);
  }

  enter(text) {
    this.set(text);
    this.send(this.about.name, text);
  }

  /** Another part of the page changes it. */
  drag(text) {
    if (text === this.entry.value) return;
    this.entry.value = text;
    this.show(text);
  }

  release() {
    if (this.moved) this.commit();
  }

  /** The server has read a text, and says what is wrong with it; tells whether it is the one here. */
  told({ text, said }) {
    if (text !== this.entry.value) return;
    this.tell(said);
    if (said) return;
    this.value = this.entry.defaultValue = text;
  }

  tell(sentence) {
    if (this.problem.textContent !== sentence) this.problem.textContent = sentence;
    if (sentence) this.entry.setAttribute("aria-invalid", "true");
    else this.entry.removeAttribute("aria-invalid");
  }
}
