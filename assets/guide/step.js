import { escaped, list, partHtml } from "./html.js";
import { progress } from "./progress.js";
import { keyHtml, questionHtml } from "./question.js";
import { say, sayMany } from "../words.js";

/** How long a lesson takes. */
export const about = ({ minutes }) => sayMany("about one minute", "about {count} minutes", minutes);

/** For whom a lesson is, how long it takes, and what comes before it. */
function levelOf(view) {
  const values = { level: view.level, time: about(view), lessons: view.prerequisites.join(", ") };
  return escaped(
    view.prerequisites.length
      ? say("{level}, {time}; before this: {lessons}.", values)
      : say("{level}, {time}.", values),
  );
}

const aboutHtml = (view) =>
  `<details class="model"><summary>${say("What is exact here, what is idealised")}</summary>
  <p class="meta">${levelOf(view)}</p>
  <h3>${say("Exact")}</h3>${list(view.exact)}<h3>${say("Idealised")}</h3>${
    list(view.idealised)
  }</details>`;

/** For projecting: what gives the answer away comes, and goes again, with a button. */
export const teacherHtml = (view, revealed) =>
  `<section class="teacher" aria-label="${say("For the instructor")}"><h3>${
    say("For the instructor")
  }</h3>
  <p class="meta">${
    revealed
      ? say("The answer is on screen: misconception, key, talking points, theory and explanation.")
      : say(
        "Misconception, key, talking points, theory and explanation are hidden, so that this view can be projected.",
      )
  }</p>
  <p><button type="button" data-reveal aria-expanded="${revealed}">${
    revealed ? say("Hide the answer") : say("Reveal the answer")
  }</button></p>
  ${revealed ? secretHtml(view) : ""}</section>`;

const secretHtml = (view) =>
  `<p><strong>${say("The misconception:")}</strong> ${view.misconception}</p>
  ${view.question ? `<h4>${say("Key")}</h4>${keyHtml(view.question)}` : ""}
  ${view.teach ? `<h4>${say("Talking points")}</h4>${view.teach}` : ""}
  ${
    view.claims.length
      ? `<h4>${say("What the solver confirms")}</h4>${
        list(
          view.claims.map((c) =>
            `<code>${escaped(c.text)}</code> <small>${c.values.map(escaped).join("; ")}</small>`
          ),
        )
      }`
      : ""
  }`;

/** The way back to a lesson without answers: what it forgets is told before. */
export function overHtml(slug, lesson) {
  const count = progress.begun(slug);
  return count
    ? `<details class="over"><summary>${say("Start over")}</summary>
    <p>${
      escaped(
        sayMany(
          "This forgets what you answered in one step of “{lesson}”. Your answers are kept in this browser only.",
          "This forgets what you answered in {count} steps of “{lesson}”. Your answers are kept in this browser only.",
          count,
          { lesson },
        ),
      )
    }</p>
    <p><button type="button" data-over="${slug}">${
      say("Forget my answers and start over")
    }</button></p></details>`
    : "";
}

const EXPLANATION = `<section class="explanation" aria-label="${
  say("Explanation")
}" hidden></section>`;

const TASK = `<section class="card task" aria-label="${say("Goal")}"><h3>${
  say("Your goal")
}</h3><div class="goal" role="status"></div></section>`;

/** What stands on the page in the order in which it is read, with the keyboard, too. */
export function stepHtml(view, kept, state) {
  const goal = view.question?.kind === "goal";
  return `<article class="card step"><div class="crumbs"><a href="?lessons${
    view.teaching ? "&teach=1" : ""
  }">${say("Lessons")}</a> › <h1>${escaped(view.lesson)}</h1></div>
    <nav aria-label="${say("Steps")}"><ol class="dots">${dotsHtml(view)}</ol></nav>
    <h2 tabindex="-1">${view.title}</h2>
    <div class="prose">${view.introduction}</div>
    ${view.question ? questionHtml(view.question, kept, state) : ""}
    <div class="notes"></div></article>
    ${goal ? TASK + partHtml("controls") : ""}${partHtml("stage")}
    <section class="card tail" aria-label="${say("About this step")}">${EXPLANATION}
    <nav class="turn" aria-label="${say("Previous and next")}">${turnHtml(view)}</nav>
    <p class="locked">${
    view.unlock.length
      ? say("All other controls are locked in this step.")
      : say("The controls are locked in this step.")
  } ${view.locked}</p>
    <footer><p class="meta">${
    say("Step {number} of {count}", { number: view.number, count: view.count })
  } · <a href="${view.print}">${say("Print")}</a> ·
      <a href="?lesson=${view.slug}&step=${view.number}&teach=${view.teaching ? 0 : 1}">${
    view.teaching ? say("Student’s view") : say("Instructor’s view")
  }</a></p>
    <div class="start-over"></div>${aboutHtml(view)}</footer></section>${
    goal ? "" : partHtml("controls")
  }`;
}

const dotsHtml = ({ slug, number, links, titles }) =>
  links.map((href, i) =>
    `<li><a href="${href}" ${i + 1 === number ? 'aria-current="step"' : ""}
  class="${progress.step(slug, i + 1).done ? "done" : ""}" aria-label="${
      escaped(say("Step {number}: {title}", { number: i + 1, title: titles[i] }))
    }">${i + 1}</a></li>`
  ).join("");

function turnHtml({ number, links, titles, next_lesson }) {
  const before = links[number - 2], after = links[number];
  const next = after
    ? `<a class="next" href="${after}">${
      escaped(say("Next: {title}", { title: titles[number] }))
    }</a>`
    : next_lesson
    ? `<a class="next" href="${next_lesson.href}">${
      escaped(say("Next lesson: {title}", next_lesson))
    }</a>`
    : `<a class="next" href="?lessons">${say("All lessons")}</a>`;
  return `${before ? `<a href="${before}">${say("Previous")}</a>` : "<span></span>"}${next}`;
}
