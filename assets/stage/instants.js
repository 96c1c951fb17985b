import { Cloud } from "./cloud.js";
import { frameAt } from "./player.js";

/** What is drawn of an instant, on the cards and in the numbers beside them. */
export class Instants {
  constructor({ deck, heading, fates, stack, pin }) {
    Object.assign(this, { deck, heading, fates, stack, pin });
  }

  /** The scene at a time. */
  draw({ runs }, { time, playing }, withheld) {
    const frames = runs.map(({ times }) => frameAt(times, time)), { behind: pinned } = this.pin;
    const instant = this.of(runs[0], runs[0].times[frames[0]]);
    const at = { time, frames, withheld, pinned, ...instant };
    this.heading.pin(pinned);
    this.heading.race(at.free);
    this.deck.draw(at, playing);
    this.fates.draw(at, playing);
  }

  /** One instant of a run that is not the scene's, while a control moves. */
  preview(still) {
    const at = { still, ...this.of(still, still.time) };
    this.deck.draw(at, true);
    this.fates.draw(at);
  }

  /** What a person wants to see with it; the free packet runs behind the wave beside its times. */
  of(run, time) {
    const { deck: { shown }, heading: { show }, stack } = this;
    const classical = this.cloudOf(run, time), free = shown.includes("times");
    return { show, classical, stacked: stack.above, free };
  }

  /** Classical particles at a time, where a person wants to see them. */
  cloudOf(run, time) {
    const wanted = this.heading.show.classical && this.deck.shown.includes("phase space");
    if (!wanted) this.cloud = undefined;
    else if (this.cloud?.run !== run) this.cloud = new Cloud(run);
    return this.cloud?.at(time);
  }
}
