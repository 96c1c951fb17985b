const STORE = "tunnelscope:stay";

/** What a part of the page would lose when it is loaded again at the same address, kept for this once. */
export const stay = {
  all() {
    try {
      const { address, ...parts } = JSON.parse(sessionStorage.getItem(STORE)) ?? {};
      return address === location.search ? parts : {};
    } catch {
      return {};
    }
  },
  keep(part, value) {
    this.put({ ...this.all(), [part]: value });
  },
  /** What was kept for a part, which then is not kept any more. */
  take(part) {
    const { [part]: value, ...others } = this.all();
    if (value !== undefined) this.put(others);
    return value;
  },
  put(parts) {
    try {
      sessionStorage.setItem(STORE, JSON.stringify({ ...parts, address: location.search }));
    } catch { /* private mode: lost with the page */ }
  },
};
