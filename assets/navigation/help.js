import { makeDialog } from "./dialog.js";
import { letters } from "../keys.js";
import { say } from "../words.js";

const KEYS = [
  [say("The run"), [
    [say("Space"), say("plays and pauses")],
    ["← →", say("one frame back, one on")],
    ["Home End", say("to the start, to the end")],
  ]],
  [say("In front of a class"), [
    ["P", say("for a projector: large, light, on one screen")],
    ["F", say("full screen")],
    ["H", say("hides numbers and labels, so that the class can guess")],
    ["B .", say("a black screen, until the next key")],
    ["PgUp PgDn", say("down the text, then the next step of a lesson, and back")],
  ]],
  [say("Settings"), [
    ["↑ ↓", say("in a number, or on a handle of the figure: one step up, one down")],
    ["Esc", say("in a number: takes back what is typed")],
    ["Ctrl+Z", say("undoes a change in the lab")],
    ["Ctrl+Shift+Z", say("does it again")],
  ]],
  [say("Besides"), [
    ["S", say("shares what is on the page: a link, its QR code")],
    ["?", say("this list")],
  ]],
];

const keyHtml = (keys) => keys.split(" ").map((key) => `<kbd>${key}</kbd>`).join(" ");

const listHtml = ([title, rows]) =>
  `<section><h2>${title}</h2><dl>${
    rows.map(([keys, what]) => `<div><dt>${keyHtml(keys)}</dt><dd>${what}</dd></div>`).join("")
  }</dl></section>`;

const HTML = `<div class="keys">${KEYS.map(listHtml).join("")}</div>
  <label class="letters"><input type="checkbox">${say("Letters and signs are keys")}</label>`;

/** All keys, in a dialog; those that are letters can be switched off there. */
export function makeHelp(model) {
  const dialog = makeDialog(model, "keys", say("Keys"), HTML), box = dialog.querySelector("input");
  box.addEventListener("change", () => {
    letters.on = box.checked;
  });
  return () => {
    box.checked = letters.on;
    dialog.showModal();
  };
}
