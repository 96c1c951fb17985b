import { say } from "../words.js";

/** What the server tells of the run of a link, asked for below the page's own address. */
export class Server {
  constructor(model) {
    this.base = new URL("../files/", new URL(model.esm, document.baseURI));
  }

  address(name, query) {
    return Object.assign(new URL(name, this.base), { search: query });
  }

  /** An answer; an error says in a sentence why there is none. */
  async ask(name, query) {
    const answer = await fetch(this.address(name, query)).catch(() => undefined);
    const found = await answer?.json().catch(() => undefined);
    if (!found) throw new Error(say("The server does not answer. Try again in a moment."));
    if (found.fault) throw new Error(found.fault);
    return found;
  }
}
