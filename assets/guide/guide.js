import { hear, keep, tell } from "../between.js";
import { here, putRight, queryOf, speakIn, urlOf } from "./address.js";
import { listen } from "../keys.js";
import { stay } from "../line/stay.js";
import { isProjected } from "../modes.js";
import { faultHtml, indexHtml, labHtml, notesHtml, printHtml, waitHtml } from "./index.js";
import { setMath } from "./math.js";
import { Past, resetQuery } from "./past.js";
import { gather, narrowness, scrolled, toTop } from "./place.js";
import { progress } from "./progress.js";
import { askedHtml, comparison, goalHtml, readAnswer } from "./question.js";
import { overHtml, stepHtml, teacherHtml } from "./step.js";
import { say } from "../words.js";

const PAGES = {
  step: stepHtml,
  index: indexHtml,
  print: printHtml,
  fault: faultHtml,
  wait: waitHtml,
  lab: labHtml,
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
    this.past = new Past();
    this.back = () => {
      this.past.arrive();
      this.moved = true;
      putRight();
      this.model.address = here();
    };
    window.addEventListener("popstate", this.back);
    this.order = this.order.bind(this);
    this.narrow = narrowness();
    this.narrow.addEventListener("change", this.order);
    gather(this.root.getRootNode().host);
    hear(model, {
      go: (query) => this.visit(query),
      change: (how) => this.change(how),
      skip: () => this.skip(),
      explain: () => this.toExplanation(),
      watched: () => this.watch(),
      leave: () => this.leave(),
    });
    listen(model, { PageDown: () => this.turn(1), PageUp: () => this.turn(-1) });
    model.on("view", () => this.show());
    model.on("address", () => this.write());
    for (const name of ["conditions", "reached"]) model.on(name, () => this.settle());
    this.show();
  }

  remove() {
    window.removeEventListener("popstate", this.back);
    this.narrow.removeEventListener("change", this.order);
  }

  find(selector) {
    return this.root.querySelector(selector);
  }

  get view() {
    return this.model.view;
  }

  /** What was answered here; an instructor's view keeps it only while it is on screen. */
  get kept() {
    if (this.view.kind !== "step") return {};
    return this.view.teaching ? this.voted : progress.step(this.view.slug, this.view.number);
  }

  keep(values) {
    if (this.view.teaching) this.voted = { ...this.voted, ...values };
    else progress.keep(this.view.slug, this.view.number, values);
  }

  /** Which page this is, and how often it was begun again: a run that was solved for another is not its own. */
  get page() {
    const { kind, slug, number } = this.view;
    return kind === "step" ? `${slug} ${number} ${this.model.again}` : kind;
  }

  /** Whether the goal holds, as far as this page's own run is judged. */
  get reached() {
    return this.model.reached && this.model.judged === this.page;
  }

  get goal() {
    return this.view.question?.kind === "goal";
  }

  /** The question is to be answered, its run to be played, or it is explained. */
  get state() {
    const { kind, question, teaching } = this.view, { answer, done } = this.kept;
    if (kind === "wait") return "play";
    if (kind !== "step" || !question || this.goal) return "done";
    if (teaching) return this.revealed ? "done" : "play";
    if (answer === undefined) return "ask";
    return done ? "done" : "play";
  }

  get explained() {
    if (!this.goal) return this.state === "done";
    return this.view.teaching
      ? this.revealed || this.reached
      : this.reached || Boolean(this.kept.done);
  }

  /** What the server makes of the address: another one with each change in the lab, else it is put right. */
  write() {
    const { address } = this.model;
    if (address === here()) return;
    if (this.view.kind === "lab") this.past.push(urlOf(address));
    else history.replaceState(history.state, "", urlOf(address));
  }

  visit(query) {
    if (/^\?mystery\b/.test(query)) {
      location.assign(urlOf(query)); // a page of its own
      return;
    }
    this.moved = true;
    if (query !== here()) this.past.begin(urlOf(query));
    this.model.address = query;
  }

  /** For who shows a lesson to a class: on in the text, then the next step, and back; false if this is not so. */
  turn(by) {
    const { kind, links, number, teaching } = this.view;
    if (kind !== "step" || !(teaching || isProjected())) return false;
    if (scrolled(this.root, by)) return true;
    const to = links[number - 1 + by];
    if (to) this.visit(to);
    return true;
  }

  /** Undo or redo a change in the lab, or take back all of them. */
  change(how) {
    if (how !== "reset") this.past.go(how === "undo" ? -1 : 1);
    else this.model.address = resetQuery(location.search);
  }

  click(event) {
    const at = (selector) => event.target.closest(selector),
      link = at("a[href^='?']"),
      over = at("[data-over]");
    if (at("[data-print]")) print();
    if (at("[data-explain]")) this.toExplanation();
    if (at("[data-play]")) tell("play");
    if (at("[data-again]")) this.again();
    if (at("[data-reveal]")) this.reveal();
    if (over) this.startOver(over.dataset.over);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.visit(queryOf(link.getAttribute("href")));
  }

  submit(event) {
    event.preventDefault();
    const { answer, problem } = readAnswer(event.target, this.view.question),
      place = this.find(".problem");
    Object.assign(place, { hidden: !problem, textContent: problem ?? "" });
    if (problem) return;
    this.keep({ answer });
    this.ask();
    this.settle();
    this.find("[data-play]").focus();
  }

  /** Forget the answer to this step, and set its run back to the start. */
  again() {
    const { slug, number, teaching } = this.view;
    this.voted = {};
    if (!teaching) progress.forget(slug, number);
    this.model.again += 1;
    this.show();
    this.find(this.goal ? "h2" : ".question input")?.focus();
    this.tell(say("Your answer is forgotten. Answer again, then play the run."));
  }

  startOver(slug) {
    progress.forget(slug);
    if (this.view.kind === "step" && this.view.number !== 1) {
      this.visit(this.view.links[0]);
      return;
    }
    this.model.again += 1;
    this.show();
    const told = this.find(".told");
    if (told) told.textContent = say("Your answers in this lesson are forgotten.");
    this.find(`[data-slug="${slug}"] a, h2`).focus();
  }

  reveal() {
    this.revealed = !this.revealed;
    if (!this.explained) this.hide();
    this.notes();
    this.settle();
    this.find("[data-reveal]").focus();
  }

  show() {
    const { view } = this;
    const was = view.kind === "step" ? stay.take("guide") ?? {} : {};
    this.revealed = was.revealed ?? false;
    this.voted = was.voted ?? {};
    this.told = undefined;
    this.watched = false;
    keep("page", this.page);
    this.root.innerHTML = notesHtml(view.notes ?? []) +
      PAGES[view.kind](view, this.kept, this.state);
    this.root.dataset.view = view.kind;
    this.order();
    this.title();
    if (view.kind === "step") this.notes();
    setMath(this.root, this.model.math_url);
    speakIn(this.root);
    this.settle();
    this.restore(was);
    if (this.moved) this.arrive();
  }

  /** A person who went here, or back, begins at the top, with the focus on the heading. */
  arrive() {
    this.moved = false;
    toTop(this.root);
    if (this.heading) this.heading.focus({ preventScroll: true });
    else tell("skip");
  }

  get heading() {
    return this.find("[tabindex='-1']");
  }

  /** Past the header: to the figure, or to the heading of a page that has none. */
  skip() {
    if (!this.view.kind.match(/^(lab|step|wait)$/)) this.heading.focus();
  }

  /** In the lab the picture stands above the controls on a narrow page, and on their right on a wide one. */
  order() {
    if (this.view.kind !== "lab") return;
    this.root.append(this.find(this.narrow.matches ? "[name=controls]" : "[name=stage]"));
  }

  /** The page will be loaded again: what is entered and not kept, and what is shown to a class. */
  leave() {
    const entered = this.find(".question input[type=text]")?.value;
    const { value: chosen } = this.find(".question input:checked") ?? {};
    stay.keep("guide", { entered, chosen, revealed: this.revealed, voted: this.voted });
  }

  /** What was entered before the page was loaded again. */
  restore({ entered, chosen }) {
    const field = this.find(".question input[type=text]:enabled");
    const choice = this.find(`.question input[type=radio][value="${chosen}"]:enabled`);
    if (field && entered) field.value = entered;
    if (choice) choice.checked = true;
  }

  title() {
    const { kind, lesson, title } = this.view;
    const name = kind === "step" || kind === "print" ? lesson : title;
    document.title = name ? `${name} · Tunnelscope` : "Tunnelscope";
  }

  /** The form as the answer stands. */
  ask() {
    const place = this.find(".asked");
    place.innerHTML = askedHtml(this.view.question, this.kept, this.state);
    setMath(place, this.model.math_url);
  }

  notes() {
    const place = this.find(".notes");
    place.innerHTML = this.view.teaching ? teacherHtml(this.view, this.revealed) : "";
    setMath(place, this.model.math_url);
  }

  /** The run on stage was seen to its end. */
  watch() {
    this.watched = true;
    this.settle();
  }

  /** What follows from the answer and the run: the state for the stage, and the explanation. */
  settle() {
    const { kind, question, slug, lesson, teaching } = this.view;
    if (kind !== "step") {
      keep("state", this.state);
      return;
    }
    if (this.goal) this.tellGoal(question);
    if (this.state === "play" && this.watched && !teaching) this.keep({ done: true });
    if (this.goal && this.reached && !teaching) this.keep({ done: true });
    keep("state", this.state);
    if (question && !this.goal && (this.explained || this.kept.answer !== undefined)) {
      this.tell(SAID[this.state]);
    }
    this.root.dataset.state = this.explained ? "done" : "open";
    if (!teaching) this.find(".start-over").innerHTML = overHtml(slug, lesson);
    if (this.explained) this.unfold();
  }

  unfold() {
    const place = this.find(".explanation"),
      { question, explanation } = this.view,
      { answer } = this.kept;
    if (!place.hidden) return;
    place.innerHTML = `<h3 tabindex="-1">${say("Explanation")}</h3>${
      answer === undefined ? "" : comparison(question, answer)
    }${explanation}`;
    place.hidden = false;
    if (question && !this.goal) this.ask();
    setMath(place, this.model.math_url);
  }

  hide() {
    const place = this.find(".explanation");
    place.hidden = true;
    place.replaceChildren();
  }

  toExplanation() {
    const place = this.find(".explanation");
    if (!place || place.hidden) return;
    place.scrollIntoView({ block: "nearest" });
    place.querySelector("h3").focus({ preventScroll: true });
  }

  tell(text) {
    const place = this.find(".after");
    if (place && place.textContent !== text) place.textContent = text;
  }

  tellGoal(question) {
    const { reached } = this, { conditions } = this.model, place = this.find(".goal");
    const text = goalHtml(conditions, reached, question, this.explained);
    place.classList.toggle("reached", reached);
    if (this.told !== text) place.innerHTML = text;
    this.told = text;
  }
}

const SAID = {
  play: say("Your prediction is kept in this browser. Now play the run to its end."),
  done: say("The explanation is out."),
};

export function render({ model, el }) {
  const guide = new Guide(model, el);
  model.on("remove", () => guide.remove());
}
