import { hear, kept, tell } from "../between.js";
import { say } from "../words.js";

/** Where it leads on pages that have no figure. */
const ELSEWHERE = {
  index: say("Skip to the lessons"),
  print: say("Skip to the lesson"),
  fault: say("Skip to the message"),
  mystery: say("Skip to the experiment"),
};

/** The first stop of the tab key: over the header, past all that stands before what the page is about. */
export function skipButton(model) {
  const button = Object.assign(document.createElement("button"), { type: "button", id: "ts-skip" });
  const name = () => {
    button.textContent = ELSEWHERE[kept("page")] ?? say("Skip to the figure");
  };
  button.addEventListener("click", () => tell("skip"));
  hear(model, { page: name });
  name();
  return button;
}
