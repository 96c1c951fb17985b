import { hear, kept, tell } from "../between.js";

/** Where it leads on pages that have no figure. */
const ELSEWHERE = { index: "the lessons", print: "the lesson", fault: "the message" };

/** The first stop of the tab key: over the header, past all that stands before what the page is about. */
export function skipButton(model) {
  const button = Object.assign(document.createElement("button"), { type: "button", id: "ts-skip" });
  const name = () => {
    button.textContent = `Skip to ${ELSEWHERE[kept("page")] ?? "the figure"}`;
  };
  button.addEventListener("click", () => tell("skip"));
  hear(model, { page: name });
  name();
  return button;
}
