/** Every element below root, shadow trees included, that matches. */
function* deep(root, selector) {
  yield* root.querySelectorAll(selector);
  for (const element of root.querySelectorAll("*")) {
    if (element.shadowRoot) yield* deep(element.shadowRoot, selector);
  }
}

/** Number entries and their arrows take their names from the slider that they belong to. */
function nameNumberEntries() {
  for (const slider of deep(document, "input[type=range][aria-label]")) {
    const shadow = slider.getRootNode();
    const name = slider.getAttribute("aria-label").replace(/ \(.*/, "").toLowerCase();
    const entry = shadow.querySelector?.("input[type=text]");
    if (!entry || entry.ariaLabel) continue;
    entry.setAttribute("aria-label", `Type the ${name}`);
    shadow.querySelectorAll("button:not([aria-label])").forEach((button, i) => {
      button.title ||= `${["Raise", "Lower", "About"][i] ?? "More about"} the ${name}`;
    });
  }
  for (const bar of deep(document, "[role=progressbar]:not([aria-label])")) bar.ariaLabel = "Busy";
  for (const hint of deep(document, "span[aria-label]:not([role])")) hint.setAttribute("role", "img");
}
