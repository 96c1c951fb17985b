const STORE = "tunnelscope:lessons";

/** What this browser remembers: {lesson: {step: {answer, done}}}. No account, nothing sent. */
export const progress = {
  all() {
    try {
      return JSON.parse(localStorage.getItem(STORE)) ?? {};
    } catch {
      return {};
    }
  },
  step(slug, number) {
    return this.all()[slug]?.[number] ?? {};
  },
  keep(slug, number, values) {
    const all = this.all();
    all[slug] = { ...all[slug], [number]: { ...all[slug]?.[number], ...values } };
    try {
      localStorage.setItem(STORE, JSON.stringify(all));
    } catch { /* private mode: kept on screen only */ }
  },
  done(slug) {
    return Object.values(this.all()[slug] ?? {}).filter(({ done }) => done).length;
  },
  /** How many steps of a lesson have an answer or are done. */
  begun(slug) {
    return Object.keys(this.all()[slug] ?? {}).length;
  },
  /** Forget a step, or without its number the whole lesson. */
  forget(slug, number) {
    const { [slug]: steps = {}, ...rest } = this.all(), { [number]: _gone, ...others } = steps;
    const kept = number !== undefined && Object.keys(others).length
      ? { ...rest, [slug]: others }
      : rest;
    try {
      localStorage.setItem(STORE, JSON.stringify(kept));
    } catch { /* nothing was kept */ }
  },
};
