import { say } from "../words.js";

/** A dialog above the page, with its title and a button that closes it; it is there as long as the part of this model is. */
export function makeDialog(model, name, title, html) {
  const dialog = document.createElement("dialog"), id = `ts-${name}`;
  dialog.className = "ts-dialog";
  dialog.setAttribute("aria-labelledby", id);
  dialog.innerHTML = `<div class="head"><h1 id="${id}">${title}</h1>
    <button type="button" data-close>${say("Close")}</button></div>${html}`;
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog || target.closest("[data-close]")) dialog.close();
  });
  document.body.append(dialog);
  model.on("remove", () => dialog.remove());
  return dialog;
}
