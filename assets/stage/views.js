/** So low a screen has no room for all choices (see `.rest` in stage.css). */
const LOW = "(min-width: 56.3em) and (max-height: 50em)";

/** What stands below the wave in the lab: a button for each card that a person may choose. */
export class Views {
  constructor(root, model) {
    this.model = model;
    this.root = root;
    this.buttons = [...root.querySelectorAll("[data-view]")];
    for (const button of this.buttons) {
      button.addEventListener("click", () => this.toggle(button.dataset.view));
    }
    this.rest = root.querySelector(".rest");
    model.on("chosen", () => this.mark());
    this.fold(matchMedia(LOW));
  }

  toggle(view) {
    const { chosen } = this.model;
    this.model.chosen = chosen.includes(view)
      ? chosen.filter((name) => name !== view)
      : [...chosen, view];
    this.mark();
  }

  mark() {
    for (const button of this.buttons) {
      button.setAttribute("aria-pressed", this.model.chosen.includes(button.dataset.view));
    }
    this.rest.open ||= this.rest.querySelector("[aria-pressed=true]") !== null;
  }

  /** All choices, or those used most where a screen is low. */
  fold(low) {
    const set = () => {
      this.rest.open = !low.matches;
      this.mark();
    };
    low.addEventListener("change", set);
    set();
  }

  /** Only the lab leaves the choice to a person. */
  offer(page) {
    this.root.hidden = page !== "lab";
  }
}
