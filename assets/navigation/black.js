import { say } from "../words.js";

/** A black screen, so that a class looks up; any key or a click ends it. */
export function makeBlack(model) {
  const dialog = document.createElement("dialog");
  dialog.className = "ts-black";
  dialog.ariaLabel = say("Black screen: any key ends it");
  dialog.addEventListener("keydown", (event) => {
    event.preventDefault();
    event.stopPropagation();
    dialog.close();
  });
  dialog.addEventListener("click", () => dialog.close());
  document.body.append(dialog);
  model.on("remove", () => dialog.remove());
  return () => dialog.showModal();
}
