import { inWords } from "../numbers.js";

/** What a control is called behind the title of its group: “height” behind “Barrier”, and “gap”. */
const shortly = (label, title) =>
  label.startsWith(`${title} `)
    ? label.slice(title.length + 1)
    : label.replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase());

function told({ name, label, unit, options }, title, value) {
  if (unit !== undefined) return `${shortly(label, title)} ${inWords(value)} ${unit}`;
  const text = options?.find(([option]) => option === value)?.[1] ?? value;
  return name === "shape" ? text : `${shortly(label, title)} ${text}`;
}

/**
 * What is set, in a line: of each group the numbers that are `shown`, and what else is not as at first; of a group
 * that is folded up only that. Points are no words.
 */
export function settingsLine(groups, values, shown) {
  const lines = groups.map(({ title, folded, controls }) => {
    const said = controls.filter((about) => {
      const usual = folded || (about.kind !== "number" && about.name !== "shape");
      const line = about.kind !== "pad" && shown(about);
      return line && (!usual || values[about.name] !== about.default);
    });
    return said.length
      ? `${folded ? "" : `${title}: `}${
        said.map((about) => told(about, title, values[about.name])).join(", ")
      }`
      : "";
  });
  return lines.filter(Boolean).join(" · ");
}
