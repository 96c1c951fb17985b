/** What the keys of a slider do: so many notches up or down, or to an end. */
export const MOVES = {
  ArrowUp: 1,
  ArrowRight: 1,
  PageUp: 10,
  ArrowDown: -1,
  ArrowLeft: -1,
  PageDown: -10,
  Home: -Infinity,
  End: Infinity,
};
