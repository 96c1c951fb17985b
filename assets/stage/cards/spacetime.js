import { withUnit } from "../../files/table.js";
import { spanOf } from "../axes.js";
import { pathsOf } from "../classical.js";
import { embed } from "../embed.js";
import { frameAt } from "../player.js";
import { whenPressed } from "../press.js";
import { say } from "../../words.js";

/** Beyond any axis. */
const FAR = 1e3;

/** Points of psi that make one of the map. */
const WIDE = 2;

/** |psi(x, t)|^2 with the paths of classical particles; a click goes to that time. */
export class SpaceTime {
  constructor(root) {
    this.slot = root.querySelector(".slot");
    this.slot.insertAdjacentHTML(
      "beforebegin",
      `<div class="legend" aria-hidden="true"><span style="--line: var(--ts-energy); --style: dashed">${
        say(
          "classical particles from the packet’s middle, as fast as E₀, and one and two standard deviations of k slower and faster",
        )
      }</span>
      <span class="shade" style="--line: var(--ts-density); --style: solid">${
        say("the shade follows |ψ|, so that faint parts are seen")
      }</span></div>`,
    );
  }

  async mount({ spacetime }) {
    Object.assign(this, await embed(spacetime, this.slot));
    whenPressed(this.view, ({ y }) => y);
    this.set("now", { x: Float64Array.of(-FAR, FAR), t: new Float64Array(2) });
  }

  load({ runs: [run] }) {
    const { times, units, support: [a, b], hbar } = run, end = times[times.length - 1];
    this.run = run;
    this.set("edges", { x: [a, b], t: [-FAR, -FAR], x1: [a, b], t1: [FAR, FAR] });
    this.set("map", mapOf(run, this.sources.map.source.data));
    const paths = hbar ? pathsOf(run) : [];
    this.set("paths", { xs: paths, ys: paths.map(() => Array.from(times)) });
    this.plot.x_range.setv(spanOf([run]));
    this.plot.y_range.setv({ start: 0, end });
    const [length, energy, time] = units;
    this.plot.below[0].axis_label = energy === length ? "x" : `x (${length})`;
    this.plot.left[0].axis_label = time === "fs" ? "t (fs)" : "t";
  }

  set(name, data) {
    this.sources[name].source.data = data;
  }

  draw({ time, still }) {
    if (still) return;
    const { source } = this.sources.now;
    source.data.t.fill(time);
    source.change.emit();
  }

  /** What is drawn now, for a table: |psi|^2 of each cell of the map. */
  columns() {
    const { x, times, re, im, psi_scale: scale, units } = this.run;
    const wide = Math.floor(x.length / WIDE), cells = Array.from({ length: times.length * wide });
    const first = (i) => Math.floor(i / wide) * x.length + (i % wide) * WIDE;
    const density = (_, i) => {
      let sum = 0;
      for (let j = first(i); j < first(i) + WIDE; j++) sum += re[j] ** 2 + im[j] ** 2;
      return sum * scale ** 2 / WIDE;
    };
    const middle = (WIDE - 1) / 2 * (x[1] - x[0]);
    return [
      [this.plot.below[0].axis_label, cells.map((_, i) => x[(i % wide) * WIDE] + middle)],
      [this.plot.left[0].axis_label, cells.map((_, i) => times[Math.floor(i / wide)])],
      [withUnit("|ψ|²", "1/nm", units), cells.map(density)],
    ];
  }
}

/** The frame that is nearest to a time. */
function nearest(times, time) {
  const i = frameAt(times, time);
  return i + 1 < times.length && times[i + 1] - time < time - times[i] ? i + 1 : i;
}

/**
 * The image's source: rows of even time, each of the nearest frame, for frames are not as even.
 *
 * A cell is the root of the density of two points beside each other, the most of all 1.
 */
function mapOf({ x, re, im, times }, { image: [{ constructor: Shaped }] }) {
  const columns = Math.floor(x.length / WIDE), rows = times.length;
  // Trap: Bokeh's own array class carries the shape; it takes a length and a shape, and is not exported.
  const image = new Shaped(rows * columns, [rows, columns]);
  const dx = x[1] - x[0], dt = times[rows - 1] / (rows - 1);
  let most = 0;
  for (let row = 0; row < rows; row++) {
    const frame = nearest(times, row * dt);
    for (let column = 0; column < columns; column++) {
      let density = 0;
      for (let j = 0; j < WIDE; j++) {
        const at = frame * x.length + column * WIDE + j;
        density += re[at] ** 2 + im[at] ** 2;
      }
      image[row * columns + column] = density;
      most = Math.max(most, density);
    }
  }
  for (let i = 0; i < image.length; i++) image[i] = Math.sqrt(image[i] / most);
  return {
    image: [image],
    x: [x[0] - dx / 2],
    y: [-dt / 2],
    dw: [dx * WIDE * columns],
    dh: [dt * rows],
  };
}
