const SUN = "M12 7a5 5 0 1 0 0 10a5 5 0 0 0 0-10zM11 1h2v4h-2zM11 19h2v4h-2zM1 11h4v2H1zM19 11h4v2h-4z";
const MOON = "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z";

/** The button that turns the page dark or light. */
function themeButton() {
  const button = document.createElement("button"), root = document.documentElement;
  Object.assign(button, { type: "button", ariaLabel: "Dark theme", title: "Dark theme" });
  const show = () => {
    const dark = root.dataset.theme === "dark";
    button.ariaPressed = dark;
    button.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${dark ? MOON : SUN}"/></svg>`;
  };
  button.addEventListener("click", () => {
    const detail = root.dataset.theme === "dark" ? "light" : "dark";
    window.dispatchEvent(new CustomEvent("ts-choose-theme", { detail }));
  });
  show();
  return { button, show };
}

/** The links in the header; the guide follows them without loading the page again. */
export function render({ model, el }) {
  const nav = document.createElement("nav"), theme = themeButton();
  nav.className = "ts-nav";
  nav.ariaLabel = "Pages";
  nav.innerHTML = '<button type="button" class="skip">Skip to the figure</button><a href="?">Lab</a><a href="?lessons">Lessons</a>';
  nav.querySelector(".skip").addEventListener("click", () => window.dispatchEvent(new CustomEvent("ts-skip")));
  nav.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    window.dispatchEvent(new CustomEvent("ts-go", { detail: link.getAttribute("href") }));
  });
  window.addEventListener("ts-theme", theme.show);
  model.on("remove", () => window.removeEventListener("ts-theme", theme.show));
  const bar = document.createElement("div");
  bar.className = "ts-bar";
  bar.append(nav, theme.button);
  el.append(bar);
}
