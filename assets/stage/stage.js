import { hear, kept, tell } from "../between.js";
import { Files } from "../files/menu.js";
import { Beside } from "./beside.js";
import { CARDS } from "./cards/all.js";
import { Deck } from "./deck.js";
import { Fates } from "./fates.js";
import { Guess } from "./guess.js";
import { Heading } from "./heading.js";
import { isGuessing, isProjected } from "../modes.js";
import { stay } from "../line/stay.js";
import { Inbox } from "./inbox.js";
import { unpacked } from "./incoming.js";
import { Instants } from "./instants.js";
import { layoutHtml, MAIN } from "./layout.js";
import { Looks } from "./looks.js";
import { Moment } from "./moment.js";
import { Notices } from "./notices.js";
import { Pin } from "./pin.js";
import { frameAt, Player } from "./player.js";
import { Reveal } from "./reveal.js";
import { Sight } from "./sight.js";
import { Stack } from "./stack.js";
import { Start } from "./start.js";
import { watchHeight } from "./stuck.js";
import { Transport } from "./transport.js";
import { Views } from "./views.js";
import { say } from "../words.js";

const STALE = say(
  "Picture and numbers are of the settings before: what you changed runs once the server answers.",
);

/** The stage: cards, player and readouts, fed by blocks of bytes. */
class Stage {
  constructor(model, el) {
    this.model = model;
    this.root = document.createElement("div");
    this.root.className = "ts-stage";
    this.root.innerHTML = layoutHtml(model.about);
    el.append(this.root);
    this.notices = new Notices(this.find(".notice"));
    this.inbox = new Inbox((text) => this.notices.tell("fault", text));
    const draw = () => this.inbox.attemptNow(() => this.draw());
    this.player = new Player(draw, () => this.report());
    this.transport = new Transport(this.root, this.player, {
      report: () => this.report(),
      due: () => this.due,
    });
    this.heading = new Heading(this.find(".wave"), draw);
    this.fates = new Fates(this.find(".readouts"), this.find(".brief"));
    this.guess = new Guess(this.root, this.find(".readouts"));
    this.views = new Views(this.find(".views"), model);
    this.beside = new Beside(this.find(".beside"), this.root.querySelectorAll(".extra"), model, {
      views: this.views,
      changed: () => this.inbox.put(() => this.arrange()),
    });
    this.pin = new Pin(this.find(".pin"), draw);
    const stuck = [".wave .toggles", "[data-slot=energy]"].map((part) => this.find(part));
    this.height = watchHeight(this.find(".wave"), stuck);
    this.deck = this.deal(model.about);
    this.looks = new Looks(this.root);
    this.moment = new Moment(this.root, model.about, this);
    this.files = new Files(this.root, model, {
      cards: () => this.moment.cards(),
      moment: () => this.moment.told,
    });
    this.stack = new Stack(this.root, draw);
    this.instants = new Instants(this);
    this.start = new Start(this);
    this.reveal = new Reveal(this.root, {
      gate: (reason) => this.transport.gate(reason),
      changed: () => {
        this.fates.spoken = 0;
        this.draw();
      },
    });
    this.drawn = 0;
    this.bind();
    this.follow();
  }

  find(selector) {
    return this.root.querySelector(selector);
  }

  /** A card for each that Python tells of, at its place. */
  deal(about) {
    const cards = {}, known = {}, places = {};
    for (const card of about) {
      const own = this.find(`[data-extra="${card.name}"]`), place = own ?? this.find(".wave");
      if (own) places[card.name] = own;
      cards[card.name] = new CARDS[card.name](place, card);
      known[card.name] = card;
    }
    this.fits = (name, { runs, blocks }) => {
      const { runs: [least, most], fed } = known[name];
      return runs.length >= least && runs.length <= most && (!fed || name in blocks);
    };
    this.sight = new Sight(places, (name) => this.deck.drawOne(name));
    return new Deck(cards, this.fits, this.inbox, (name) => this.sight.has(name));
  }

