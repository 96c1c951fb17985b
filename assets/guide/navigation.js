/** The links in the header; the guide follows them without loading the page again. */
export function render({ el }) {
  const nav = document.createElement("nav");
  nav.className = "ts-nav";
  nav.ariaLabel = "Pages";
  nav.innerHTML = '<a href="?">Lab</a><a href="?lessons">Lessons</a>';
  nav.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    window.dispatchEvent(new CustomEvent("ts-go", { detail: link.getAttribute("href") }));
  });
  el.append(nav);
}
