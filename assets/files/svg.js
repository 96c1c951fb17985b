export const NS = "http://www.w3.org/2000/svg";

/** An element of SVG. */
export function made(name, attributes, text = "") {
  const element = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
}
