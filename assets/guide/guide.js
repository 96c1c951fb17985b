const PAGES = {
  step: (view, kept) => stepHtml(view, kept), index: indexHtml, print: printHtml, fault: faultHtml, wait: waitHtml, lab: () => "",
};

/** Lessons beside the stage: what stands there, answers, and the address in the browser. */
class Guide {
  constructor(model, el) {
    this.model = model;
    this.root = document.createElement("div");
    this.root.className = "ts-guide";
    el.append(this.root);
    this.root.addEventListener("click", (event) => this.click(event));
    this.root.addEventListener("submit", (event) => this.submit(event));
    this.back = () => { this.model.address = location.search || "?"; };
    this.go = (event) => this.visit(event.detail);
    window.addEventListener("popstate", this.back);
    window.addEventListener("ts-go", this.go);
    model.on("view", () => this.show());
    model.on("watched", () => this.reveal());
    model.on("reached", () => this.reveal());
    this.show();
  }

  remove() {
    window.removeEventListener("popstate", this.back);
    window.removeEventListener("ts-go", this.go);
  }

  get view() { return this.model.view; }
  get kept() { return progress.step(this.view.slug, this.view.number); }

  visit(query) {
    if (query !== location.search) history.pushState(null, "", query === "?" ? location.pathname : query);
    this.model.address = query;
    this.moved = true;
  }

  click(event) {
    const link = event.target.closest("a[href^='?']");
    if (event.target.closest("[data-print]")) print();
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.visit(link.getAttribute("href"));
  }

  submit(event) {
    event.preventDefault();
    const { question, slug, number } = this.view, { answer, problem } = readAnswer(event.target, question);
    const place = this.root.querySelector(".problem");
    Object.assign(place, { hidden: !problem, textContent: problem ?? "" });
    if (problem) return;
    progress.keep(slug, number, { answer });
    this.show();
  }

  show() {
    const view = this.view;
    const kept = view.kind === "step" ? this.kept : {};
    this.root.innerHTML = notesHtml(view.notes ?? []) + PAGES[view.kind](view, kept);
    this.root.dataset.view = view.kind;
    this.title();
    setMath(this.root, this.model.math_url);
    if (view.kind === "step") {
      if (view.question?.kind !== "goal" && (kept.answer !== undefined || view.teaching)) this.model.answered = true;
      this.reveal();
    }
    if (this.moved) {
      this.moved = false;
      window.scrollTo(0, 0);
      this.root.querySelector("[tabindex='-1']")?.focus({ preventScroll: true });
    }
  }

  title() {
    const { kind, lesson, title } = this.view;
    const name = kind === "step" || kind === "print" ? lesson : title;
    document.title = name ? `${name} · Tunnelscope` : "Tunnelscope";
  }

  /** The explanation, once the question is answered and the run has been seen. */
  reveal() {
    const { kind, question, explanation, slug, number } = this.view, kept = this.kept;
    if (kind !== "step") return;
    const place = this.root.querySelector(".explanation"), goal = question?.kind === "goal";
    const answered = !question || kept.answer !== undefined;
    if (goal) this.tellGoal(question);
    else if (question && answered) this.tell(kept.done ? "" : "Your prediction is kept. Now play the run to its end.");
    const seen = goal ? this.model.reached || kept.done : answered && (this.model.watched || kept.done || !question);
    if (!seen || !place.hidden) return;
    progress.keep(slug, number, { done: true });
    this.tell("");
    place.innerHTML = `${question && !goal ? comparison(question, kept.answer) : ""}${explanation}`;
    place.hidden = false;
    setMath(place, this.model.math_url);
  }

  tell(text) {
    const place = this.root.querySelector(".after");
    if (place) place.textContent = text;
  }

  tellGoal(question) {
    const place = this.root.querySelector(".goal");
    place.classList.toggle("reached", this.model.reached);
    place.innerHTML = this.model.reached ? `✓ ${question.right}` : "Not yet: change the controls that are free.";
  }
}

export function render({ model, el }) {
  const guide = new Guide(model, el);
  model.on("remove", () => guide.remove());
}
