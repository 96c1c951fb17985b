import { frameAt } from "./player.js";
import { clock } from "./telling.js";
import { say } from "../words.js";

/** A time in a link has been rounded; by less than this (fs). */
const LATE = 0.01;

/** Where a run starts that comes, and whether it plays: as one was left, as a link tells, or as the run before it. */
export class Start {
  constructor({ player, transport, looks, notices }) {
    Object.assign(this, { player, transport, looks, notices, resume: false });
  }

  /** The run stands still until the next is here, which goes on as it did. */
  hold() {
    this.resume ||= this.player.playing;
    this.player.playing = false;
  }

  /** Nothing goes on of what was. */
  forget() {
    this.resume = false;
  }

  /** A run is here: at the time and with the look of a page that was left, or of a link; else it may play by itself. */
  put(run, { time, look }, left, plays) {
    this.notices.tell("link", "");
    this.notices.tell("look", this.lookAs(left?.look ?? look ?? undefined));
    if (left) this.player.seek(frameAt(run.times, left.time));
    else if (typeof time === "number") this.standAt(time, run);
    else this.resume ||= plays;
    this.resume ||= left?.playing ?? false;
  }

  /** What of a look cannot be. */
  lookAs(text) {
    return text === undefined ? "" : this.looks.set(text);
  }

  /** At a time, fs. */
  standAt(time, { times, units }) {
    const end = times[times.length - 1], [asked, last] = [time, end].map((t) => clock(units, t, 2));
    this.player.playing = this.resume = false;
    this.player.seek(frameAt(times, time));
    if (time < end + LATE) return;
    this.notices.tell(
      "link",
      say("The link asks for {asked}: this run ends at {last}, which is shown.", { asked, last }),
    );
  }

  /** The page's run is here: do what was asked for meanwhile, or go on playing. */
  begin() {
    if (!this.transport.catchUp() && this.resume) this.player.play();
    this.resume = false;
  }
}
