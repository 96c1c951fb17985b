const STORE = "tunnelscope:mystery";

/** So many barriers are remembered. */
const MOST = 12;

/** The rows of a trial that the server needs to know it again. */
const rowOf = ({ energy, sigma, direction, shots, right }) => ({
  energy,
  sigma,
  direction,
  shots,
  right,
});

/** The trials and the proposal of each barrier, by the word of its link, in this browser only. */
export const notebooks = {
  all() {
    try {
      const all = JSON.parse(localStorage.getItem(STORE));
      return Array.isArray(all) ? all : [];
    } catch {
      return [];
    }
  },
  of(word) {
    const { trials = [], proposal = null } = this.all().find((one) => one.word === word) ?? {};
    return { word, trials, proposal };
  },
  keep({ word, trials, reveal }) {
    const others = this.all().filter((one) => one.word !== word);
    const own = { word, trials: trials.map(rowOf), proposal: reveal?.guess ?? null };
    try {
      localStorage.setItem(STORE, JSON.stringify([own, ...others].slice(0, MOST)));
    } catch { /* private mode: kept on screen only */ }
  },
};
