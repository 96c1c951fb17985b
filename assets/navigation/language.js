import { tell } from "../between.js";
import { language, say } from "../words.js";

const STORE = "tunnelscope:language";

/** The same page in another language. */
export function addressIn(other, search) {
  const query = new URLSearchParams(search);
  query.set("lang", other);
  return `?${query}`;
}

const optionHtml = ([code, name]) =>
  `<option value="${code}" lang="${code}" ${code === language ? "selected" : ""}>${name}</option>`;

/** The choice of the language: the page is loaded again in it, and goes on where it was. */
export function makeLanguages(languages) {
  const label = Object.assign(document.createElement("label"), { className: "language" });
  label.title = say("Language");
  label.innerHTML = `<span aria-hidden="true">${language.toUpperCase()}</span><select aria-label="${
    say("Language")
  }">${Object.entries(languages).map(optionHtml).join("")}</select>`;
  label.lastChild.addEventListener("change", ({ target }) => speak(target.value));
  return label;
}

function speak(other) {
  try {
    localStorage.setItem(STORE, other);
  } catch { /* private mode: kept in the address only */ }
  history.replaceState(history.state, "", addressIn(other, location.search));
  tell("leave");
  location.reload();
}
