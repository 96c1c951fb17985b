import { inWords } from "../numbers.js";
import { say } from "../words.js";
import { place } from "./telling.js";

const figures = (value) => inWords(Number(value.toPrecision(3)));

/** What the inside of a barrier is. */
export function insideTold({ support: [a, b], level, unit, formed }) {
  const values = { from: figures(a), to: figures(b), unit: unit && ` ${unit}` };
  if (a === b) return say("There is none: left and right meet at x = {from}{unit}.", values);
  if (formed) {
    return say(
      "It is x from {from} to {to}{unit}, from where V leaves 0 by {level} % of its largest to where it comes to rest.",
      { ...values, level: 100 * level },
    );
  }
  return level
    ? say(
      "It is x from {from} to {to}{unit}, where V is more than {level} % of its peak: wider than the bump one sees.",
      { ...values, level: 100 * level },
    )
    : say("It is x from {from} to {to}{unit}, from the first edge of V to the last.", values);
}

/** What of a packet is at the barrier when it starts; and what T then is. */
export function begunTold({ begun, support: [a, b] }) {
  const [inside, beyond] = begun.map(place);
  return a === b
    ? say(
      "The packet begins at the edge: {beyond} of it is beyond it at the start. What ends on the far side counts as transmitted, and so does what began there; exact theory is of a packet that comes from afar.",
      { beyond },
    )
    : say(
      "The packet touches the barrier: at the start {inside} of it is inside and {beyond} beyond. What ends on the far side counts as transmitted, and so does what began there; exact theory is of a packet that comes from afar.",
      { inside, beyond },
    );
}
