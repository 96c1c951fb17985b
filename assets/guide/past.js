import { keep } from "../between.js";

const STORE = "tunnelscope:past";

/** What of the lab's address says nothing of its settings. */
const BESIDE = ["show", "v", "t", "look", "embed", "lang"];

/** The address of the lab with all controls as they are at first, and the same cards. */
export function resetQuery(query) {
  const show = new URLSearchParams(query).get("show");
  return show === null ? "?" : `?${new URLSearchParams({ show })}`;
}

/** Whether an address sets any control. */
export const sets = (query) =>
  [...new URLSearchParams(query).keys()].some((name) => !BESIDE.includes(name));

/**
 * The changes of the lab, which are entries of the browser's history: what can be undone, and done again.
 *
 * An entry knows its place in a row of such changes; another page begins a row. The browser tells nobody what
 * comes after an entry: the last place of the row is kept here, for as long as the tab is there.
 */
export class Past {
  constructor() {
    this.row = this.here.row;
    this.last = Math.max(this.here.place, kept(this.row));
    this.tell();
  }

  get here() {
    const { row, place } = history.state ?? {};
    return Number.isInteger(place) ? { row, place } : { row: 0, place: 0 };
  }

  /** One more change in the lab. */
  push(address) {
    const { row, place } = this.here;
    this.enter({ row, place: place + 1 }, address);
  }

  /** Another page. */
  begin(address) {
    this.enter({ row: Date.now(), place: 0 }, address);
  }

  enter(state, address) {
    history.pushState(state, "", address);
    this.row = state.row;
    this.last = state.place;
    this.tell();
  }

  /** A person went back or on in the browser's history. */
  arrive() {
    const { row, place } = this.here;
    this.last = row === this.row ? Math.max(this.last, place) : place;
    this.row = row;
    this.tell();
  }

  go(by) {
    const to = this.here.place + by;
    if (to >= 0 && to <= this.last) history.go(by);
  }

  tell() {
    const { place } = this.here, can = (is) => is ? "yes" : "no";
    keep("undo", can(place > 0));
    keep("redo", can(place < this.last));
    keep("reset", can(sets(location.search)));
    try {
      sessionStorage.setItem(STORE, JSON.stringify([this.row, this.last]));
    } catch { /* private mode: after a reload only the browser's own buttons go on */ }
  }
}

/** The last place of this row, as far as it is kept. */
function kept(row) {
  try {
    const [of, last] = JSON.parse(sessionStorage.getItem(STORE)) ?? [];
    return of === row && Number.isInteger(last) ? last : 0;
  } catch {
    return 0;
  }
}
