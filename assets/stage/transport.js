import { actOf } from "../keys.js";
import { icon } from "./html.js";
import { clock } from "./telling.js";
import { say } from "../words.js";

/** The player's own controls: buttons, time, speed, keys. Nothing moves while the gate is closed.

While the page's run is `due`, what is asked for last waits for it. */
export class Transport {
  constructor(root, player, { report, due }) {
    Object.assign(this, { root, player, report, due, closed: false });
    const open = (move) => () => this.act(move);
    this.moves = {
      start: open(() => player.play()),
      play: open(() => player.toggle()),
      back: open(() => player.step(-1)),
      forward: open(() => player.step(1)),
      restart: open(() => player.seek(0)),
      end: open(() => player.seek(player.last)),
    };
    this.bind();
  }

  find(selector) {
    return this.root.querySelector(selector);
  }

  act(move) {
    if (this.closed) return;
    if (this.due()) this.asked = move;
    else move();
  }

  /** Do what waited; whether anything did. */
  catchUp() {
    const { asked } = this;
    this.asked = undefined;
    if (asked) {
      asked();
      this.report();
    }
    return Boolean(asked);
  }

  bind() {
    const { player } = this, scrub = this.find(".scrub");
    const loop = () => {
      player.loop = !player.loop;
      this.find("[data-do=loop]").setAttribute("aria-pressed", player.loop);
    };
    for (const button of this.root.querySelectorAll("[data-do]")) {
      button.addEventListener("click", { ...this.moves, loop }[button.dataset.do]);
    }
    scrub.addEventListener("input", () => {
      const place = Number(scrub.value);
      this.act(() => player.scrub(place));
    });
    scrub.addEventListener("change", this.report);
    this.find(".speed select").addEventListener("change", (event) => {
      player.speed = Number(event.target.value);
    });
    this.keys = (event) => this.key(event);
    document.addEventListener("keydown", this.keys);
    document.addEventListener("pointerdown", this.report, true);
  }

  remove() {
    document.removeEventListener("keydown", this.keys);
    document.removeEventListener("pointerdown", this.report, true);
  }

  key(event) {
    const pressed = event.composedPath()[0].closest?.("button, summary, [role=button]");
    if (event.key === " " && pressed) return;
    if (this.find(".player").offsetParent === null) return;
    const { play, back, forward, restart, end } = this.moves;
    const keys = { " ": play, ArrowLeft: back, ArrowRight: forward, Home: restart, End: end };
    const move = actOf(event, keys);
    if (!move) return;
    event.preventDefault();
    move();
  }

  /** Close the gate with a reason, or open it with none. */
  gate(reason) {
    this.closed = Boolean(reason);
    Object.assign(this.find(".gate"), { hidden: !this.closed, textContent: reason });
    for (const part of this.root.querySelectorAll(".player :is(button, input)")) {
      part.disabled = this.closed;
    }
    if (this.closed) this.player.halt();
  }

  load({ longest }) {
    this.find(".scrub").max = longest.times.length - 1;
    this.units = longest.units;
  }

  draw() {
    const { frame, playing, time } = this.player, scrub = this.find(".scrub");
    this.find('[data-part="time"]').textContent = clock(this.units, time, 2);
    scrub.value = frame;
    scrub.setAttribute("aria-valuetext", clock(this.units, time, 1));
    if (this.playing === playing) return;
    this.playing = playing;
    const main = this.find("[data-do=play]"), label = playing ? say("Pause") : say("Play");
    main.innerHTML = icon(playing ? "pause" : "play");
    main.setAttribute("aria-label", label);
    main.title = label;
  }
}
