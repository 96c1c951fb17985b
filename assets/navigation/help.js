import { makeDialog } from "./dialog.js";
import { letters } from "../keys.js";

const KEYS = [
  ["The run", [
    ["Space", "plays and pauses"],
    ["← →", "one frame back, one on"],
    ["Home End", "to the start, to the end"],
  ]],
  ["In front of a class", [
    ["P", "for a projector: large, light, on one screen"],
    ["F", "full screen"],
    ["H", "hides numbers and labels, so that the class can guess"],
    ["B .", "a black screen, until the next key"],
    ["PgUp PgDn", "down the text, then the next step of a lesson, and back"],
  ]],
  ["Settings", [
    ["↑ ↓", "in a number, or on a handle of the figure: one step up, one down"],
    ["Esc", "in a number: takes back what is typed"],
    ["Ctrl+Z", "undoes a change in the lab"],
    ["Ctrl+Shift+Z", "does it again"],
  ]],
  ["Besides", [
    ["S", "shares what is on the page: a link, its QR code"],
    ["?", "this list"],
  ]],
];

const keyHtml = (keys) => keys.split(" ").map((key) => `<kbd>${key}</kbd>`).join(" ");

const listHtml = ([title, rows]) =>
  `<section><h2>${title}</h2><dl>${
    rows.map(([keys, what]) => `<div><dt>${keyHtml(keys)}</dt><dd>${what}</dd></div>`).join("")
  }</dl></section>`;

const HTML = `<div class="keys">${KEYS.map(listHtml).join("")}</div>
  <label class="letters"><input type="checkbox">Letters and signs are keys</label>`;

/** All keys, in a dialog; those that are letters can be switched off there. */
export function makeHelp(model) {
  const dialog = makeDialog(model, "Keys", HTML), box = dialog.querySelector("input");
  box.addEventListener("change", () => {
    letters.on = box.checked;
  });
  return () => {
    box.checked = letters.on;
    dialog.showModal();
  };
}
