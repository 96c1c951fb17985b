import { kept } from "../between.js";
import { makeDialog } from "./dialog.js";
import { choosePalette } from "./screen.js";

const PALETTES = [
  ["usual", "Usual", "Told apart by eyes of every kind, by their dashes, too."],
  ["contrast", "High contrast", "Black, white and strong colors, and thicker lines."],
  ["gray", "Safe in gray", "Told apart without any color: on paper, or by who sees none."],
];

const rowHtml = ([value, name, what]) =>
  `<label><input type="radio" name="palette" value="${value}"><span><strong>${name}</strong><br>${what}</span></label>`;

const HTML = `<fieldset class="palettes"><legend>Colors of the page and its figures</legend>${
  PALETTES.map(rowHtml).join("")
}</fieldset>`;

/** Which colors the page has, in a dialog; a choice holds at once. */
export function makeColors(model) {
  const dialog = makeDialog(model, "Colors", HTML);
  dialog.addEventListener("change", ({ target }) => choosePalette(target.value));
  return () => {
    dialog.querySelector(`[value="${kept("palette")}"]`).checked = true;
    dialog.showModal();
  };
}
