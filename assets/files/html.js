import { say } from "../words.js";

const ENDING = { gif: "GIF", nc: "NetCDF" };

const FORMS = [["command", say("Command")], ["python", "Python"], ["toml", "TOML"], [
  "json",
  "JSON",
]];

const formHtml = ([name, label], i) =>
  `<label><input type="radio" name="form" value="${name}" ${
    i ? "" : "checked"
  }><span>${label}</span></label>`;

const MADE = [
  ["gif", say("Animation"), say("The lab opens it again.")],
  ["nc", say("All numbers"), say("“tunnelscope run” takes them.")],
];

const madeHtml = ([ending, what, hint]) =>
  `<li><span>${what} <span class="hint">${hint}</span></span><span class="acts">
  <button type="button" data-make="${ending}" aria-label="${ENDING[ending]}: ${what}">${
    ENDING[ending]
  }</button></span></li>`;

/** How much of a file is made, and a way to give it up. */
export const MAKING = `<progress max="100" aria-label="${
  say("Made of the file")
}"></progress><button type="button" data-stop>${say("Cancel")}</button>`;

/** The button that opens the menu. */
export const BUTTON = `<button type="button" class="save" aria-label="${
  say("Save or open")
}" title="${say("Save or open")}" hidden>
  <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M11 4h2v8h3l-4 5-4-5h3zM5 18h14v2H5z"/></svg><span>${
  say("Save or open")
}</span></button>`;

export const MENU = `<dialog class="ts-dialog files" aria-labelledby="ts-files">
  <header><h1 id="ts-files">${say("Save or open")}</h1><button type="button" data-close>${
  say("Close")
}</button></header>
  <p class="subject"></p>
  <section><h2>${say("Figures, as they are now")}</h2><ul class="figures"></ul></section>
  <section><h2>${say("The whole run")}</h2><ul class="runs">${
  MADE.map(madeHtml).join("")
}</ul></section>
  <section><h2>${say("Settings")}</h2>
    <fieldset class="forms"><legend>${say("Form")}</legend>${
  FORMS.map(formHtml).join("")
}</fieldset>
    <pre tabindex="0" aria-label="${say("The settings in this form")}"></pre>
    <p class="acts"><button type="button" data-copy>${say("Copy")}</button>
    <button type="button" data-keep>${
  say("Save as a file")
}</button><span class="hint"></span></p></section>
  <section><h2>${say("Open")}</h2>
    <p class="acts"><button type="button" data-choose>${say("Choose a file")}</button>
    <input type="file" hidden aria-label="${say("A file to open")}"
      accept=".png,.svg,.gif,.csv,.json,.toml"><span class="hint">${
  say(
    "Or drop one on the page: settings, or a picture or table that was saved here. The lab is then as it was.",
  )
}</span></p></section>
  <p class="said" role="status"></p></dialog>
  <p class="spoken opened" aria-live="polite"></p>`;

export const HINTS = {
  command: say("Makes the same run in a shell."),
  with_file: say("Makes the same run in a shell, beside the TOML file of this name."),
  python: say("Makes the same run with the library."),
  toml: say("“tunnelscope run” takes the file, and the lab opens it."),
  json: say("All settings and what is shown and how; the lab opens the file."),
};

export const ENDINGS = {
  command: ["sh", "text/x-shellscript"],
  python: ["py", "text/x-python"],
  toml: ["toml", "application/toml"],
  json: ["json", "application/json"],
};

const actHtml = ([ending, label]) =>
  `<button type="button" data-figure="${ending}" aria-label="${label}">${ending.toUpperCase()}</button>`;

/** A card, and in which forms it can be saved. */
export function figureHtml(title, endings) {
  const acts = endings.map((ending) => [ending, `${ending.toUpperCase()}: ${title}`]);
  return `<span>${title}</span><span class="acts">${acts.map(actHtml).join("")}</span>`;
}