  bind() {
    hear(this.model, {
      skip: () => this.find(".wave").focus(),
      theme: () => this.askForFigures(),
      palette: () => this.askForFigures(),
      projector: () => this.dim(),
      guess: () => this.dim(),
      moment: () => this.moment.keep(),
      play: () => this.lead(),
      state: () => this.turn(),
      page: () => this.leaf(),
      unsent: () => this.doubt(),
      measure: (asked) => this.measure(asked),
      seek: (time) => this.player.seek(frameAt(this.player.times, time)),
      choices: (choices) => this.pin.name(choices),
      numbers: (numbers) => this.deck.cards.energy.handles.offer(numbers),
      again: () => this.model.send_msg({ want: "runs", seen: this.scene?.number ?? 0 }),
      leave: () => this.moment.leave(),
    });
    this.find("[data-cancel]").addEventListener("click", () => {
      this.model.cancelled += 1;
    });
  }

  remove() {
    this.player.playing = false;
    this.sight.remove();
    this.files.remove();
    this.height.disconnect();
    this.stack.remove();
    this.beside.remove();
    this.transport.remove();
  }

  /** What the server tells, now and later. */
  follow() {
    const { model } = this;
    const follow = {
      message: () => this.notices.tell("server", model.message),
      busy: () => this.root.classList.toggle("busy", model.busy),
      waiting: () => {
        this.find(".waiting span").textContent = model.waiting;
        this.find(".waiting").hidden = !model.waiting;
      },
      cards: () => this.inbox.put(() => this.arrange()),
    };
    for (const [name, act] of Object.entries(follow)) model.on(name, act);
    model.on("beforehand", follow.cards);
    model.on("msg:custom", (message) => this.inbox.put(() => this.take(message)));
    for (const act of Object.values(follow)) act();
    this.leafed();
    this.turn();
    this.dim();
  }

  /** Figures as the page looks now, once for each look. */
  askForFigures() {
    const theme = isProjected() ? "projector" : kept("theme");
    const palette = kept("palette"), look = `${theme} ${palette} ${isGuessing()}`;
    if (this.asked !== look) this.model.send_msg({ want: "figures", theme, palette });
    this.asked = look;
  }

  /** For a projector, or back; with what a class is to guess, or without. */
  dim() {
    this.root.classList.toggle("projector", isProjected());
    this.guess.show();
    this.stack.place();
    this.beside.changed();
    this.askForFigures();
  }

  async take(message) {
    const { figures, scene, still, more } = await unpacked(message);
    if (figures) {
      await this.deck.dress(figures);
      this.draw();
    } else if (scene) await this.enter(scene);
    else if (still) this.preview(still);
    else await this.add(more);
  }

  /** A scene that was sent, with what it says of the player and of the pinned run. */
  async enter({ restart, pin, pinned, ...scene }) {
    if (restart) this.restart();
    if (typeof pin === "string") this.pin.put(pinned, pin);
    await this.load({ ...scene, axes: this.pin.axesOf(scene.runs) });
  }

  /** What cards show that were chosen after the scene came; the others go on as they are. */
  async add({ blocks, of, number }) {
    if (this.scene?.number !== of) return;
    Object.assign(this.scene.blocks, blocks);
    this.scene.number = number;
    await this.arrange();
  }

  /** Show the cards of this page that the scene has something for. */
  async arrange(scene = this.scene) {
    const pair = scene?.runs.length > 1, names = [];
    this.beside.place();
    for (const { name, runs: [least, most] } of this.model.about) {
      const count = scene?.runs.length ?? 1, main = MAIN.includes(name);
      const chosen = this.cards.includes(name) && this.beside.lets(name);
      const shown = (main || chosen) && count >= least && count <= most;
      if (shown) names.push(name);
      if (!main) this.find(`[data-extra="${name}"]`).hidden = !shown;
    }
    this.root.classList.toggle("pair", pair);
    await this.deck.show(names, scene);
    this.draw();
  }

