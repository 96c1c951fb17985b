import { language, say } from "../words.js";

/** What the server tells of the run of a link, asked for below the page's own address. */
export class Server {
  constructor(model) {
    this.base = new URL("../files/", new URL(model.esm, document.baseURI));
  }

  /** What it says is in the language of the page. */
  address(name, query) {
    const address = Object.assign(new URL(name, this.base), { search: query });
    address.searchParams.set("lang", language);
    return address;
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
