/** Scroll back to the start of the page, whichever part of the page around the element it is that scrolls. */
export function toTop(element) {
  for (let outer = element; outer; outer = outer.parentNode ?? outer.host) {
    if (outer.scrollTop) outer.scrollTop = 0;
  }
}

/** Scroll on by most of a screen, or back; whether anything around the element has anything left to show there. */
export function scrolled(element, by) {
  for (let outer = element; outer; outer = outer.parentNode ?? outer.host) {
    const { scrollTop, scrollHeight, clientHeight } = outer;
    const left = by > 0 ? scrollHeight - clientHeight - scrollTop : scrollTop;
    if (clientHeight && scrollHeight > clientHeight && left > 2 && scrolls(outer)) {
      outer.scrollBy({ top: by * PART * clientHeight });
      return true;
    }
  }
  return false;
}

const PART = 0.85;

const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflowY);

/** Whether the page is so narrow that the style sheets put everything below each other. */
export const narrowness = () => matchMedia("(max-width: 56.25em)");

/** Take the parts that stand beside the guide into it: they stand where its slots of their names are. */
export function gather(guide) {
  for (const part of [...guide.parentNode.children]) {
    const slot = ["stage", "controls"].find((name) => part.classList.contains(name));
    if (!slot) continue;
    part.slot = slot;
    guide.append(part);
  }
}
