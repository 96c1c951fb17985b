import { kept, tell } from "../between.js";
import { linkIn } from "./marks.js";
import { say } from "../words.js";

/** Bytes of a file at most, and of a text that is no picture or table. */
const LARGEST = 32 * 2 ** 20, LONGEST = 4000;

/** The link in a file of ours; an error says in a sentence why there is none. */
export async function linkOf(file, server) {
  if (file.size > LARGEST) {
    throw new Error(say("“{name}” is larger than any file of Tunnelscope.", file));
  }
  const link = linkIn(new Uint8Array(await file.arrayBuffer()));
  if (link) return link;
  const text = await file.text();
  if (file.size > LONGEST || text.includes("\0")) {
    throw new Error(say("“{name}” carries no state of the lab.", file));
  }
  const found = await server.ask("opened", new URLSearchParams({ text }));
  return withViews(found.link);
}

/** A run of which nobody says what is shown below: that stays as it is. */
function withViews(link) {
  if (new URLSearchParams(link).has("v")) return link;
  const show = new URLSearchParams(location.search).get("show");
  if (show === null) return link;
  return `${link}${link === "?" ? "" : "&"}${new URLSearchParams({ show })}`;
}

/** Files that are dropped on the lab are opened; while one is held over it, it says so. */
export class Drop {
  constructor(root, open) {
    Object.assign(this, { root, open });
    this.acts = {
      dragover: (event) => this.over(event),
      dragleave: (event) => event.relatedTarget ?? this.mark(false),
      drop: (event) => this.take(event),
    };
    for (const [name, act] of Object.entries(this.acts)) window.addEventListener(name, act);
  }

  remove() {
    for (const [name, act] of Object.entries(this.acts)) window.removeEventListener(name, act);
  }

  mark(held) {
    this.root.classList.toggle("held", held);
  }

  over(event) {
    if (kept("page") !== "lab" || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.mark(true);
  }

  take(event) {
    this.mark(false);
    const [file] = event.dataTransfer?.files ?? [];
    if (kept("page") !== "lab" || !file) return;
    event.preventDefault();
    this.open(file);
  }
}

export const goTo = (link) => tell("go", link);
