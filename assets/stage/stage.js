import { Clicks } from "./clicks.js";
import { Curves } from "./curves.js";
import { axesOf } from "./axes.js";
import { Figures } from "./figures.js";
import { CURVES, fate, icon, LAYOUT, tableHtml } from "./layout.js";
import { Notices } from "./notices.js";
import { frameAt, Player } from "./player.js";
import { between, outOfView, Readouts, sentence } from "./readouts.js";
import { decode, inflate } from "./wire.js";

/** The stage: figures, player and readouts, fed by blocks of bytes. */
class Stage {
  constructor(model, el) {
    this.model = model;
    this.root = document.createElement("div");
    this.root.className = "ts-stage";
    this.root.innerHTML = LAYOUT;
    el.append(this.root);
    const slots = {};
    for (const slot of this.root.querySelectorAll("[data-slot]")) slots[slot.dataset.slot] = slot;
    const { second, ...first } = slots;
    this.figures = [new Figures(first), new Figures({ wave: second })];
    this.extras = {};
    for (const name of Object.keys(CURVES)) {
      this.extras[name] = new Curves(this.find(`[data-extra="${name}"]`), name);
    }
    this.clicks = new Clicks(this.find('[data-extra="clicks"]'));
    this.player = new Player(() => this.attempt(() => this.draw()), () => this.report());
    this.runs = [];
    this.drawn = this.spoken = 0;
    this.bind();
    this.follow();
  }

  find(selector) {
    return this.root.querySelector(selector);
  }

  /** What moves the time; nothing does while the gate is closed. */
  moves() {
    const open = (move) => () => {
      if (!this.model.gate) move();
    };
    const { player } = this;
    return {
      play: open(() => player.toggle()),
      back: open(() => player.step(-1)),
      forward: open(() => player.step(1)),
      restart: open(() => player.seek(0)),
      end: open(() => player.seek(player.last)),
    };
  }

  bind() {
    const actions = {
      ...this.moves(),
      loop: (button) => {
        this.player.loop = !this.player.loop;
        button.setAttribute("aria-pressed", this.player.loop);
      },
    };
    for (const button of this.root.querySelectorAll("[data-do]")) {
      button.addEventListener("click", () => actions[button.dataset.do](button));
    }
    for (const button of this.root.querySelectorAll("[data-show]")) {
      button.addEventListener("click", () => this.toggle(button));
    }
    this.find(".scrub").addEventListener("input", (event) => {
      this.player.playing = false;
      this.player.place = Number(event.target.value);
      this.draw();
    });
    this.find(".scrub").addEventListener("change", () => this.report());
    this.find("select").addEventListener("change", (event) => {
      this.player.speed = Number(event.target.value);
    });
    this.keys = (event) => this.key(event);
    this.touch = () => this.report();
    this.skip = () => this.find(".wave").focus();
    window.addEventListener("ts-skip", this.skip);
    document.addEventListener("keydown", this.keys);
    document.addEventListener("pointerdown", this.touch, true);
    this.begin = () => {
      this.wanted = true;
      this.lead();
    };
    window.addEventListener("ts-play", this.begin);
    this.find(".explained button").addEventListener(
      "click",
      () => window.dispatchEvent(new Event("ts-explain")),
    );
  }

  /** A person who kept a prediction asked for the run: it plays in sight, with the focus on Play. */
  lead() {
    if (!this.wanted || this.model.gate) return;
    this.wanted = false;
    this.find(".wave").scrollIntoView({ block: "nearest" });
    this.find("[data-do=play]").focus({ preventScroll: true });
    this.player.play();
  }

  remove() {
    this.player.playing = false;
    window.removeEventListener("ts-skip", this.skip);
    document.removeEventListener("keydown", this.keys);
    document.removeEventListener("pointerdown", this.touch, true);
    window.removeEventListener("ts-theme", this.theme);
    window.removeEventListener("ts-play", this.begin);
  }

