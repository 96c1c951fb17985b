import { kept } from "./between.js";

/** Whether the page is for a projector. */
export const isProjected = () => kept("projector") === "yes";

/** Whether numbers and labels are hidden, so that a class can guess. */
export const isGuessing = () => kept("guess") === "yes";
