import { kept } from "../between.js";

/** In a frame of another page the header goes, and leaves its room; what is said of the connection stays. */
export function leaveHeader(element) {
  if (kept("embed") !== "yes") return;
  document.documentElement.style.setProperty("--ts-header", "0px");
  for (let outer = element; outer; outer = outer.parentNode ?? outer.host) {
    if (outer.matches?.("header")) {
      Object.assign(outer.style, { visibility: "hidden", height: "0" });
    }
    const space = outer.querySelector?.("main .MuiToolbar-root");
    if (space) space.style.display = "none";
  }
}
