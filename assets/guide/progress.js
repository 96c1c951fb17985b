const STORE = "tunnelscope:lessons";

/** What this browser remembers: {lesson: {step: {answer, right, done}}}. No account, nothing sent. */
const progress = {
  all() {
    try { return JSON.parse(localStorage.getItem(STORE)) ?? {}; } catch { return {}; }
  },
  step(slug, number) { return this.all()[slug]?.[number] ?? {}; },
  keep(slug, number, values) {
    const all = this.all();
    all[slug] = { ...all[slug], [number]: { ...all[slug]?.[number], ...values } };
    try { localStorage.setItem(STORE, JSON.stringify(all)); } catch { /* private mode: kept on screen only */ }
  },
  done(slug) { return Object.values(this.all()[slug] ?? {}).filter(({ done }) => done).length; },
  forget(slug) {
    const { [slug]: gone, ...rest } = this.all();
    try { localStorage.setItem(STORE, JSON.stringify(rest)); } catch { /* nothing was kept */ }
  },
};
