import { embed } from "../embed.js";
import { whenPressed } from "../press.js";
import { say } from "../../words.js";

const NAMES = ["left", "inside", "right"];
const TOLD = [say("left"), say("inside"), say("right")], COLORS = ["density", "barrier", "real"];
const STYLES = ["solid", "dotted", "dashed"];

/** The probability of each region against time; a click goes to that time. */
export class Regions {
  constructor(root) {
    this.slot = root.querySelector(".slot");
    this.slot.insertAdjacentHTML(
      "beforebegin",
      `<div class="legend" aria-hidden="true">${
        TOLD.map((name, i) =>
          `<span style="--line: var(--ts-${COLORS[i]}); --style: ${STYLES[i]}">${name}</span>`
        ).join("")
      }</div>`,
    );
  }

  async mount({ regions }) {
    Object.assign(this, await embed(regions, this.slot));
    whenPressed(this.view, ({ x }) => x);
    this.sources.now.source.data = { t: new Float64Array(2), probability: Float64Array.of(0, 2) };
  }

  load({ runs: [run] }) {
    const { times, regions, units } = run, t = Float64Array.from(times);
    this.run = run;
    NAMES.forEach((name, side) => {
      const probability = Float64Array.from(t, (_, i) => regions[3 * i + side]);
      this.sources[name].source.data = { t, probability };
    });
    this.plot.x_range.setv({ start: 0, end: t.at(-1) });
    this.plot.y_range.setv({ start: 0, end: 1.04 });
    this.plot.below[0].axis_label = units[2] === "fs" ? "t (fs)" : "t";
  }

  draw({ time, still }) {
    if (still) return;
    const { source } = this.sources.now;
    source.data.t.fill(time);
    source.change.emit();
  }

  /** What is drawn now, for a table. */
  columns() {
    const data = (name) => this.sources[name].source.data;
    return [
      [this.plot.below[0].axis_label, data("left").t],
      ...NAMES.map((name, i) => [TOLD[i], data(name).probability]),
    ];
  }
}
