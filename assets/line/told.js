import { hear, kept } from "../between.js";
import { say } from "../words.js";

const SAID = {
  slow: say("The server has not answered yet. What you change is kept."),
  lost: say("No connection to the server. What you change runs once it is back."),
  back: say("The server is back. Returning to where you were …"),
};
const AGAIN = say("Connected again.");
/** Milliseconds that good news stay. */
const SHORT = 4000;

/** One line at the edge of the window about the connection. */
export class Told {
  constructor(model, el) {
    this.place = document.createElement("p");
    this.place.className = "ts-line";
    this.place.setAttribute("role", "status");
    el.append(this.place);
    hear(model, { line: () => this.show(), said: (text) => this.hear(text) });
  }

  /** What else is to be said, for a while, unless there is something of the connection. */
  hear(text) {
    if (kept("line") !== "open") return;
    this.place.textContent = text;
    this.place.classList.add("calm");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.place.textContent = "", SHORT);
  }

  show() {
    const line = kept("line"), was = this.was;
    this.was = line;
    clearTimeout(this.timer);
    const again = line === "open" && was === "lost";
    this.place.textContent = again ? AGAIN : SAID[line] ?? "";
    this.place.classList.toggle("calm", again || line === "back");
    if (again) this.timer = setTimeout(() => this.place.textContent = "", SHORT);
  }
}