  /** A new scene: one run or two, and what the cards show beside them. */
  async load(scene) {
    const { runs } = scene, first = !this.scene, left = first ? stay.take("stage") : undefined;
    await this.arrange(scene);
    const ended = ({ times }) => times[times.length - 1];
    const longest = runs.reduce((a, b) => (ended(b) > ended(a) ? b : a));
    this.scene = scene;
    this.deck.load(scene);
    this.heading.load(scene);
    this.fates.load(scene);
    this.pin.load(scene);
    this.transport.load({ longest });
    if (this.deck.items) this.notices.tell("fault", "");
    this.player.load(longest.times);
    this.root.dataset.state = "ready";
    this.root.dataset.runs = Number(this.root.dataset.runs ?? 0) + 1;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.start.put(longest, scene, left, first && this.model.autoplay && !calm);
    this.begin();
    if (first) tell("loaded");
  }

  /** Whether something was moved that nobody has run. */
  doubt() {
    const stale = kept("unsent") === "yes";
    this.root.classList.toggle("stale", stale);
    this.notices.tell("connection", stale ? STALE : "");
  }

  /** Another page: its run is to come, unless it is here. */
  leaf() {
    this.leafed();
    this.reveal.leaf();
    this.transport.asked = undefined;
    if (this.due) this.pause();
    this.begin();
  }

  /** The lab alone leaves to a person what is shown, is saved, and is one screen of a projector. */
  leafed() {
    for (const one of [this.views, this.files, this.pin]) one.offer(kept("page"));
    this.root.classList.toggle("lab", kept("page") === "lab");
  }

  /** Whether the run on stage is of another page than the guide, and that of the page is to come. */
  get due() {
    return this.scene?.page !== kept("page");
  }

  /** It is asked at the time on screen where the particle is, or ({}) nobody shall have asked. */
  measure(asked) {
    this.player.pause();
    this.model.measure = asked;
  }

  /** Stand still until the next run. */
  pause() {
    this.start.hold();
    this.draw();
  }

  begin() {
    if (!this.due) this.start.begin();
  }

  /** One instant, while a control moves; the scene stays. */
  preview(still) {
    this.start.hold();
    this.instants.preview(still);
    this.root.classList.add("moving");
    this.root.dataset.previews = Number(this.root.dataset.previews ?? 0) + 1;
  }

  draw() {
    if (!this.scene) return;
    const { playing, time } = this.player;
    this.instants.draw(this.scene, this.player, this.reveal.withheld);
    this.transport.draw();
    this.root.classList.remove("moving");
    this.root.classList.toggle("settled", this.fates.settled);
    Object.assign(this.root.dataset, { playing, time, drawn: ++this.drawn });
  }

  /** Tell the server what is on screen; only when a person acts, never while playing. */
  report() {
    const { time: now, frame, last, playing } = this.player, time = Number(now.toFixed(4));
    const seen = (this.fates.settled || frame === last) && last > 0 && !playing;
    if (this.model.playhead !== time) this.model.playhead = time;
    if (seen && !this.due) this.reveal.watch();
  }

  /** The question was answered, or its run explained, or there is another. */
  turn() {
    this.reveal.turn();
    this.inbox.put(() => this.arrange());
  }

  /** What may stand below the wave now. */
  get cards() {
    return this.reveal.withheld ? this.model.beforehand : this.model.cards;
  }

  /** A person who kept a prediction asked for the run: it plays in sight, with the focus on Play. */
  lead() {
    this.find(".wave").scrollIntoView({ block: "nearest" });
    this.find("[data-do=play]").focus({ preventScroll: true });
    this.transport.moves.start();
  }

  /** Another step, or the same from its start. */
  restart() {
    this.start.forget();
    this.reveal.restart();
    this.player.halt();
  }
}

export function render({ model, el }) {
  const stage = new Stage(model, el);
  model.on("remove", () => stage.remove());
}
