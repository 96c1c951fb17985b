import { say } from "../words.js";

/** What is to be done in the order in which it came; what fails is told, and the next is done. */
export class Inbox {
  constructor(tell) {
    this.tell = tell;
    this.last = Promise.resolve();
  }

  put(job) {
    this.last = this.last.then(() => this.attempt(job));
    return this.last;
  }

  /** Do this; what goes wrong is told, and stops nothing that comes after it. */
  async attempt(job) {
    try {
      await job();
    } catch (error) {
      this.fail(error);
    }
  }

  /** The same for what is done at once. */
  attemptNow(job) {
    try {
      job();
    } catch (error) {
      this.fail(error);
    }
  }

  fail(error) {
    console.warn(error);
    const why = error?.message ?? error;
    this.tell(say("This cannot be shown ({why}). Loading the page again may help.", { why }));
  }
}