  key(event) {
    const target = event.composedPath()[0];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.closest?.("input, select, textarea")) return;
    if (event.key === " " && target.closest?.("button, summary, [role=button]")) return;
    if (this.root.offsetParent === null) return;
    const { play, back, forward, restart, end } = this.moves();
    const actions = { " ": play, ArrowLeft: back, ArrowRight: forward, Home: restart, End: end };
    if (!actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  }

  toggle(button) {
    const name = button.dataset.show, on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", on);
    for (const figures of this.figures) {
      figures.show[name] = on;
      if (figures.mounted && figures.run) figures.scale();
    }
    this.draw();
  }

  /** Tell the server what is on screen; only when a person acts, never while playing. */
  report() {
    const { time: now, frame, last, playing } = this.player, time = Number(now.toFixed(4));
    const seen = (this.settled || frame === last) && last > 0 && !playing;
    if (this.model.playhead !== time) this.model.playhead = time;
    if (seen && !this.model.watched) this.model.watched = true;
  }

  follow() {
    this.notices = new Notices(this.find(".notice"));
    const notice = () => this.notices.tell("server", this.model.message);
    const busy = () => this.root.classList.toggle("busy", this.model.busy);
    const waiting = () => {
      this.find(".waiting span").textContent = this.model.waiting;
      this.find(".waiting").hidden = !this.model.waiting;
    };
    this.find("[data-cancel]").addEventListener("click", () => {
      this.model.cancelled += 1;
    });
    this.theme = () =>
      this.model.send_msg({
        want: "figures",
        dark: document.documentElement.dataset.theme === "dark",
      });
    window.addEventListener("ts-theme", this.theme);
    const cards = () => this.arrange();
    const gate = () => {
      const closed = Boolean(this.model.gate);
      this.root.classList.toggle("closed", closed);
      Object.assign(this.find(".gate"), { hidden: !closed, textContent: this.model.gate });
      for (const control of this.root.querySelectorAll(".player :is(button, input)")) {
        control.disabled = closed;
      }
      if (closed) this.player.halt();
      this.lead();
    };
    const withheld = () => this.withhold();
    const handlers = { message: notice, busy, waiting, cards, gate, withheld };
    for (const [name, handler] of Object.entries(handlers)) this.model.on(name, handler);
    this.model.on("msg:custom", (message) => {
      this.inbox = (this.inbox ?? Promise.resolve()).then(() =>
        this.attempt(() => this.take(message))
      );
    });
    for (const handler of [notice, busy, waiting, gate, withheld, cards, this.theme]) handler();
  }

  /** What theory says stays hidden until the run was watched; then the explanation is the next thing. */
  withhold() {
    const { withheld, watched } = this.model, next = this.find(".explained");
    this.held ||= withheld;
    this.root.classList.toggle("withheld", withheld);
    this.extras.spectrum.withhold(withheld);
    next.hidden = withheld || !watched || !this.held;
    this.spoken = 0;
    this.draw();
    const focused = this.root.getRootNode().activeElement;
    if (!next.hidden && focused?.closest(".player")) {
      next.firstElementChild.focus({ preventScroll: true });
    }
  }

  /** Another step, or the same from its start. */
  restart() {
    this.held = this.wanted = false;
    this.withhold();
    this.player.halt();
  }

  /** Do this; what goes wrong is told, and stops nothing that comes after it. */
  async attempt(action) {
    try {
      await action();
    } catch (error) {
      console.warn(error);
      this.notices.tell(
        "fault",
        `This cannot be shown (${error?.message ?? error}). Loading the page again may help.`,
      );
    }
  }

  async take(message) {
    const bytes = message instanceof ArrayBuffer ? message : message.data ?? message;
    if (bytes.figures !== undefined) {
      this.items = JSON.parse(new TextDecoder().decode(await inflate(bytes.figures)));
      this.mounted = new Set();
      await this.mount();
    } else if (bytes.runs !== undefined) {
      const [runs, curves] = await Promise.all(
        [bytes.runs, bytes.curves].map((list) => Promise.all(list.map(decode))),
      );
      if (bytes.restart) this.restart();
      await this.load(runs, bytes.names, curves);
      if (bytes.table) this.compare(bytes.table);
    } else {
      this.preview(await decode(bytes));
    }
  }

