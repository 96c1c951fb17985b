import { BUTTON } from "../files/html.js";
import { besideHtml } from "./beside.js";
import { button } from "./html.js";
import { PIN } from "./pin.js";
import { fixed, say } from "../words.js";

const SPEEDS = [[0.1, "⅒×"], [0.25, "¼×"], [0.5, "½×"], [1, "1×"], [2, "2×"]];

const optionHtml = ([value, text]) =>
  `<option value="${value}" ${value === 1 ? "selected" : ""}>${text}</option>`;

const PLAYER = `<div class="player" role="group" aria-label="${say("Player")}">
  ${button("restart", say("Restart"))}${button("back", say("Step back"))}${
  button("play", say("Play"), 'class="main"')
}
  ${button("forward", say("Step forward"))}${button("loop", say("Loop"), 'aria-pressed="false"')}
  <label class="speed"><span>${say("Speed")}</span><select aria-label="${say("Speed")}">${
  SPEEDS.map(optionHtml).join("")
}</select></label>
  <span class="when"><input type="range" class="scrub" min="0" max="1" step="1" value="0" aria-label="${
  say("Time")
}">
  <output class="clock" data-part="time">${fixed(0, 2)} fs</output></span></div>`;

const TEXTBOOK = say(
  "As in many books: the wave seems to ride on the line of the energy, and to lose energy where it is lower. Neither is so. Its height says how likely the particle is found there.",
);

const toggleHtml = ([name, label]) =>
  `<button type="button" class="toggle ${name}" data-show="${name}" aria-pressed="false">${label}</button>`;

const togglesHtml = (toggles) => {
  const buttons = Object.entries(toggles).map(toggleHtml).join("");
  return buttons &&
    `<div class="toggles" role="group" aria-label="${say("Show")}">${buttons}</div>`;
};

const slotHtml = (name) => `<div class="slot" data-slot="${name}"></div>`;

/** What is always on the stage, in its first card. */
export const MAIN = ["energy", "wave", "second"];

/** The first card: energies and the wave of one run or two, and the player. */
const waveHtml = ({ title, label, toggles }) =>
  `<section class="card wave" aria-label="${label}" tabindex="-1">
  <header><h2>${title}</h2>${togglesHtml(toggles)}${BUTTON}</header>
  <div class="panels"><div class="legend" aria-hidden="true"><span class="barrier">${
    say("barrier V(x)")
  }</span>
    <span class="other" hidden></span><span class="energy">${say("packet energy E₀")}</span>
    <span class="band">${say("its spread, p(E)")}</span><span class="forbidden">E₀ &lt; V</span>
    <span class="inside">${say("inside")}</span><span class="density">|ψ|²</span>
    <span class="pinned" hidden>${say("pinned run")}</span>
    <span class="free" hidden>${say("free packet")}</span></div>
  ${slotHtml("energy")}
  <h3 class="name" data-part="name-0"></h3>${slotHtml("wave")}
  <h3 class="name" data-part="name-1"></h3>${slotHtml("second")}</div>
  <p class="average" data-part="average" hidden></p>
  <p class="gate" data-part="gate" hidden></p>
  <p class="explained" hidden><button type="button" class="main">${
    say("Read the explanation")
  }</button></p>
  <p class="brief" aria-hidden="true"></p>
  ${PLAYER}
  <p class="textbook" data-part="textbook" hidden>${TEXTBOOK}</p></section>`;

/** What is chosen most; the rest stands behind a fold where a screen is low. */
const MOST = ["phase space", "regions", "spacetime", "coefficient", "clicks"];

const viewHtml = ({ name, choice }) =>
  `<button type="button" class="toggle" data-view="${name}">${choice}</button>`;

/** The cards that may be chosen in the lab. */
function viewsHtml(about) {
  const choices = about.filter(({ choice }) => choice), used = ({ name }) => MOST.includes(name);
  const [most, rest] = [choices.filter(used), choices.filter((one) => !used(one))];
  return `<div class="views" role="group" aria-labelledby="views" hidden><h2 id="views">${
    say("Show below")
  }</h2>${most.map(viewHtml).join("")}<details class="rest"><summary>${say("More")}</summary><div>${
    rest.map(viewHtml).join("")
  }</div></details></div>`;
}

const readoutsHtml = (about) =>
  `<section class="card readouts" aria-label="${say("Probabilities")}">
  <div class="fates"></div>
  <p class="between" data-part="between" hidden></p>
  <p class="begun" role="status" data-part="begun" hidden></p>
  ${PIN}<p class="status spoken" role="status" data-part="status"></p>
  ${besideHtml(about)}${viewsHtml(about)}</section>`;

/** A title, of which what stands behind the colon may be left out. */
const titleHtml = (title) => {
  const [first, ...more] = title.split(": ");
  return more.length ? `${first}<span class="more">: ${more.join(": ")}</span>` : first;
};

/** A card below: a title, and a place for each of its figures. */
const cardHtml = ({ name, title, label, slots, note, toggles }) =>
  `<section class="card extra ${
    name.replace(" ", "-")
  }" data-extra="${name}" aria-label="${label}" hidden>
  <header><h2>${titleHtml(title)}</h2>${togglesHtml(toggles)}</header>${
    note ? `<p class="note">${note}</p>` : ""
  }${slots.length ? `<div class="slots">${slots.map(slotHtml).join("")}</div>` : ""}</section>`;

/** The stage, with the cards that Python tells of. */
export function layoutHtml(about) {
  const below = about.filter(({ name }) => !MAIN.includes(name));
  return `<div class="notice" role="alert" data-part="notice" hidden></div>
  <div class="waiting" role="status" hidden><span></span>
    <button type="button" data-cancel>${say("Cancel")}</button></div>
  ${waveHtml(about.find(({ name }) => name === "wave"))}${readoutsHtml(about)}${
    below.map(cardHtml).join("")
  }`;
}
