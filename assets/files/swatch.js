import { made } from "./svg.js";

/** Pixels of an entry's line or box. */
export const SAMPLE = 18;

/** A color as every reader of SVG knows it: browsers mix theirs in ways of their own. */
function paint(color, role = "fill", part = `${role}-opacity`) {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  pen.fillStyle = color;
  pen.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
  return { [role]: `rgb(${r},${g},${b})`, [part]: Number((a / 255).toFixed(3)) };
}

const DASHES = { dashed: "6 3", dotted: "2 3" };

/** What stands before an entry of a legend, as the page has it around (x, y): a line, a shade, a box, a triangle. */
export function swatch(look, x, y) {
  const colors = look.backgroundImage.match(/(?:color|rgba?)\([^)]*\)/g);
  const place = { x, y: y - 6, width: SAMPLE, height: 12 };
  if (!parseFloat(look.borderLeftWidth) && colors) {
    const id = `shade-${x}-${y}`, shade = made("linearGradient", { id, x2: 0, y2: 1 });
    colors.forEach((color, i) => {
      const offset = i / (colors.length - 1);
      shade.append(made("stop", { offset, ...paint(color, "stop-color", "stop-opacity") }));
    });
    return [shade, made("rect", { ...place, fill: `url(#${id})` })];
  }
  if (!parseFloat(look.borderLeftWidth)) {
    const ends = { x1: x, x2: x + SAMPLE, y1: y, y2: y, "stroke-width": look.borderTopWidth };
    const dash = { "stroke-dasharray": DASHES[look.borderTopStyle] ?? "none" };
    return [made("line", { ...ends, ...dash, ...paint(look.borderTopColor, "stroke") })];
  }
  const edge = paint(look.borderLeftColor, "stroke");
  if (!edge["stroke-opacity"]) {
    const points = `${x + 4},${y - 4} ${x + 14},${y - 4} ${x + 9},${y + 4}`;
    return [made("polygon", { points, ...paint(look.borderTopColor) })];
  }
  const dash = { "stroke-dasharray": look.borderLeftStyle === "solid" ? "none" : "2 2" };
  const box = { ...place, ...edge, ...dash };
  if (!colors) return [made("rect", { ...box, ...paint(look.backgroundColor) })];
  const id = `stripes-${x}-${y}`, stripe = { width: 1, height: 4, ...paint(colors[0]) };
  const size = { width: 4, height: 4 }, turned = { patternTransform: "rotate(45)" };
  const pattern = made("pattern", { id, ...size, ...turned, patternUnits: "userSpaceOnUse" });
  pattern.append(made("rect", { ...size, ...paint(colors.at(-1)) }), made("rect", stripe));
  return [pattern, made("rect", { ...box, fill: `url(#${id})` })];
}
