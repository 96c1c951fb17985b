import { kept } from "../between.js";
import { isProjected } from "../modes.js";
import { say } from "../words.js";

/** The cards that may be chosen, and none. */
export const besideHtml = (about) =>
  `<p class="beside" hidden><select aria-label="${say("Shown beside the wave")}"><option value="">${
    say("Nothing beside it")
  }</option>${
    about.filter(({ choice }) => choice).map(({ name, choice }) =>
      `<option value="${name}">${choice}</option>`
    ).join("")
  }</select></p>`;

/** On a projector, where the lab is one screen, one card stands beside the wave: which, is chosen there. */
export class Beside {
  constructor(root, cards, model, { views, changed }) {
    Object.assign(this, { root, cards, model, changed });
    this.select = root.querySelector("select");
    this.select.addEventListener("change", () => {
      this.front = this.select.value;
      if (this.front && !model.chosen.includes(this.front)) views.toggle(this.front);
      else changed();
    });
    this.wide = matchMedia("(min-width: 56.25em)");
    this.wide.addEventListener("change", changed);
  }

  remove() {
    this.wide.removeEventListener("change", this.changed);
  }

  get alone() {
    return kept("page") === "lab" && isProjected() && this.wide.matches;
  }

  /** The first of those that were chosen, if any, until a person says which, or none (""). */
  place() {
    const { chosen } = this.model;
    if (this.front !== "" && !chosen.includes(this.front)) [this.front] = chosen;
    this.select.value = this.front ?? "";
    this.root.hidden = !this.alone;
    // One that is longer than its place is scrolled, by keyboard, too.
    for (const card of this.cards) card.tabIndex = this.alone ? 0 : -1;
  }

  /** Whether a card may be shown now. */
  lets(name) {
    return !this.alone || name === this.front;
  }
}
