/** What one part of the page tells another, without the server; each part is joined by itself. */
export function tell(name, detail) {
  window.dispatchEvent(new CustomEvent(`ts-${name}`, { detail }));
}

/** The same, kept on the document for a part that comes later. */
export function keep(name, detail) {
  if (kept(name) === detail) return;
  document.documentElement.dataset[name] = detail;
  tell(name, detail);
}

/** What was kept last under a name, if anything was. */
export const kept = (name) => document.documentElement.dataset[name];

/** Listen to other parts, {name: act}, as long as the part of this model is there. */
export function hear(model, acts) {
  const heard = Object.entries(acts).map(([name, act]) => [`ts-${name}`, (e) => act(e.detail)]);
  for (const [name, act] of heard) window.addEventListener(name, act);
  model.on("remove", () => {
    for (const [name, act] of heard) window.removeEventListener(name, act);
  });
}
