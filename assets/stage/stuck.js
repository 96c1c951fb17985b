/** Pixels that stay free above them. */
const AIR = 8;

/** Tell all style sheets how much of a card is above the first of its parts that is shown, and how high the rest is
if it stays at the top. */
export function watchHeight(card, parts) {
  const { style } = document.documentElement;
  const tell = () => {
    const first = parts.find((part) => part.offsetParent);
    const above = Math.max(0, (first?.offsetTop ?? 0) - AIR);
    const stays = getComputedStyle(card).position === "sticky";
    style.setProperty("--ts-above", `${above}px`);
    style.setProperty("--ts-stuck", `${stays ? card.offsetHeight - above + AIR : 0}px`);
  };
  const observer = new ResizeObserver(tell);
  observer.observe(card);
  return observer;
}
