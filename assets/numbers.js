import { say, written } from "./words.js";

const MINUS = "\\-−–‐‑﹣－";

const WRITTEN = new RegExp(
  `^([+${MINUS}]?)\\s*(?=[.,]?[0-9])([0-9]{1,3}(?:\\s[0-9]{3})+|[0-9]*)` +
    `(?:[.,]([0-9]*))?(?:[eE]([+${MINUS}]?)([0-9]+))?$`,
);

const plainSign = (sign) => (sign && sign !== "+" ? "-" : "");

/** The number that a text writes, or NaN; solver/reading.py reads the same on the server. */
export function readNumber(text) {
  const found = WRITTEN.exec(text.trim());
  if (!found) return NaN;
  const [sign, whole, part, powerSign, power] = found.slice(1).map((piece) => piece ?? "");
  const digits = `${whole.replace(/\s/g, "") || "0"}.${part || "0"}e${plainSign(powerSign)}${
    power || "0"
  }`;
  const value = Number(plainSign(sign) + digits);
  return Number.isFinite(value) ? value : NaN;
}

/** Why what is written is no number; `name` is what it is of. */
export const noNumber = (name) =>
  say("{name} must be a number such as 0.5, 0,5, −2 or 1e-3, without a unit.", { name });

/** A number in a sentence, with the signs that a minus and the decimals have. */
export const inWords = (value) => written(value).replace("-", "−");
