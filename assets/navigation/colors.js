import { kept } from "../between.js";
import { makeDialog } from "./dialog.js";
import { choosePalette } from "./screen.js";
import { say } from "../words.js";

const PALETTES = [
  ["usual", say("Usual"), say("Told apart by eyes of every kind, by their dashes, too.")],
  ["contrast", say("High contrast"), say("Black, white and strong colors, and thicker lines.")],
  [
    "gray",
    say("Safe in gray"),
    say("Told apart without any color: on paper, or by who sees none."),
  ],
];

const rowHtml = ([value, name, what]) =>
  `<label><input type="radio" name="palette" value="${value}"><span><strong>${name}</strong><br>${what}</span></label>`;

const HTML = `<fieldset class="palettes"><legend>${
  say("Colors of the page and its figures")
}</legend>${PALETTES.map(rowHtml).join("")}</fieldset>`;

/** Which colors the page has, in a dialog; a choice holds at once. */
export function makeColors(model) {
  const dialog = makeDialog(model, "colors", say("Colors"), HTML);
  dialog.addEventListener("change", ({ target }) => choosePalette(target.value));
  return () => {
    dialog.querySelector(`[value="${kept("palette")}"]`).checked = true;
    dialog.showModal();
  };
}
