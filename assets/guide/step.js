import { escaped, list, partHtml } from "./html.js";
import { progress } from "./progress.js";
import { keyHtml, questionHtml } from "./question.js";

const aboutHtml = (view) =>
  `<details class="model"><summary>What is exact here, what is idealised</summary>
  <p class="meta">${escaped(view.level)}, about ${view.minutes} minutes${
    view.prerequisites.length ? `; before this: ${view.prerequisites.map(escaped).join(", ")}` : ""
  }.</p>
  <h3>Exact</h3>${list(view.exact)}<h3>Idealised</h3>${list(view.idealised)}</details>`;

/** For projecting: what gives the answer away comes, and goes again, with a button. */
export const teacherHtml = (view, revealed) =>
  `<section class="teacher" aria-label="For the instructor"><h3>For the instructor</h3>
  <p class="meta">${
    revealed
      ? "The answer is on screen: misconception, key, talking points, theory and explanation."
      : "Misconception, key, talking points, theory and explanation are hidden, so that this view can be projected."
  }</p>
  <p><button type="button" data-reveal aria-expanded="${revealed}">${
    revealed ? "Hide the answer" : "Reveal the answer"
  }</button></p>
  ${revealed ? secretHtml(view) : ""}</section>`;

const secretHtml = (view) =>
  `<p><strong>The misconception:</strong> ${view.misconception}</p>
  ${view.question ? `<h4>Key</h4>${keyHtml(view.question)}` : ""}
  ${view.teach ? `<h4>Talking points</h4>${view.teach}` : ""}
  ${
    view.claims.length
      ? `<h4>What the solver confirms</h4>${
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
    ? `<details class="over"><summary>Start over</summary>
    <p>This forgets what you answered in ${count} ${count === 1 ? "step" : "steps"} of “${
      escaped(lesson)
    }”. Your answers are kept in this browser only.</p>
    <p><button type="button" data-over="${slug}">Forget my answers and start over</button></p></details>`
    : "";
}

const EXPLANATION = '<section class="explanation" aria-label="Explanation" hidden></section>';

const TASK =
  '<section class="card task" aria-label="Goal"><h3>Your goal</h3><div class="goal" role="status"></div></section>';

/** What stands on the page in the order in which it is read, with the keyboard, too. */
export function stepHtml(view, kept, state) {
  const goal = view.question?.kind === "goal";
  return `<article class="card step"><div class="crumbs"><a href="?lessons${
    view.teaching ? "&teach=1" : ""
  }">Lessons</a> › <h1>${escaped(view.lesson)}</h1></div>
    <nav aria-label="Steps"><ol class="dots">${dotsHtml(view)}</ol></nav>
    <h2 tabindex="-1">${view.title}</h2>
    <div class="prose">${view.introduction}</div>
    ${view.question ? questionHtml(view.question, kept, state) : ""}
    <div class="notes"></div></article>
    ${goal ? TASK + partHtml("controls") : ""}${partHtml("stage")}
    <section class="card tail" aria-label="About this step">${EXPLANATION}
    <nav class="turn" aria-label="Previous and next">${turnHtml(view)}</nav>
    <p class="locked">${
    view.unlock.length
      ? "All other controls are locked in this step."
      : "The controls are locked in this step."
  } ${view.locked}</p>
    <footer><p class="meta">Step ${view.number} of ${view.count} · <a href="${view.print}">Print</a> ·
      <a href="?lesson=${view.slug}&step=${view.number}&teach=${view.teaching ? 0 : 1}">${
    view.teaching ? "Student’s view" : "Instructor’s view"
  }</a></p>
    <div class="start-over"></div>${aboutHtml(view)}</footer></section>${
    goal ? "" : partHtml("controls")
  }`;
}

const dotsHtml = ({ slug, number, links, titles }) =>
  links.map((href, i) =>
    `<li><a href="${href}" ${i + 1 === number ? 'aria-current="step"' : ""}
  class="${progress.step(slug, i + 1).done ? "done" : ""}" aria-label="Step ${i + 1}: ${
      escaped(titles[i])
    }">${i + 1}</a></li>`
  ).join("");

function turnHtml({ number, links, titles, next_lesson }) {
  const before = links[number - 2], after = links[number];
  const next = after
    ? `<a class="next" href="${after}">Next: ${escaped(titles[number])}</a>`
    : next_lesson
    ? `<a class="next" href="${next_lesson.href}">Next lesson: ${escaped(next_lesson.title)}</a>`
    : '<a class="next" href="?lessons">All lessons</a>';
  return `${before ? `<a href="${before}">Previous</a>` : "<span></span>"}${next}`;
}
