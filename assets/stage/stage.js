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
    this.figures = new Figures(slots);
    this.readouts = new Readouts(this.root);
    this.player = new Player(() => this.draw(), () => this.report());
    this.drawn = 0;
    this.bind();
    this.follow();
  }

  find(selector) { return this.root.querySelector(selector); }

  bind() {
    const actions = {
      play: () => this.player.toggle(),
      back: () => this.player.step(-1),
      forward: () => this.player.step(1),
      restart: () => this.player.seek(0),
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
    document.addEventListener("keydown", this.keys);
    document.addEventListener("pointerdown", this.touch, true);
  }

  remove() {
    this.player.playing = false;
    document.removeEventListener("keydown", this.keys);
    document.removeEventListener("pointerdown", this.touch, true);
  }

  key(event) {
    const target = event.composedPath()[0];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.closest?.("input, select, textarea, [role=slider], [role=combobox], [role=listbox], [role=option], [role=menuitem]")) return;
    if (event.key === " " && target.closest?.("button, summary, [role=button]")) return;
    const actions = {
      " ": () => this.player.toggle(),
      ArrowLeft: () => this.player.step(-1),
      ArrowRight: () => this.player.step(1),
      Home: () => this.player.seek(0),
      End: () => this.player.seek(this.player.last),
    };
    if (!actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  }

  toggle(button) {
    const name = button.dataset.show, on = !this.figures.show[name];
    this.figures.show[name] = on;
    button.setAttribute("aria-pressed", on);
    if (this.figures.mounted && this.run) this.figures.scale();
    this.draw();
  }

  /** Tell the server what time is on screen; only when a person acts, never while playing. */
  report() {
    const time = Number(this.player.time.toFixed(4));
    if (this.model.playhead !== time) this.model.playhead = time;
  }

  follow() {
    const notice = () => {
      this.find(".notice").textContent = this.model.message;
      this.find(".notice").hidden = !this.model.message;
    };
    const busy = () => this.root.classList.toggle("busy", this.model.busy);
    const dark = () => {
      this.root.classList.toggle("dark", this.model.dark);
      this.model.send_msg({ want: "figures", dark: this.model.dark });
    };
    const query = () => {
      if (this.model.query) history.replaceState(null, "", this.model.query === "?" ? location.pathname : this.model.query);
    };
    this.model.on("message", notice);
    this.model.on("busy", busy);
    this.model.on("dark", dark);
    this.model.on("query", query);
    this.model.on("msg:custom", (message) => { this.inbox = (this.inbox ?? Promise.resolve()).then(() => this.take(message)); });
    notice();
    busy();
    dark();
  }

  async take(message) {
    const bytes = message instanceof ArrayBuffer ? message : message.data ?? message;
    if (bytes.figures !== undefined) {
      await this.figures.mount(bytes.figures);
      this.draw();
      return;
    }
    const block = await decode(bytes);
    if (block.kind === "instant") {
      this.resume ||= this.player.playing;
      this.player.playing = false;
      this.figures.preview(block);
      this.readouts.regions(...block.regions);
      this.root.dataset.previews = Number(this.root.dataset.previews ?? 0) + 1;
      return;
    }
    this.load(block);
  }

  load(run) {
    const first = !this.run;
    this.run = run;
    this.figures.load(run);
    this.find(".scrub").max = run.times.length - 1;
    this.player.load(run.times);
    this.root.dataset.state = "ready";
    nameNumberEntries();
    this.root.dataset.runs = Number(this.root.dataset.runs ?? 0) + 1;
    if (first && !matchMedia("(prefers-reduced-motion: reduce)").matches) this.player.play();
    if (this.resume) this.player.play();
    this.resume = false;
  }

  draw() {
    const { frame, playing } = this.player;
    if (!this.run) return;
    this.figures.draw(frame);
    this.readouts.update(this.run, frame, !playing);
    const scrub = this.find(".scrub");
    scrub.value = frame;
    scrub.setAttribute("aria-valuetext", `${this.run.times[frame].toFixed(1)} ${this.run.units[2]}`);
    const main = this.find("[data-do=play]");
    if (this.root.dataset.playing !== String(playing)) {
      main.innerHTML = icon(playing ? "pause" : "play");
      main.setAttribute("aria-label", playing ? "Pause" : "Play");
      main.title = playing ? "Pause" : "Play";
    }
    this.root.dataset.playing = playing;
    this.root.dataset.time = this.run.times[frame];
    this.root.dataset.drawn = ++this.drawn;
  }
}

export function render({ model, el }) {
  const stage = new Stage(model, el);
  model.on("remove", () => stage.remove());
}
