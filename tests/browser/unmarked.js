// Every text of the page that a person reads or hears, each with where it stands.
() => {
  const SAID = ["aria-label", "aria-valuetext", "alt", "title", "placeholder"];
  const PASSED =
    "script, style, noscript, kbd, pre, code, code + small, math, .math, textarea, option[lang], title";
  const WHOLE = "p, li, td, th, h1, h2, h3, h4, dt, dd, summary, legend, label, figcaption, .ask";
  const PARTED = "p, li, td, ul, ol, table, div, section, svg, select, input, button, details";
  const found = [];
  const note = (text, element) => {
    const place = `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}`;
    const plain = text?.trim().replace(/\s+/g, " ");
    if (plain) found.push([plain, place]);
  };
  // A sentence with formulas, bold words or values in it is one text.
  const whole = (node) => {
    const copy = node.cloneNode(true);
    for (const passed of copy.querySelectorAll(PASSED)) passed.replaceWith(" ");
    note(copy.textContent, node);
  };
  const walk = (node, told = false) => {
    if (node.nodeType === Node.TEXT_NODE) {
      if (!told) note(node.data, node.parentElement ?? node.getRootNode().host);
      return;
    }
    if (node.matches?.(PASSED)) return;
    for (const name of SAID) if (node.hasAttribute?.(name)) note(node.getAttribute(name), node);
    const one = !told && node.matches?.(WHOLE) && !node.querySelector(PARTED);
    if (one) whole(node);
    if (node.shadowRoot) walk(node.shadowRoot);
    for (const child of node.childNodes) walk(child, told || one);
  };
  walk(document.documentElement);
  note(document.title, document.head);
  const views = globalThis.Bokeh ? [...(Bokeh.index.roots ?? Object.values(Bokeh.index))] : [];
  for (const { model } of views) {
    for (const { axis_label: label } of model?.references?.() ?? []) {
      if (typeof label === "string") found.push([label, "axis"]);
    }
  }
  return found;
};
