const list = (items) => `<ul>${items.map((item) => `<li>${item}</li>`).join("")}</ul>`;

const aboutHtml = (view) => `<details class="model"><summary>What is exact here, what is idealised</summary>
  <p class="meta">${escaped(view.level)}, about ${view.minutes} minutes${view.prerequisites.length ? `; before this: ${view.prerequisites.map(escaped).join(", ")}` : ""}.</p>
  <h4>Exact</h4>${list(view.exact)}<h4>Idealised</h4>${list(view.idealised)}</details>`;

const teacherHtml = (view) => `<section class="teacher" aria-label="For the instructor"><h3>For the instructor</h3>
  <p><strong>The misconception:</strong> ${view.misconception}</p>
  ${view.question ? `<h4>Key</h4>${keyHtml(view.question)}` : ""}
  ${view.teach ? `<h4>Talking points</h4>${view.teach}` : ""}
  ${view.claims.length ? `<h4>What the solver confirms</h4>${list(view.claims.map((c) => `<code>${escaped(c.text)}</code> <small>${c.values.map(escaped).join("; ")}</small>`))}` : ""}
  </section>`;

const escaped = (text) => text.replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c]);

function stepHtml(view, kept) {
  const { number, count, links, titles } = view, before = links[number - 2], after = links[number];
  const dots = links.map((href, i) => `<li><a href="${href}" ${i + 1 === number ? 'aria-current="step"' : ""}
    class="${progress.step(view.slug, i + 1).done ? "done" : ""}" aria-label="Step ${i + 1}: ${escaped(titles[i])}">${i + 1}</a></li>`).join("");
  const next = after ? `<a class="next" href="${after}">Next: ${escaped(titles[number])}</a>`
    : view.next_lesson ? `<a class="next" href="${view.next_lesson.href}">Next lesson: ${escaped(view.next_lesson.title)}</a>`
    : '<a class="next" href="?lessons">All lessons</a>';
  return `<article class="card step"><p class="crumbs"><a href="?lessons${view.teaching ? "&teach=1" : ""}">Lessons</a> › ${escaped(view.lesson)}</p>
    <nav aria-label="Steps"><ol class="dots">${dots}</ol></nav>
    <h2 tabindex="-1">${view.title}</h2>
    <div class="prose">${view.introduction}</div>
    ${view.question ? questionHtml(view.question, kept) : ""}
    ${view.teaching ? teacherHtml(view) : ""}
    <section class="explanation" aria-label="Explanation" aria-live="polite" hidden></section>
    <p class="locked">${view.unlock.length ? "All other controls are locked in this step." : "The controls are locked in this step."} ${view.locked}</p>
    <nav class="turn" aria-label="Previous and next">${before ? `<a href="${before}">Previous</a>` : "<span></span>"}${next}</nav>
    <footer><p class="meta">Step ${number} of ${count} · <a href="${view.print}">Print</a> ·
      <a href="?lesson=${view.slug}&step=${number}&teach=${view.teaching ? 0 : 1}">${view.teaching ? "Student’s view" : "Instructor’s view"}</a></p>
    ${aboutHtml(view)}</footer></article>`;
}
