export const list = (items) => `<ul>${items.map((item) => `<li>${item}</li>`).join("")}</ul>`;

const NAMED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** A text as it stands in HTML, between tags and in the quotes of an attribute. */
export const escaped = (text) => text.replace(/[&<>"]/g, (c) => NAMED[c]);
