import { say } from "../words.js";

/**
 * How a person looks at a run, beside what is shown of it: the name that a link has for it, and its control.
 *
 * A button that is pressed or not, or a choice among some. A toggle that a link shall hold is a row here.
 */
const LOOKS = {
  re: "[data-show=re]",
  im: "[data-show=im]",
  phase: "[data-show=phase]",
  textbook: "[data-show=textbook]",
  classical: "[data-show=classical]",
  log: "[data-scale=log]",
  now: "[data-now]",
  loop: "[data-do=loop]",
  speed: ".speed select",
};

const ON = "on", OFF = "off";

/** A button that is pressed or not. */
class Press {
  constructor(control) {
    Object.assign(this, { control, options: [ON, OFF] });
  }

  get value() {
    return this.control.getAttribute("aria-pressed") === "true" ? ON : OFF;
  }

  set value(value) {
    if (value !== this.value) this.control.click();
  }
}

/** A choice among some. */
class Choice {
  constructor(control) {
    Object.assign(this, { control, options: [...control.options].map(({ value }) => value) });
  }

  get value() {
    return this.control.value;
  }

  set value(value) {
    if (value === this.value) return;
    this.control.value = value;
    this.control.dispatchEvent(new Event("change"));
  }
}

/** What a link says for a value: `loop` for what is on, `loop-off`, `speed-0.5`. */
const wordOf = (name, value) => (value === ON ? name : `${name}-${value}`);

/** Rows {name, options} by their words: {word: [name, value]}. */
const known = (rows) =>
  Object.fromEntries(
    rows.flatMap(({ name, options }) =>
      options.map((value) => [wordOf(name, value), [name, value]])
    ),
  );

/** What of these rows {name, value, usual} is not as usual, in words. */
export const worded = (rows) =>
  rows.filter(({ value, usual }) => value !== usual)
    .map(({ name, value }) => wordOf(name, value)).join(" ");

/** The values {name: value} that a text sets, and those of its words that mean nothing. */
export function read(text, rows) {
  const words = text.split(/\s+/).filter(Boolean), meant = known(rows);
  const [found, strange] = [true, false].map((is) =>
    words.filter((word) => Object.hasOwn(meant, word) === is)
  );
  return { values: Object.fromEntries(found.map((word) => meant[word])), strange };
}

const LONGEST = 24;

/** A word in a sentence, if it is long only its beginning. */
const short = (word) => (word.length > LONGEST ? `${word.slice(0, LONGEST)}…` : word);

/** All that is chosen about how the run looks, to be written into a link and read from it. */
export class Looks {
  constructor(root) {
    this.rows = Object.entries(LOOKS).map(([name, selector]) => {
      const control = root.querySelector(selector);
      const part = control.matches("select") ? new Choice(control) : new Press(control);
      return Object.assign(part, { name, usual: part.value });
    });
  }

  get text() {
    return worded(this.rows);
  }

  /** All as a text says, what it does not name as usual; sentences about what of it cannot be. */
  set(text) {
    const { values, strange } = read(text, this.rows);
    const told = [];
    if (strange.length) {
      const word = strange.map(short).join("”, “");
      const allowed = Object.keys(known(this.rows)).join(", ");
      told.push(say("“look” can have {known}, and not “{word}”.", { known: allowed, word }));
    }
    for (const row of this.rows) {
      const { name, usual, control } = row, wanted = values[name] ?? usual;
      if (control.disabled && wanted !== usual) {
        told.push(say("This run has no “{name}” to look at.", { name }));
      } else row.value = wanted;
    }
    return told.join(" ");
  }
}
