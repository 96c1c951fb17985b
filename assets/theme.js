/** Dark or light: what the person chose in this browser, else what the system has. Runs before anything is drawn. */
(() => {
  const STORE = "tunnelscope:theme", root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  let chosen;

  const kept = () => {
    try {
      return localStorage.getItem(STORE);
    } catch {
      return null;
    }
  };
  const show = () => {
    const wanted = [chosen, kept()].find((theme) => theme === "dark" || theme === "light");
    const theme = wanted ?? (system.matches ? "dark" : "light");
    if (root.dataset.theme === theme) return;
    root.dataset.theme = theme;
    window.dispatchEvent(new CustomEvent("ts-theme", { detail: theme }));
  };

  window.addEventListener("ts-choose-theme", (event) => {
    chosen = event.detail;
    try {
      localStorage.setItem(STORE, chosen);
    } catch { /* private mode: kept on screen only */ }
    show();
  });
  window.addEventListener("storage", (event) => {
    if (event.key !== STORE) return;
    chosen = undefined;
    show();
  });
  system.addEventListener("change", show);
  show();
})();
