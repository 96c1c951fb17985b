import { hold, spanOf } from "../axes.js";
import { areaTo0, insideOf } from "../barrier.js";
import { withUnit } from "../../files/table.js";
import { inWords } from "../../numbers.js";
import { embed } from "../embed.js";
import { NO_WAVE } from "../telling.js";
import { say } from "../../words.js";

/** Beyond any axis. */
const FAR = 1e4;

const HTML = `<p class="told">${
  say("Above zero probability flows to the right, below zero to the left.")
}</p>`;

const THROUGH = `<dl class="sum">
  <div><dt>${say("j at the barrier’s left end")}</dt><dd></dd></div>
  <div><dt>${say("at its right end")}</dt><dd></dd></div></dl><p class="told">${
  say(
    "The probability on the right grows at the rate of j at the right end, that on the left shrinks at the rate of j at the left end.",
  )
}</p>`;

/** j(x, t), and how much flows through both ends of the barrier. */
export class Current {
  constructor(root) {
    this.root = root;
    this.slot = root.querySelector(".slot");
    const slots = root.querySelector(".slots");
    slots.insertAdjacentHTML("beforebegin", HTML);
    slots.insertAdjacentHTML("afterend", THROUGH);
    this.parts = [slots, ...root.querySelectorAll(".sum, .told")];
    this.note = Object.assign(document.createElement("p"), { textContent: NO_WAVE });
    slots.before(this.note);
  }

  /** It is of the time on screen, though the server feeds it. */
  get moves() {
    return true;
  }

  async mount({ current }) {
    Object.assign(this, await embed(current, this.slot));
  }

  load({ runs: [run], block }) {
    const told = block.x !== undefined;
    Object.assign(this, { run, block, told });
    for (const part of this.parts) part.hidden = !told;
    this.note.hidden = told;
    if (told) this.lay(run, block);
  }

  set(name, data) {
    this.sources[name].source.data = data;
  }

  lay(run, block) {
    const { plot, run: { units } } = this, m = block.x.length;
    this.laid = block;
    let low = 0, high = 0;
    for (const j of block.current) {
      low = Math.min(low, j);
      high = Math.max(high, j);
    }
    const air = 0.08 * (high - low);
    this.set("inside", insideOf(run, FAR));
    this.set("current", areaTo0(block.x, new Float64Array(m)));
    plot.x_range.setv(spanOf([run]));
    hold(plot.y_range, low - air, high + air, run !== this.run);
    plot.below[0].axis_label = withUnit("x", "nm", units);
    plot.left[0].axis_label = withUnit("j", "1/fs", units);
  }

  draw({ frames: [i] = [0], still }) {
    const block = still ? still.blocks.current : this.block;
    if (!this.told || !block) return;
    if (this.laid !== block) this.lay(still ?? this.run, block);
    const { run: { units: [length, , time] } } = this, m = block.x.length;
    const { source } = this.sources.current, line = source.data.y;
    for (let j = 0; j < m; j++) line[2 * m - 1 - j] = block.current[i * m + j];
    source.change.emit();
    const unit = time === length ? "" : ` 1/${time}`;
    this.root.querySelectorAll("dd").forEach((part, end) => {
      const text = inWords(block.through[2 * i + end].toFixed(4)) + unit;
      if (part.textContent !== text) part.textContent = text;
    });
  }

  /** What is drawn now, for a table. */
  columns() {
    if (!this.told) return [];
    const { run: { units }, laid: { x } } = this, m = x.length;
    return [
      [withUnit("x", "nm", units), x],
      [withUnit("j", "1/fs", units), this.sources.current.source.data.y.slice(m).reverse()],
    ];
  }
}