  /** Embed what is shown and has not been embedded in this theme. */
  async mount() {
    if (!this.items) return;
    const wanted = ["first", ...(this.runs.length > 1 ? ["second"] : []), ...this.model.cards];
    for (const name of wanted) {
      if (this.mounted.has(name)) continue;
      this.mounted.add(name);
      if (name === "first") await this.figures[0].mount(this.items);
      else if (name === "second") await this.figures[1].mount({ wave: this.items.second });
      else if (this.extras[name]) await this.extras[name].mount(this.items[name]);
    }
    this.draw();
  }

  /** Show the cards of this page. */
  arrange() {
    const pair = this.runs.length > 1;
    for (const card of this.root.querySelectorAll("[data-extra]")) {
      card.hidden = !this.model.cards.includes(card.dataset.extra) ||
        (pair && card.matches(".phase-space"));
    }
    this.root.classList.toggle("pair", pair);
    this.attempt(() => this.mount());
  }

  preview(block) {
    this.resume ||= this.player.playing;
    this.player.playing = false;
    this.figures[0].preview(block);
    this.readouts[0].regions(...block.regions);
    this.readouts[0].forbidden(block.forbidden[0]);
    this.readouts[0].explain(block);
    this.readouts[0].open();
    this.readouts[0].write("view", outOfView(block, 0));
    this.root.dataset.previews = Number(this.root.dataset.previews ?? 0) + 1;
  }

  /** A new scene: one run or two, and curves. */
  async load(runs, names, curves) {
    const first = !this.runs.length, axes = axesOf(runs);
    this.setUp(runs, names);
    await this.mount();
    runs.forEach((run, i) => this.figures[i].load(run, axes));
    for (const block of curves) this.extras[block.figure].load(block, runs[0]);
    this.clicks.load(runs[0]);
    const longest = runs.reduce((
      a,
      b,
    ) => (b.times[b.times.length - 1] > a.times[a.times.length - 1] ? b : a));
    this.find(".scrub").max = longest.times.length - 1;
    this.player.load(longest.times);
    this.root.dataset.state = "ready";
    if (this.items) this.notices.tell("fault", "");
    this.root.dataset.runs = Number(this.root.dataset.runs ?? 0) + 1;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (this.resume || (first && this.model.autoplay && !calm)) this.player.play();
    this.resume = false;
  }

  /** The legend has what the figures have. */
  legend(runs) {
    const part = (name) => this.find(`.wave .legend .${name}`), { symbol } = runs[0];
    part("energy").textContent = symbol === "E" ? "total energy E" : "packet energy E₀";
    part("inside").hidden = runs.every(({ support: [a, b] }) => a === b);
    Object.assign(part("forbidden"), {
      hidden: runs.every(({ spans }) => !spans.length),
      textContent: `${symbol} < V`,
    });
  }

  compare(table) {
    const card = this.find('[data-extra="statistics"]');
    card.querySelector(".table").innerHTML = tableHtml(table);
    card.querySelector(".worth").textContent = table.warning;
  }

  setUp(runs, names) {
    const again = this.runs.length === runs.length;
    Object.assign(this, { runs, names: runs.length > 1 ? names : [""] });
    if (!again) {
      this.find(".fates").innerHTML = runs.map(() => fate("")).join("");
      this.readouts = [...this.root.querySelectorAll(".fate")].map((root) => new Readouts(root));
    }
    runs.forEach((run, i) => this.readouts[i].explain(run));
    this.legend(runs);
    this.names.forEach((name, i) => {
      this.readouts[i].root.querySelector(".name").textContent = name;
    });
    for (const i of [0, 1]) this.find(`[data-part="name-${i}"]`).textContent = this.names[i] ?? "";
    this.find('[data-part="between"]').hidden = runs.length < 2;
    this.average(runs.map((run) => run.summary.members ?? 0));
    this.arrange();
  }

