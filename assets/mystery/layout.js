import { say, written } from "../words.js";

const ends = (values) => [values[0], values[values.length - 1]];

const introduction = (about) => {
  const [low, high] = ends(about.heights), [thin, wide] = ends(about.widths);
  const { gap, count } = about;
  return [
    say(
      "A barrier V(x) is hidden here: rectangular, Gaussian, triangular, or double with {gap} nm between its walls; {low} to {high} eV high and {thin} to {wide} nm wide (each wall, if double).",
      { gap, low, high, thin, wide },
    ),
    say(
      "Each of the {count} barriers on this grid is as likely as any other. Send electrons at it, see on which side they come out, and find out which it is.",
      { count },
    ),
  ].join(" ");
};

const cardHtml = (className, title, html) =>
  `<section class="card ${className}" aria-label="${title}"><h2>${title}</h2>${html}</section>`;

const buttonHtml = (act, text, className = "") =>
  `<button type="button" class="${className}" data-do="${act}">${text}</button>`;

const sideHtml = (name, text) =>
  `<div class="side"><span>${text}</span><span class="track"><span class="fill" data-fill="${name}"></span><span
  class="bar" data-bar="${name}"></span></span><span class="value" data-value="${name}"></span></div>`;

const headingHtml = (text) => `<th scope="col">${text}</th>`;

const experimentHtml = () =>
  `<section class="ts-controls experiment" aria-label="${say("Experiment")}"><h2>${
    say("Experiment")
  }</h2><div class="fields"></div>
  <p class="acts">${buttonHtml("fire", say("Fire"), "main")}${buttonHtml("hint", say("Hint"))}</p>
  <p class="hint" role="status"></p><p class="acts" data-part="take" hidden>${
    buttonHtml("take", say("Set it so"))
  }</p>
  <p class="problem" role="alert"></p>
  <div class="result" hidden>${sideHtml("left", say("left"))}${
    sideHtml("right", say("right"))
  }<p class="meta" role="status"></p></div></section>`;

const proposalHtml = () =>
  `<section class="ts-controls proposal" aria-label="${say("Your proposal")}"><h2>${
    say("Your proposal")
  }</h2><div class="fields"></div>
  <p class="acts">${buttonHtml("propose", say("Propose and reveal"))}</p>
  <p class="meta">${say("Once: what comes then is the truth.")}</p></section>`;

const setHtml = () =>
  `<details class="card set"><summary>${
    say("For a teacher: set the barrier")
  }</summary><div class="ts-controls"></div>
  <p class="acts">${buttonHtml("set", say("Set it and share the link"))}</p>
  <p class="meta">${
    say(
      "The link carries the barrier and does not show it. It hides it, no more: who knows the program can open it.",
    )
  }</p></details>`;

const revealHtml = () =>
  `<section class="card reveal" aria-label="${say("The reveal")}" hidden><div><h2 tabindex="-1">${
    say("What it was")
  }</h2><div data-part="verdict"></div></div>
  <div class="slot" data-slot="profile"></div></section>`;

const notebookHtml = () => {
  const headings = [
    say("Trial"),
    say("Energy (eV)"),
    say("Width (nm)"),
    say("Way"),
    say("Shots"),
    say("Left"),
    say("Right"),
    say("Transmitted (%)"),
  ];
  return `<div class="table" tabindex="0" role="region" aria-label="${
    say("Trials")
  }"><table><thead><tr>${
    headings.map(headingHtml).join("")
  }</tr></thead><tbody></tbody></table></div>
  <p class="meta none">${say("Nothing sent yet. Choose an experiment, and fire.")}</p>
  <p class="meta">${
    say(
      "The notebook is kept in this browser, for this barrier; in brackets stands where a probability lies, one standard error to either side.",
    )
  }</p>`;
};

/** The page: what is hidden, the experiment and the proposal on the left, what is known on the right. */
export const layoutHtml = (about) =>
  `<p class="card notes" role="alert" hidden></p>
  <header class="card lead"><div><h1 tabindex="-1">${say("The mystery barrier")}</h1><p>${
    introduction(about)
  }</p></div>${buttonHtml("new", say("New barrier"))}</header>
  <div class="hands">${experimentHtml()}${proposalHtml()}${setHtml()}</div>
  ${revealHtml()}
  ${
    cardHtml(
      "measured",
      say("What packets showed, and what others would"),
      `<div class="legend"></div><div class="slot" data-slot="coefficient"></div>`,
    )
  }
  ${
    cardHtml(
      "likely",
      say("What it can be"),
      `<p class="gained"><b data-part="gained"></b><span class="track"><span class="fill" data-fill="gained"></span></span></p>
    <div class="slot" data-slot="sizes"></div><p class="meta marks"></p><div class="shapes" data-part="shapes"></div><p data-part="said"></p>`,
    )
  }
  ${cardHtml("notebook", say("Notebook"), notebookHtml())}`;

/** A height or a width as it is chosen. */
export const sizeTold = (value, unit) => `${written(value)} ${unit}`;
