/** The language that the person chose in this browser, where the address names none. Runs before anything is drawn. */
(() => {
  let chosen;
  try {
    chosen = localStorage.getItem("tunnelscope:language");
  } catch { /* private mode: nothing was kept */ }
  const query = new URLSearchParams(location.search);
  if (!chosen || query.has("lang") || chosen === document.documentElement.lang) return;
  query.set("lang", chosen);
  location.replace(`?${query}`);
})();
