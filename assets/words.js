/** The catalog of the page's language, if it is not English, which stands in the code: app/shell.py has it loaded. */
const { lines = {}, plural } = globalThis.tunnelscopeWords ?? {};

/** The language of the page. */
export const language = globalThis.document?.documentElement.lang || "en";

const parts = new Intl.NumberFormat(language).formatToParts(1.5);
const decimal = parts.find(({ type }) => type === "decimal").value;

/** The digits of a number with the decimal sign of the language. */
export const written = (number) => String(number).replace(".", decimal);

/** A number with so many digits behind the decimal sign. */
export const fixed = (value, digits) => written(value.toFixed(digits));

const told = (value) => typeof value === "number" ? written(value) : value;

/** A text with these values in the places of their names. */
const filled = (text, values) =>
  text.replace(/\{(\w+)\}/g, (place, name) => name in values ? told(values[name]) : place);

/** A text in the language of the page, with these values in the places of their names. */
export const say = (text, values = {}) => filled(lines[text]?.[0] ?? text, values);

/** The same of a text that counts; {count} is its place. */
export function sayMany(one, many, count, values = {}) {
  const forms = lines[one] ?? [one, many];
  const form = plural ? plural[count < 200 ? count : 100 + count % 100] : Number(count !== 1);
  return filled(forms[form] ?? many, { ...values, count });
}
