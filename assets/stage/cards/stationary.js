import { insideOf } from "../barrier.js";
import { embed } from "../embed.js";
import { theory } from "../telling.js";
import { fixed, say, written } from "../../words.js";

const PARTS = {
  incident: say("incoming"),
  reflected: say("reflected"),
  transmitted: say("transmitted"),
  sum: say("sum"),
};
const SHOWN = ["sum"];

const toggleHtml = ([part, label]) =>
  `<button type="button" class="toggle" data-part-of="${part}" aria-pressed="${
    SHOWN.includes(part)
  }">Re ψ: ${label}</button>`;

const HTML = `<div class="toggles" role="group" aria-label="${say("Waves to show")}">${
  Object.entries(PARTS).map(toggleHtml).join("")
}</div><div class="legend">${
  Object.entries(PARTS).map(([part, label]) => `<span class="of-${part}">Re ψ, ${label}</span>`)
    .join(
      "",
    )
}<span class="density">${say("|ψ|² of the sum")}</span><span class="packets">${
  say("packets of any width")
}</span>
  <span class="limit">T(E₀)</span></div>`;

/** Beyond any axis. */
const FAR = 1e3;
/** Less of a reflected wave, or of a difference in speed, is none. */
const SEEN = 1e-3;
/** |psi|^2 is shown up to here, where 4 is the most that two waves of amplitude 1 make. */
const MOST = 4.4, HIGHEST = 12;

/** The stationary state turns with exp(-iEt/hbar), and packets come to it as they grow wider. */
export class Stationary {
  constructor(root) {
    this.root = root;
    root.querySelector("header").insertAdjacentHTML("afterend", HTML);
    root.querySelector(".slots").insertAdjacentHTML("afterend", `<div class="told"></div>`);
    for (const button of root.querySelectorAll("[data-part-of]")) {
      button.addEventListener("click", () => this.turn(button));
    }
  }

  async mount(items) {
    this.figures = {};
    for (const [name, item] of Object.entries(items)) {
      const slot = this.root.querySelector(`[data-slot="${name}"]`);
      this.figures[name] = await embed(item, slot);
    }
  }

  turn(button) {
    button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") !== "true");
    this.choose();
    if (this.at) this.draw(this.at);
  }

  shows(part) {
    const button = this.root.querySelector(`[data-part-of="${part}"]`);
    return button.getAttribute("aria-pressed") === "true";
  }

  load({ runs: [run], block }) {
    this.run = run;
    this.parts = partsOf(block, run.support);
    this.lay(run, block);
    this.approach(run, block);
    this.choose();
    const told = sentences(block).map((text) =>
      Object.assign(document.createElement("p"), { textContent: text })
    );
    this.root.querySelector(".told").replaceChildren(...told);
    this.block = block;
  }

  set(figure, name, data) {
    this.figures[figure].sources[name].source.data = data;
  }

  /** What does not move. */
  lay(run, { x, re, im }) {
    const { plot } = this.figures.stationary, places = Float64Array.from(x);
    const density = places.map((_, j) => re[j] ** 2 + im[j] ** 2);
    this.set("stationary", "inside", insideOf(run, FAR));
    this.set("stationary", "density", {
      x: [...places, ...places.toReversed()],
      y: [...density, ...density.map(() => 0)],
    });
    this.data = {};
    for (const part of Object.keys(PARTS)) {
      this.data[part] = { x: places, psi: new Float64Array(x.length) };
      this.set("stationary", part, this.data[part]);
    }
    const highest = density.reduce((a, b) => Math.max(a, b), 0);
    const end = Math.min(HIGHEST, Math.max(MOST, 1.05 * highest));
    plot.x_range.setv({ start: x[0], end: x[x.length - 1] });
    plot.y_range.setv({ start: -2.3, end });
    plot.below[0].axis_label = inUnit("x", run.units);
  }

  approach(run, { sigma, transmitted, transmission, packet, width }) {
    const { plot } = this.figures.approach, widths = Float64Array.from(sigma);
    const ends = [widths[0], widths.at(-1)];
    this.set("approach", "limit", { sigma: ends, share: [transmission, transmission] });
    this.set("approach", "packets", { sigma: widths, share: Float64Array.from(transmitted) });
    this.set("approach", "here", { sigma: [width], share: [packet] });
    const all = [...transmitted, transmission, packet];
    const low = Math.min(...all), high = Math.max(...all);
    const air = Math.max(0.15 * (high - low), 0.02 * high, 1e-12);
    plot.x_range.setv({ start: ends[0] / 1.1, end: ends[1] });
    plot.y_range.setv({ start: Math.max(0, low - air), end: Math.min(1.02, high + air) });
    plot.below[0].axis_label = inUnit(say("packet width σ"), run.units);
  }

