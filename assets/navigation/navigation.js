import { hear, tell } from "../between.js";
import { Line } from "../line/line.js";
import { Told } from "../line/told.js";
import { skipButton } from "./skip.js";

const SUN =
  `<circle cx="12" cy="12" r="4.5"/><path stroke="currentColor" stroke-width="2" stroke-linecap="round"
  d="M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6l1.4 1.4M5 19l1.4-1.4M17.6 6.4l1.4-1.4"/>`;
const MOON = '<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z"/>';

/** The button that turns the page dark or light. */
function themeButton() {
  const button = document.createElement("button"), root = document.documentElement;
  Object.assign(button, { type: "button", ariaLabel: "Dark theme", title: "Dark theme" });
  const show = () => {
    const dark = root.dataset.theme === "dark";
    button.ariaPressed = dark;
    button.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true">${dark ? MOON : SUN}</svg>`;
  };
  button.addEventListener("click", () => {
    const detail = root.dataset.theme === "dark" ? "light" : "dark";
    window.dispatchEvent(new CustomEvent("ts-choose-theme", { detail }));
  });
  show();
  return { button, show };
}

/** The links in the header, and what is said of the connection; the guide follows them without loading the page again. */
export function render({ model, el }) {
  document.getElementById("ts-waiting")?.remove();
  const nav = document.createElement("nav"), theme = themeButton();
  nav.className = "ts-nav";
  nav.ariaLabel = "Pages";
  nav.innerHTML = '<a href="?">Lab</a><a href="?lessons">Lessons</a>';
  nav.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    tell("go", link.getAttribute("href"));
  });
  hear(model, { theme: theme.show });
  const bar = document.createElement("div");
  bar.className = "ts-bar";
  bar.append(nav, theme.button);
  el.append(bar);
  const skip = skipButton(model);
  document.body.prepend(skip);
  new Told(model, el);
  const line = new Line(window.Bokeh.documents[0]);
  model.on("remove", () => {
    line.remove();
    skip.remove();
  });
}
