export const list = (items) => `<ul>${items.map((item) => `<li>${item}</li>`).join("")}</ul>`;

const NAMED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** The place of the stage or of the controls, which others draw. */
export const partHtml = (name) => `<slot name="${name}"></slot>`;

/** A text as it stands in HTML, between tags and in the quotes of an attribute. */
export const escaped = (text) => text.replace(/[&<>"]/g, (c) => NAMED[c]);
