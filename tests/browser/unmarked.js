// Every text of the page that a person reads or hears, each with where it stands.
() => {
  const SAID = ["aria-label", "aria-valuetext", "alt", "title", "placeholder"];
  const PASSED = "script, style, noscript, kbd, pre, code, math, .katex, textarea, option[lang], title";
  const found = [];
  const note = (text, element) => {
    const place = `${element.tagName.toLowerCase()}.${element.className?.baseVal ?? element.className}`;
    if (text?.trim()) found.push([text.trim().replace(/\s+/g, " "), place]);
  };
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return note(node.data, node.parentElement ?? node.getRootNode().host);
    if (node.matches?.(PASSED)) return undefined;
    // A title whose end may be left out is one text in two elements.
    if (node.querySelector?.(":scope > .more")) return note(node.textContent, node);
    for (const name of SAID) {
      if (node.hasAttribute?.(name)) note(node.getAttribute(name), node);
    }
    if (node.shadowRoot) walk(node.shadowRoot);
    for (const child of node.childNodes) walk(child);
    return undefined;
  };
  walk(document.documentElement);
  note(document.title, document.head);
  const views = globalThis.Bokeh ? [...(Bokeh.index.roots ?? Object.values(Bokeh.index))] : [];
  for (const { model } of views) {
    for (const one of model?.references?.() ?? []) if (typeof one.axis_label === "string") found.push([one.axis_label, "axis"]);
  }
  return found;
};