  /** An average over many runs has a density, but no wave function of its own. */
  average(members) {
    const most = Math.max(...members), note = this.find('[data-part="average"]');
    note.hidden = !most;
    note.textContent =
      `Average of ${most} runs${members.includes(0) ? ", where it is not alone" : ""}: ` +
      "it has a density, but no one wave function.";
    members.forEach((count, i) => this.readouts[i].compareWith(count > 0));
    for (const button of this.root.querySelectorAll("[data-show]")) {
      if (most && button.getAttribute("aria-pressed") === "true") this.toggle(button);
      button.disabled = most > 0;
    }
  }

  draw() {
    const { frame, playing, time } = this.player;
    if (!this.runs.length || !this.readouts) return;
    const states = this.runs.map((run, i) => {
      const at = frameAt(run.times, time);
      this.figures[i].draw(at);
      if (this.runs.length > 1) this.entitle(i, time);
      if (i === 0) this.negative(run, at);
      return this.readouts[i].update(run, at);
    });
    this.settled = states.every(({ settled }) => settled);
    this.root.classList.toggle("settled", this.settled);
    this.tell(states, time, playing);
    this.mark(frame, playing, time);
  }

  /** The name above a figure of two; a run that ends before the other says so. */
  entitle(i, time) {
    const end = this.runs[i].times.at(-1), over = time > end + 1e-3;
    const text = `${this.names[i]}${over ? `: ended at ${this.clock(end, 1)}` : ""}`;
    const place = this.find(`[data-part="name-${i}"]`);
    if (place.textContent !== text) place.textContent = text;
  }

  /** The volume of the negative part of W, now and at its largest. */
  negative(run, at) {
    const count = run.negativity.length, now = Math.floor(at * count / run.times.length);
    const most = run.negativity.reduce((a, b) => Math.max(a, b), 0);
    for (const [name, value] of [["negativity", run.negativity[now]], ["negativity-most", most]]) {
      const part = this.find(`[data-part="${name}"]`), text = value.toFixed(2);
      if (part.textContent !== text) part.textContent = text;
    }
  }

  /** A time in the run's unit; natural units have no name. */
  clock(time, digits) {
    const [length, , unit] = this.runs[0].units;
    return unit === length ? `t = ${time.toFixed(digits)}` : `${time.toFixed(digits)} ${unit}`;
  }

  /** The time, the difference of two runs, and now and then the sentence for a screen reader. */
  tell(states, time, playing) {
    const now = performance.now();
    this.find('[data-part="time"]').textContent = this.clock(time, 2);
    if (states.length > 1) this.find('[data-part="between"]').textContent = between(states);
    if (playing && now - this.spoken < 2000) return;
    this.spoken = now;
    const told = this.model.withheld ? { exact: undefined } : {};
    const said = states.map((state, i) => sentence(this.names[i], { ...state, ...told })).join(" ");
    const status = this.find('[data-part="status"]'), text = `At ${this.clock(time, 1)}: ${said}`;
    if (status.textContent !== text) status.textContent = text;
  }

  /** The player's own controls. */
  mark(frame, playing, time) {
    const scrub = this.find(".scrub"), main = this.find("[data-do=play]");
    scrub.value = frame;
    scrub.setAttribute("aria-valuetext", this.clock(time, 1));
    if (this.root.dataset.playing !== String(playing)) {
      main.innerHTML = icon(playing ? "pause" : "play");
      main.setAttribute("aria-label", playing ? "Pause" : "Play");
      main.title = playing ? "Pause" : "Play";
    }
    Object.assign(this.root.dataset, { playing, time, drawn: ++this.drawn });
  }
}

export function render({ model, el }) {
  const stage = new Stage(model, el);
  model.on("remove", () => stage.remove());
}
