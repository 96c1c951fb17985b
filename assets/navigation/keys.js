/** What a key does that is pressed on the page, and not in a field or with another key; `acts` by key. */
export function actOf(event, acts) {
  const { key, ctrlKey, metaKey, altKey } = event;
  if (ctrlKey || metaKey || altKey || event.defaultPrevented) return undefined;
  if (event.composedPath()[0].closest?.("input, select, textarea, dialog")) return undefined;
  return acts[key.length === 1 ? key.toLowerCase() : key];
}

/** Listen to keys as long as the part of this model is there. */
export function listen(model, acts) {
  const key = (event) => {
    const act = actOf(event, acts);
    if (!act) return;
    event.preventDefault();
    act();
  };
  document.addEventListener("keydown", key);
  model.on("remove", () => document.removeEventListener("keydown", key));
}
