import { isGuessing } from "../modes.js";
import { say } from "../words.js";

const SAID = say("Numbers and labels are hidden: what do you expect? H shows them again.");

/** What stands in place of the numbers of the stage while they are hidden. */
export class Guess {
  constructor(root, place) {
    this.root = root;
    this.note = Object.assign(document.createElement("p"), { className: "guessing", hidden: true });
    this.note.setAttribute("role", "status");
    place.prepend(this.note);
  }

  show() {
    this.root.classList.toggle("guess", isGuessing());
    this.note.hidden = !isGuessing();
    this.note.textContent = isGuessing() ? SAID : "";
  }
}
