import { keep, kept, tell } from "../between.js";
import { isGuessing, isProjected } from "../modes.js";
import { say } from "../words.js";

const choose = (name, detail) =>
  window.dispatchEvent(new CustomEvent(`ts-choose-${name}`, { detail }));

/** Turn the page dark or light. */
export const switchTheme = () => choose("theme", kept("theme") === "dark" ? "light" : "dark");

/** Give the page other colors. */
export const choosePalette = (name) => choose("palette", name);

/** For a projector, or back. */
export const switchProjector = () => choose("projector", isProjected() ? "no" : "yes");

/** Hide numbers and labels, so that a class can guess, or show them. */
export const switchGuess = () => keep("guess", isGuessing() ? "no" : "yes");

const REFUSED = say("This browser lets this page have no full screen.");

/** All of the screen for this page, or back; a browser may refuse. */
export async function switchFullScreen() {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen();
  } catch {
    tell("said", REFUSED);
  }
}
