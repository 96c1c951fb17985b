/**
 * Dark or light: what the person chose in this browser, else what the system has; on a projector light, as long as
 * this tab is there. In which colors is kept in this browser, too. Runs before anything is drawn.
 */
(() => {
  const STORE = "tunnelscope:theme",
    PALETTE = "tunnelscope:palette",
    PROJECTOR = "tunnelscope:projector",
    EMBED = "tunnelscope:embed";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  let chosen;

  const read = (store, name) => {
    try {
      return window[store].getItem(name);
    } catch {
      return null;
    }
  };
  const write = (store, name, value) => {
    try {
      window[store].setItem(name, value);
    } catch { /* private mode: kept on screen only */ }
  };
  const tell = (name, detail) => window.dispatchEvent(new CustomEvent(name, { detail }));
  const show = () => {
    const both = [chosen, read("localStorage", STORE)];
    const wanted = both.find((theme) => theme === "dark" || theme === "light");
    const own = wanted ?? (system.matches ? "dark" : "light");
    const theme = root.dataset.projector === "yes" ? "light" : own;
    if (root.dataset.theme === theme) return;
    root.dataset.theme = theme;
    tell("ts-theme", theme);
  };
  const dress = (name) => {
    root.dataset.palette = ["contrast", "gray"].includes(name) ? name : "usual";
    tell("ts-palette", root.dataset.palette);
  };

  window.addEventListener("ts-choose-theme", (event) => {
    chosen = event.detail;
    write("localStorage", STORE, chosen);
    show();
  });
  window.addEventListener("ts-choose-palette", ({ detail }) => {
    write("localStorage", PALETTE, detail);
    dress(detail);
  });
  window.addEventListener("ts-choose-projector", ({ detail }) => {
    root.dataset.projector = detail;
    write("sessionStorage", PROJECTOR, detail);
    show();
    tell("ts-projector", detail);
  });
  window.addEventListener("storage", (event) => {
    if (event.key === PALETTE) dress(event.newValue);
    if (event.key !== STORE) return;
    chosen = undefined;
    show();
  });
  system.addEventListener("change", show);
  // In a frame of another page, as its address says at first: without the header, wherever a person goes there.
  const embed = new URLSearchParams(location.search).get("embed");
  const asked = embed !== null && !/^(0|false|no)$/.test(embed), inside = window !== window.top;
  if (asked && inside) write("sessionStorage", EMBED, "yes");
  const before = inside && read("sessionStorage", EMBED) === "yes";
  root.dataset.embed = asked || before ? "yes" : "no";
  dress(read("localStorage", PALETTE));
  root.dataset.projector = read("sessionStorage", PROJECTOR) === "yes" ? "yes" : "no";
  show();
})();
