/** What stands below the wave in the lab: a button for each card that a person may choose. */
export class Views {
  constructor(root, model) {
    this.model = model;
    this.root = root;
    this.buttons = [...root.querySelectorAll("[data-view]")];
    for (const button of this.buttons) {
      button.addEventListener("click", () => this.toggle(button.dataset.view));
    }
    model.on("chosen", () => this.mark());
    this.mark();
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
  }

  /** Only the lab leaves the choice to a person. */
  offer(page) {
    this.root.hidden = page !== "lab";
  }
}
