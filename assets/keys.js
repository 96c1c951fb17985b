const STORE = "tunnelscope:letters";

/** Whether letters and signs are keys, too: who dictates, or types by accident, can do without. */
export const letters = {
  get on() {
    try {
      return localStorage.getItem(STORE) !== "no";
    } catch {
      return true;
    }
  },
  set on(on) {
    try {
      localStorage.setItem(STORE, on ? "yes" : "no");
    } catch { /* private mode: they stay keys */ }
  },
};

/** What a key does that is pressed on the page, and not in a field or with another key; `acts` by key. */
export function actOf(event, acts, allowed = true) {
  const { key, ctrlKey, metaKey, altKey } = event, letter = key.length === 1;
  if (ctrlKey || metaKey || altKey || event.defaultPrevented || (letter && !allowed)) {
    return undefined;
  }
  if (event.composedPath()[0].closest?.("input, select, textarea, dialog")) return undefined;
  return acts[letter ? key.toLowerCase() : key];
}

/** Listen to keys as long as the part of this model is there; an act that tells `false` leaves the key to others. */
export function listen(model, acts) {
  const key = (event) => {
    const act = actOf(event, acts, letters.on);
    if (act && act() !== false) event.preventDefault();
  };
  document.addEventListener("keydown", key);
  model.on("remove", () => document.removeEventListener("keydown", key));
}
