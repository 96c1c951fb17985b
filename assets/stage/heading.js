import { say } from "../words.js";

/** What stands around the wave: its legend, the toggles of all cards, and that an average has no wave function. */
export class Heading {
  constructor(root, changed) {
    Object.assign(this, { root, changed, show: {} });
    this.buttons = [...root.closest(".ts-stage").querySelectorAll("[data-show]")];
    for (const button of this.buttons) {
      this.show[button.dataset.show] = false;
      button.addEventListener("click", () => this.toggle(button));
    }
  }

  toggle(button) {
    const on = !this.show[button.dataset.show];
    this.show[button.dataset.show] = on;
    button.setAttribute("aria-pressed", on);
    this.root.querySelector('[data-part="textbook"]').hidden = !this.show.textbook;
    this.changed();
  }

  load({ runs, names }) {
    this.legend(runs, names);
    this.alone = runs.length === 1;
    this.average(runs.map(({ summary }) => summary.members ?? 0));
    if (runs.length > 1) return;
    this.root.querySelector('[data-part="name-1"]').textContent = "";
  }

  /** A run that was pinned has its barrier and its wave here, too. */
  pin(run) {
    const part = (name) => this.root.querySelector(`.legend .${name}`);
    part("pinned").hidden = !run;
    if (this.alone) part("other").hidden = !run;
    if (run) part("other").textContent = say("V(x), pinned");
  }

  /** The free packet runs beside this one. */
  race(free) {
    this.root.querySelector(".wave .legend .free").hidden = !free;
  }

  /** The legend has what the figures have. */
  legend(runs, names) {
    const part = (name) => this.root.querySelector(`.legend .${name}`), { symbol } = runs[0];
    part("barrier").textContent = names.length > 1 ? `V(x): ${names[0]}` : say("barrier V(x)");
    part("other").hidden = names.length < 2;
    part("other").textContent = names.length < 2 ? "" : `V(x): ${names[1]}`;
    part("energy").textContent = symbol === "E" ? say("total energy E") : say("packet energy E₀");
    part("inside").hidden = runs.every(({ support: [a, b] }) => a === b);
    part("forbidden").hidden = runs.every(({ spans }) => !spans.length);
    part("forbidden").textContent = `${symbol} < V`;
  }

  /** An average over many runs has a density, but no wave function of its own. */
  average(members) {
    const most = Math.max(...members), note = this.root.querySelector('[data-part="average"]');
    note.hidden = !most;
    note.textContent = members.includes(0)
      ? say(
        "Average of {most} runs, where it is not alone: it has a density, but no one wave function.",
        { most },
      )
      : say("Average of {most} runs: it has a density, but no one wave function.", { most });
    for (const button of this.buttons) {
      if (button.dataset.show === "textbook") continue;
      if (most && this.show[button.dataset.show]) this.toggle(button);
      button.disabled = most > 0;
    }
  }
}
