import { keep, kept, tell } from "../between.js";
import { goOnWith } from "./merge.js";
import { Letters } from "./letters.js";

/** Milliseconds: until a person is told that no answer comes, until that is looked into, of a look. */
const SLOW = 2000, SILENT = 5000, LOOK = 3000;
/** Between two looks for the server, longer and longer; each page takes a little of its own. */
const PAUSES = [400, 800, 1500, 2500];
/** So many looks in vain, and the line is given up: it may be this line alone that is dead. */
const LOOKS = 2;
/** A clock that jumps by more than this has slept. */
const SLEPT = 15000;

/** The connection to the server: "open", "slow" or "lost", kept as `line` for all parts of the page. */
export class Line {
  constructor(document) {
    this.letters = new Letters(() => this.answered());
    goOnWith(document, () => this.miss());
    document.on_event("connection_lost", (_, event) => this.lose(event));
    document.on_event("client_reconnected", () => this.open());
    this.tick = this.tick.bind(this);
    this.wake = this.wake.bind(this);
    this.timer = setInterval(this.tick, 500);
    window.addEventListener("online", this.wake);
    globalThis.document.addEventListener("visibilitychange", this.wake);
    this.before = Date.now();
    this.looks = 0;
    keep("line", "open");
  }

  remove() {
    clearInterval(this.timer);
    window.removeEventListener("online", this.wake);
    globalThis.document.removeEventListener("visibilitychange", this.wake);
  }

  get lost() {
    return kept("line") === "lost";
  }

  answered() {
    this.looks = 0;
    if (!this.lost) keep("line", "open");
    tell("answered");
  }

  /** Look how long the oldest letter waits, and whether this computer was asleep. */
  tick() {
    const now = Date.now(), slept = now - this.before > SLEPT, { waiting } = this.letters;
    this.before = now;
    if (this.lost) return;
    if (slept && !globalThis.document.hidden) {
      this.looks = LOOKS;
      this.letters.ask();
    }
    if (waiting > SLOW) keep("line", "slow");
    if (waiting > SILENT) this.doubt();
  }

  /** Somebody looks at the page again, or there is a network again. */
  wake() {
    if (globalThis.document.hidden) return;
    if (this.lost) this.hurry?.();
    else this.letters.ask();
  }

  /** Nobody answers here: a server that answers elsewhere means that this line is dead. */
  async doubt() {
    if (this.looking) return;
    this.looking = true;
    if (this.looks < LOOKS) this.looks = await look() === "silent" ? this.looks + 1 : LOOKS;
    this.looking = false;
    if (this.looks >= LOOKS && !this.lost && this.letters.waiting > SILENT) this.letters.hangUp();
  }

  /** The server made a new session for this page, which cannot show it. */
  miss() {
    this.strange = true;
    this.failed?.();
  }

  open() {
    if (this.strange) return;
    this.looks = 0;
    this.letters.through = true;
    keep("line", "open");
    tell("again");
    if (!this.letters.waiting) tell("answered");
  }

  lose(event) {
    this.letters.cut();
    this.event = event;
    this.failed?.();
    keep("line", "lost");
    if (!this.seeking) this.seek();
  }

  /** Look for the server until it is there; take up the line, or begin anew where the page was. */
  async seek() {
    this.seeking = true;
    for (let i = 0; this.lost; i++) {
      await this.pause(PAUSES[Math.min(i, PAUSES.length - 1)]);
      // A look may go out on a connection that is dead, too; a line that is taken up is new.
      if (await look() === "gone" || !this.lost) continue;
      if (!await this.takeUp() && await look() === "there") {
        this.beginAnew();
        return;
      }
    }
    this.seeking = false;
  }

  /** Whether the server knows this page still. */
  async takeUp() {
    this.event.reconnect();
    const failed = new Promise((resolve) => this.failed = resolve);
    const opened = new Promise((resolve) => this.opened = resolve);
    const watch = setInterval(() => this.lost || this.opened(true), 50);
    const known = await Promise.race([failed, opened, wait(LOOK)]);
    clearInterval(watch);
    this.failed = undefined;
    return Boolean(known) && !this.strange;
  }

  /** The server has forgotten this page: load it again, with what only the browser knows. */
  beginAnew() {
    keep("line", "back");
    deepest()?.blur();
    tell("leave");
    location.reload();
  }

  pause(milliseconds) {
    const own = milliseconds * (0.75 + Math.random() / 2);
    return Promise.race([wait(own), new Promise((resolve) => this.hurry = resolve)]);
  }
}

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Whether a server is "there", none is ("gone"), or none answers ("silent"). */
async function look() {
  try {
    const signal = AbortSignal.timeout(LOOK);
    const { ok } = await fetch(location.href, { method: "HEAD", cache: "no-store", signal });
    return ok ? "there" : "gone";
  } catch (error) {
    return error.name === "TimeoutError" ? "silent" : "gone";
  }
}

/** What has the focus: to leave it enters what is typed. */
function deepest(root = document) {
  const { activeElement } = root;
  return activeElement?.shadowRoot ? deepest(activeElement.shadowRoot) : activeElement;
}
