import { helpHtml, optionHtml } from "./html.js";

/** One of several, from a list. */
export class ChoiceControl {
  constructor(about, send) {
    this.about = about;
    this.element = document.createElement("div");
    this.element.className = "control choice";
    this.element.dataset.name = about.name;
    this.element.title = about.doc;
    const id = `ts-${about.name}`;
    this.element.innerHTML = `<label for="${id}">${about.label}</label>
      <select id="${id}" aria-describedby="${id}-help">${
      about.options.map(optionHtml).join("")
    }</select>${helpHtml(id, about.doc)}`;
    this.select = this.element.querySelector("select");
    this.select.addEventListener("change", () => send(about.name, this.select.value));
  }

  set(value) {
    this.select.value = value;
  }

  lock(locked) {
    this.element.classList.toggle("locked", locked);
    this.select.disabled = locked;
  }
}
