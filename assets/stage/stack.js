import { isProjected } from "../modes.js";

/** Where there is room, phase space stands right below the wave, and has its x-axis; else in a card of its own. */
export class Stack {
  constructor(root, changed) {
    this.panels = root.querySelector(".panels");
    this.before = root.querySelector(".readouts");
    this.space = root.querySelector('[data-extra="phase space"]');
    this.changed = changed;
    this.wide = matchMedia("(min-width: 56.3em)");
    this.place = this.place.bind(this);
    this.wide.addEventListener("change", this.place);
    this.place();
  }

  remove() {
    this.wide.removeEventListener("change", this.place);
  }

  place() {
    const room = this.wide.matches && !isProjected(), { panels, space } = this;
    const stands = panels.contains(space);
    if (room && !stands) panels.append(space);
    if (!room && stands) this.before.after(space);
    this.changed();
  }

  /** Whether the wave is not the lowest of the figures above each other. */
  get above() {
    return !this.space.hidden && this.panels.contains(this.space);
  }
}
