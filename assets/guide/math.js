let reader;

/** KaTeX, loaded once from this server, writes MathML: browsers draw it, screen readers read it. */
function loadMath(url) {
  reader ??= window.katex ? Promise.resolve() : new Promise((resolve) => {
    const script = document.createElement("script");
    Object.assign(script, { src: url, onload: resolve, onerror: resolve });
    document.head.append(script);
  });
  return reader;
}

export async function setMath(root, url) {
  const places = root.querySelectorAll(".math");
  if (!places.length) return;
  await loadMath(url);
  for (const place of places) {
    const displayMode = place.classList.contains("block");
    window.katex?.render(place.textContent, place, {
      output: "mathml",
      throwOnError: false,
      displayMode,
    });
  }
}
