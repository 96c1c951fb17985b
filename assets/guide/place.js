/** Scroll back to the start of the page, whichever part of the page around the element it is that scrolls. */
export function toTop(element) {
  for (let outer = element; outer; outer = outer.parentNode ?? outer.host) {
    if (outer.scrollTop) outer.scrollTop = 0;
  }
}
