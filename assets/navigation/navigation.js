import { hear, kept, tell } from "../between.js";
import { queryOf, speakIn } from "../guide/address.js";
import { Line } from "../line/line.js";
import { Told } from "../line/told.js";
import { makeBlack } from "./black.js";
import { makeColors } from "./colors.js";
import { leaveHeader } from "./frame.js";
import { makeLanguages } from "./language.js";
import { makeHelp } from "./help.js";
import { CLOSED, COLORS, EYE, FULL, HELP, MOON, PROJECTOR, SHARE, SUN, WINDOW } from "./icons.js";
import { listen } from "../keys.js";
import { isGuessing, isProjected } from "../modes.js";
import { switchFullScreen, switchGuess, switchProjector, switchTheme } from "./screen.js";
import { makeShare } from "./share.js";
import { skipButton } from "./skip.js";
import { Tool, Toolbar } from "./tools.js";
import { say } from "../words.js";

/** The buttons of the header, and what their keys do on the page. */
function makeTools(model) {
  const project = ({ detail }) => {
    switchProjector();
    // The next space plays; it does not press this button once more.
    if (detail && isProjected()) tell("skip");
  };
  const help = makeHelp(model), black = makeBlack(model), share = makeShare(model);
  const guess = new Tool(say("Hide numbers and labels"), EYE, switchGuess, "H");
  const keys = new Tool(say("Keys"), HELP, help, "?");
  const link = new Tool(say("Share"), SHARE, share, "S");
  const full = new Tool(say("Full screen"), FULL, switchFullScreen, "F");
  const projector = new Tool(say("Projector mode"), PROJECTOR, project, "P");
  const colors = new Tool(say("Colors"), COLORS, makeColors(model));
  const theme = new Tool(say("Dark theme"), SUN, switchTheme);
  const toolbar = new Toolbar(say("Screen"), [guess, full, link, keys, projector, colors, theme]);
  const show = () => {
    const dark = kept("theme") === "dark";
    theme.press(dark);
    theme.draw(dark ? MOON : SUN);
    theme.element.hidden = isProjected();
    projector.press(isProjected());
    for (const tool of [guess, full]) tool.element.hidden = !isProjected();
    guess.press(isGuessing());
    guess.draw(isGuessing() ? CLOSED : EYE);
    full.press(document.fullscreenElement !== null);
    full.draw(document.fullscreenElement ? WINDOW : FULL);
    toolbar.stop(toolbar.tools.find((tool) => tool.tabIndex === 0 && !tool.hidden));
  };
  for (const tool of [keys, projector]) tool.element.classList.add("wide");
  hear(model, { theme: show, projector: show, guess: show, share });
  document.addEventListener("fullscreenchange", show);
  model.on("remove", () => document.removeEventListener("fullscreenchange", show));
  listen(model, {
    p: switchProjector,
    f: switchFullScreen,
    h: switchGuess,
    b: black,
    ".": black,
    s: share,
    "?": help,
  });
  show();
  return toolbar.element;
}

/** The links in the header, and what is said of the connection; the guide follows them without loading the page again. */
export function render({ model, el }) {
  document.getElementById("ts-waiting")?.remove();
  const nav = document.createElement("nav");
  nav.className = "ts-nav";
  nav.ariaLabel = say("Pages");
  nav.innerHTML = `<a href="?">${say("Lab")}</a><a href="?lessons">${
    say("Lessons")
  }</a><a href="?mystery">${say("Mystery")}</a>`;
  speakIn(nav);
  nav.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    tell("go", queryOf(link.getAttribute("href")));
  });
  const bar = document.createElement("div");
  bar.className = "ts-bar";
  bar.append(nav, makeTools(model), makeLanguages(model.languages));
  el.append(bar);
  leaveHeader(el);
  const skip = skipButton(model);
  document.body.prepend(skip);
  new Told(model, el);
  const line = new Line(window.Bokeh.documents[0]);
  model.on("remove", () => {
    line.remove();
    skip.remove();
  });
}
