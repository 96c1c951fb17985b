import { say } from "../words.js";

/** Behind which byte a file follows, and behind which a sentence why there is none. */
const DONE = 100, FAILED = 255;

/** What comes while a file is made: bytes up to 99 are percents, one of these two ends them. */
export class Made {
  constructor() {
    Object.assign(this, { percent: 0, end: undefined, parts: [] });
  }

  take(bytes) {
    let at = 0;
    while (this.end === undefined && at < bytes.length) {
      const byte = bytes[at++];
      if (byte < DONE) this.percent = byte;
      else this.end = byte;
    }
    if (at < bytes.length) this.parts.push(bytes.subarray(at));
  }

  /** The file; an error says why there is none. */
  async content() {
    const whole = new Blob(this.parts);
    if (this.end === DONE) return whole;
    const why = this.end === FAILED ? await whole.text() : "";
    throw new Error(why || say("The server failed at this; its log says why."));
  }
}

/** A file from the server, which tells how much of it is made; `signal` gives it up. */
export async function make(address, signal, tell) {
  const made = new Made();
  try {
    const reader = (await fetch(address, { signal })).body.getReader();
    for (let got = await reader.read(); !got.done; got = await reader.read()) {
      made.take(got.value);
      tell(made.percent);
    }
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new Error(say("The server does not answer. Try again in a moment."), { cause });
  }
  return made.content();
}