  /** Which of the waves are shown. */
  choose() {
    for (const part of Object.keys(PARTS)) {
      const on = this.shows(part), { renderer } = this.figures.stationary.sources[part];
      renderer.visible = on;
      this.root.querySelector(`.legend .of-${part}`).hidden = !on;
    }
  }

  draw(at) {
    if (at.still) return;
    this.at = at;
    const { energy, hbar } = this.run, angle = (energy * at.time / hbar) % (2 * Math.PI);
    const cos = Math.cos(angle), sin = Math.sin(angle);
    for (const [part, [re, im]] of Object.entries(this.parts)) {
      if (!this.shows(part)) continue;
      const { psi } = this.data[part];
      for (let j = 0; j < psi.length; j++) psi[j] = re[j] * cos + im[j] * sin;
      this.figures.stationary.sources[part].source.change.emit();
    }
  }

  /** What is drawn now, for a table. */
  columns() {
    const { block: { x, re, im, sigma, transmitted }, run: { units }, data } = this;
    const shown = Object.entries(PARTS).filter(([part]) => this.shows(part));
    return [
      [inUnit("x", units), x],
      ["|psi|^2", x.map((_, j) => re[j] ** 2 + im[j] ** 2)],
      ...shown.map(([part, label]) => [`Re psi, ${label}`, data[part].psi]),
      [inUnit(say("packet width"), units), sigma],
      [say("transmitted"), transmitted],
    ];
  }
}

/** A name with its unit; natural units have no name. */
const inUnit = (name, [length, energy]) => (length === energy ? name : `${name} (${length})`);

/** Re and Im of each wave at t = 0; outside the barrier alone are there an incoming and a reflected one. */
export function partsOf({ x, re, im, k }, [a, b]) {
  const near = k > 0 ? (at) => at < a : (at) => at > b,
    far = k > 0 ? (at) => at > b : (at) => at < a;
  const where = (inside, value) => Float64Array.from(x, (at, j) => inside(at) ? value(at, j) : NaN);
  const coming = [where(near, (at) => Math.cos(k * at)), where(near, (at) => Math.sin(k * at))];
  const whole = [re, im];
  return {
    incident: coming,
    reflected: whole.map((part, i) => where(near, (_, j) => part[j] - coming[i][j])),
    transmitted: whole.map((part) => where(far, (_, j) => part[j])),
    sum: whole,
  };
}

/** |psi|^2, which no line may end within. */
const DENSITY = "|\u2060ψ|²";

/** What the figures say in words. */
export function sentences({ r, transmission, goes_on, faster, packet }) {
  const [low, high] = [(1 - r) ** 2, (1 + r) ** 2].map((value) => fixed(value, 2));
  const pattern = r < SEEN
    ? say(
      "Nothing comes back, so there is no pattern before the barrier: {density} is 1 everywhere there.",
      { density: DENSITY },
    )
    : say(
      "Before the barrier incoming and reflected wave together make a standing pattern: {density} goes from {low} to {high}, and does not move although both waves do.",
      { density: DENSITY, low, high },
    );
  const current = goes_on
    ? say("The current is the same at every place: T(E₀) = {part} of the incoming one.", {
      part: theory(transmission),
    })
    : say(
      "At this energy nothing can go on behind the barrier: the wave dies out there, and no current flows.",
    );
  const speed = goes_on && Math.abs(faster - 1) > SEEN
    ? say(
      "Behind it the wave is {times} times as fast, so {density} is not T: T is of currents.",
      { times: written(faster.toPrecision(3)), density: DENSITY },
    )
    : "";
  const even = r < SEEN
    ? ""
    : say("It is reflected even so: not because its energies differ, but because it is a wave.");
  const sent = say(
    "A plane wave has been everywhere, always: no particle comes or goes in it. An electron that is sent is a packet; of this one {part} gets through. The wider a packet is, the fewer energies it has, and the nearer it comes to T(E₀).",
    { part: theory(packet) },
  );
  const together = (...said) => said.filter(Boolean).join(" ");
  return [
    together(say("The incoming wave has the amplitude 1."), pattern, current, speed),
    together(sent, even),
  ];
}
