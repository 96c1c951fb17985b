import { escaped, list, partHtml } from "./html.js";
import { progress } from "./progress.js";
import { keyHtml } from "./question.js";
import { about, overHtml } from "./step.js";
import { say, sayMany } from "../words.js";

export function indexHtml(view) {
  const cards = view.lessons.map((lesson) => {
    if (lesson.broken) {
      const told = say("This lesson is broken: {reason}", { reason: lesson.broken });
      return `<li class="card broken"><h2>${escaped(lesson.title)}</h2><p>${
        escaped(told)
      }</p></li>`;
    }
    const { steps } = lesson, done = progress.done(lesson.slug);
    const long = sayMany("one step", "{count} steps", steps);
    return `<li class="card" data-slug="${lesson.slug}"><a class="whole" href="${lesson.href}"><h2>${
      escaped(lesson.title)
    }</h2></a>
      <p>${lesson.summary}</p>
      ${
      view.teach
        ? `<details class="misconception"><summary>${
          say("The misconception")
        }</summary><p>${lesson.misconception}</p></details>`
        : ""
    }
      <p class="meta">${escaped(lesson.level)} · ${about(lesson)} · ${
      done
        ? sayMany("{done} of one step done", "{done} of {count} steps done", steps, { done })
        : long
    }</p>${overHtml(lesson.slug, lesson.title)}</li>`;
  });
  return `<article class="index"><h1 tabindex="-1">${view.title}</h1>
    <p class="lead">${
    say("Predict, run, explain. Every number in these lessons is worked out by the solver.")
  }</p>
    <p><a href="?mystery">${say("The mystery barrier:")}</a> ${
    say("one is hidden, and you find out by experiments which it is.")
  }</p>
    <p class="told" role="status"></p>
    <ul class="lessons">${cards.join("")}</ul>
    <p class="meta">${
    say("Your answers and your progress are kept in this browser only; nothing is sent.")
  }</p></article>`;
}

const blank = (
  question,
) => (question.kind === "choice"
  ? `<ul class="boxes">${question.choices.map((c) => `<li>☐ ${c.text}</li>`).join("")}</ul>`
  : `<p class="line">${
    question.kind === "goal" ? say("My settings:") : say("Answer:")
  } ________________________________</p>`);

const SEEN = {
  start: (name) => say("Wave packet and barrier, {name}: how it starts", { name }),
  course: (name) =>
    say("Wave packet and barrier, {name}: at the start, at the barrier and at the end", { name }),
};

/** Pictures of a step's runs: how each starts, or its course. */
const picturesHtml = ({ pictures }, what) =>
  pictures.map((picture) =>
    `<figure><figcaption>${escaped(picture.name)}</figcaption>
  <img class="${what}" src="${picture[what]}" alt="${escaped(SEEN[what](picture.name))}"></figure>`
  ).join("");

const numbered = ({ title }, i) => `<h2>${i + 1}. ${title}</h2>`;

/** For whoever has predicted: what the runs did, on pages of their own. */
const courseHtml = (view) =>
  `<div class="courses"><h1>${say("What the runs did")}</h1>
  ${
    view.steps.map((step, i) =>
      `<section>${numbered(step, i)}${picturesHtml(step, "course")}</section>`
    ).join("")
  }</div>`;

export function printHtml(view) {
  const what = view.answers ? "course" : "start";
  const steps = view.steps.map((step, i) =>
    `<section>${numbered(step, i)}${step.introduction}${picturesHtml(step, what)}
    ${step.question ? `<div class="ask">${step.question.ask}</div>${blank(step.question)}` : ""}
    ${
      view.answers
        ? `${step.question ? keyHtml(step.question) : ""}${step.explanation}`
        : ""
    }</section>`
  );
  const other = view.answers
    ? `<a href="${view.print}">${say("Hide the answers")}</a>`
    : `<a href="${view.print}&answers=1">${say("Show the answers")}</a>`;
  return `<article class="card printed"><p class="meta screen-only"><a href="?lesson=${view.slug}&step=1">${
    say("Back to the lesson")
  }</a> · ${other} ·
    <button type="button" data-print>${say("Print")}</button></p><h1 tabindex="-1">${
    escaped(view.lesson)
  }</h1>
    <p class="meta">${escaped(view.level)} · ${about(view)}</p>${steps.join("")}
    <section><h2>${say("What is exact, what is idealised")}</h2><h3>${say("Exact")}</h3>${
    list(view.exact)
  }<h3>${say("Idealised")}</h3>${list(view.idealised)}</section>
    ${view.answers ? "" : courseHtml(view)}</article>`;
}

export const faultHtml = (view) =>
  `<article class="card fault"><h1 tabindex="-1">${escaped(view.title)}</h1>
  <p role="alert">${escaped(view.reason)}</p><p><a href="?lessons">${
    say("All lessons")
  }</a> · <a href="?">${say("The lab")}</a></p></article>`;

const LAB = partHtml("controls") + partHtml("stage");

export const labHtml = () => `<h1 class="spoken">${say("Lab")}</h1>${LAB}`;

export const waitHtml = (view) =>
  `<article class="card step wait"><h1 tabindex="-1">${escaped(view.title)}</h1>
  <p role="status">${say("Working out the numbers of this lesson …")}</p></article>${LAB}`;

/** What of the address was passed over, where no stage tells it. */
export const notesHtml = (
  notes,
) => (notes.length ? `<p class="card notes" role="alert">${notes.map(escaped).join(" ")}</p>` : "");
