import { hear, keep, kept, tell } from "../between.js";
import { Files } from "../files/menu.js";
import { Beside } from "./beside.js";
import { CARDS } from "./cards/all.js";
import { Cloud } from "./cloud.js";
import { Deck } from "./deck.js";
import { Fates } from "./fates.js";
import { Guess } from "./guess.js";
import { Heading } from "./heading.js";
import { isGuessing, isProjected } from "../modes.js";
import { stay } from "../line/stay.js";
import { Inbox } from "./inbox.js";
import { layoutHtml, MAIN } from "./layout.js";
import { Looks } from "./looks.js";
import { Notices } from "./notices.js";
import { Pin } from "./pin.js";
import { frameAt, Player } from "./player.js";
import { Sight } from "./sight.js";
import { Stack } from "./stack.js";
import { watchHeight } from "./stuck.js";
import { clock } from "./telling.js";
import { Transport } from "./transport.js";
import { Views } from "./views.js";
import { decode, inflate } from "./wire.js";
import { say } from "../words.js";

const STALE = say(
  "Picture and numbers are of the settings before: what you changed runs once the server answers.",
);
/** A time in a link has been rounded; by less than this (fs). */
const LATE = 0.01;
const PREDICT = say("Predict first: answer the question, then play.");

/** Blocks of cards by their names. */
async function decoded(blocks) {
  const each = Object.entries(blocks).map(async ([name, block]) => [name, await decode(block)]);
  return Object.fromEntries(await Promise.all(each));
}

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
    this.files = new Files(this.root, model, {
      cards: () => this.seen(),
      moment: () => this.moment,
    });
    this.stack = new Stack(this.root, draw);
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
      moment: () => this.keepMoment(),
      play: () => this.lead(),
      state: () => this.turn(),
      page: () => this.leaf(),
      unsent: () => this.doubt(),
      measure: (asked) => this.measure(asked),
      seek: (time) => this.player.seek(frameAt(this.player.times, time)),
      choices: (choices) => this.pin.name(choices),
      numbers: (numbers) => this.deck.cards.energy.handles.offer(numbers),
      again: () => this.model.send_msg({ want: "runs", seen: this.scene?.number ?? 0 }),
      leave: () => this.leave(),
    });
    this.find(".explained button").addEventListener("click", () => {
      tell("explain");
    });
    this.find("[data-cancel]").addEventListener("click", () => {
      this.model.cancelled += 1;
    });
  }

  /** For a link: the time on screen, how the run looks, and the one that is pinned behind it. */
  get moment() {
    return { time: this.player.time, look: this.looks.text, pin: this.pin.link };
  }

  keepMoment() {
    for (const [name, value] of Object.entries(this.moment)) keep(name, String(value));
  }

  /** The page will be loaded again. */
  leave() {
    stay.keep("stage", { ...this.moment, playing: this.player.playing });
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
    const bytes = message instanceof ArrayBuffer ? message : message.data ?? message;
    if (bytes.figures !== undefined) {
      await this.deck.dress(JSON.parse(new TextDecoder().decode(await inflate(bytes.figures))));
      this.draw();
    } else if (bytes.runs !== undefined) {
      const runs = await Promise.all(bytes.runs.map(decode));
      const blocks = await decoded(bytes.blocks);
      if (bytes.restart) this.restart();
      const { names, page, number, time, look, pin, pinned } = bytes;
      if (typeof pin === "string") this.pin.put(pin ? await decode(pinned) : undefined, pin);
      const axes = this.pin.axesOf(runs);
      await this.load({ runs, names, page, number, time, look, blocks, axes });
    } else if (bytes.still !== undefined) {
      this.preview({ ...await decode(bytes.still), blocks: await decoded(bytes.blocks) });
    } else {
      await this.add(bytes);
    }
  }

  /** What cards show that were chosen after the scene came; the others go on as they are. */
  async add({ blocks, of, number }) {
    if (this.scene?.number !== of) return;
    Object.assign(this.scene.blocks, await decoded(blocks));
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
    const { runs } = scene, first = !this.scene, was = first ? stay.take("stage") : undefined;
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
    const told = scene.time ?? undefined;
    this.notices.tell("link", "");
    this.notices.tell("look", this.lookAs(was?.look ?? scene.look ?? undefined));
    if (was) this.player.seek(frameAt(longest.times, was.time));
    else if (told !== undefined) this.standAt(told, longest);
    else this.resume ||= first && this.model.autoplay && !calm;
    this.resume ||= was?.playing ?? false;
    this.begin();
    if (first) tell("loaded");
  }

  /** A link told how the run looks; what of it cannot be. */
  lookAs(text) {
    return text === undefined ? "" : this.looks.set(text);
  }

  /** A link told the time on screen, fs. */
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

  /** Whether something was moved that nobody has run. */
  doubt() {
    const stale = kept("unsent") === "yes";
    this.root.classList.toggle("stale", stale);
    this.notices.tell("connection", stale ? STALE : "");
  }

  /** Another page: its run is to come, unless it is here. */
  leaf() {
    this.watched = false;
    this.leafed();
    this.withhold();
    this.transport.asked = undefined;
    if (this.due) this.pause();
    this.begin();
  }

  /** The lab alone leaves to a person what is shown, is saved, and is one screen of a projector. */
  leafed() {
    for (const one of [this.views, this.files, this.pin]) one.offer(kept("page"));
    this.root.classList.toggle("lab", kept("page") === "lab");
  }

  /** The cards on the page, as they are saved, energies with the wave; those that the runs make, at a time. */
  seen() {
    if (this.player.playing) this.deck.draw(this.deck.last); // those out of sight, too
    const units = this.scene?.runs[0].units ?? [], now = clock(units, this.player.time, 2);
    const time = now.startsWith("t") ? now : `t = ${now}`;
    const { shown } = this.deck, saved = ({ name }) => name !== "energy" && shown.includes(name);
    return this.model.about.filter(saved).map((about) => ({
      name: about.name.replaceAll(" ", "-"),
      title: about.title,
      time: about.fed && !this.deck.cards[about.name].moves ? "" : time,
      card: this.deck.cards[about.name],
      root: this.find(`[data-extra="${about.name}"]`) ?? this.find(".wave"),
    }));
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
    this.resume ||= this.player.playing;
    this.player.playing = false;
    this.draw();
  }

  /** The page's run is here: do what was asked for meanwhile, or go on playing. */
  begin() {
    if (this.due) return;
    if (!this.transport.catchUp() && this.resume) this.player.play();
    this.resume = false;
  }

  /** Whether the free packet is drawn behind the wave: beside its times. */
  get isTimed() {
    return this.deck.shown.includes("times");
  }

  /** One instant, while a control moves; the scene stays. */
  preview(still) {
    this.resume ||= this.player.playing;
    this.player.playing = false;
    const { show } = this.heading, classical = this.cloudOf(still, still.time);
    const at = { still, show, classical, stacked: this.stack.above, free: this.isTimed };
    this.deck.draw(at, true);
    this.fates.draw(at);
    this.root.classList.add("moving");
    this.root.dataset.previews = Number(this.root.dataset.previews ?? 0) + 1;
  }

  draw() {
    if (!this.scene) return;
    const { playing, time } = this.player, { show } = this.heading, { withheld } = this;
    const frames = this.scene.runs.map(({ times }) => frameAt(times, time));
    const stacked = this.stack.above, pinned = this.pin.behind, [run] = this.scene.runs;
    const classical = this.cloudOf(run, run.times[frames[0]]);
    const free = this.isTimed;
    const at = { time, frames, show, withheld, stacked, pinned, classical, free };
    this.heading.pin(pinned);
    this.heading.race(free);
    this.deck.draw(at, playing);
    this.fates.draw(at, playing);
    this.transport.draw();
    this.root.classList.remove("moving");
    this.root.classList.toggle("settled", this.fates.settled);
    Object.assign(this.root.dataset, { playing, time, drawn: ++this.drawn });
  }

  /** Classical particles at a time, where a person wants to see them. */
  cloudOf(run, time) {
    const wanted = this.heading.show.classical;
    if (!wanted || !this.deck.shown.includes("phase space")) this.cloud = undefined;
    else if (this.cloud?.run !== run) this.cloud = new Cloud(run);
    return this.cloud?.at(time);
  }

  /** Tell the server what is on screen; only when a person acts, never while playing. */
  report() {
    const { time: now, frame, last, playing } = this.player, time = Number(now.toFixed(4));
    const seen = (this.fates.settled || frame === last) && last > 0 && !playing;
    if (this.model.playhead !== time) this.model.playhead = time;
    if (!seen || this.watched || this.due) return;
    this.watched = true;
    tell("watched");
  }

  /** The question on the page is to be answered, its run to be played, or it is explained. */
  turn() {
    this.state = kept("state");
    this.root.classList.toggle("closed", this.closed);
    this.transport.gate(this.closed ? PREDICT : "");
    this.withhold();
    this.inbox.put(() => this.arrange());
  }

  get closed() {
    return this.state === "ask";
  }

  get withheld() {
    return this.state !== "done";
  }

  /** What may stand below the wave now. */
  get cards() {
    return this.withheld ? this.model.beforehand : this.model.cards;
  }

  /** A person who kept a prediction asked for the run: it plays in sight, with the focus on Play. */
  lead() {
    this.find(".wave").scrollIntoView({ block: "nearest" });
    this.find("[data-do=play]").focus({ preventScroll: true });
    this.transport.moves.start();
  }

  /** What theory says stays hidden until the run was watched; then the explanation is the next thing. */
  withhold() {
    const { withheld, watched } = this, next = this.find(".explained");
    this.held ||= withheld && this.state !== undefined;
    this.root.classList.toggle("withheld", withheld);
    next.hidden = withheld || !watched || !this.held;
    this.fates.spoken = 0;
    this.draw();
    const focused = this.root.getRootNode().activeElement;
    if (next.hidden || !focused?.closest(".player")) return;
    next.firstElementChild.focus({ preventScroll: true });
  }

  /** Another step, or the same from its start. */
  restart() {
    this.held = this.watched = this.resume = false;
    this.withhold();
    this.player.halt();
  }
}

export function render({ model, el }) {
  const stage = new Stage(model, el);
  model.on("remove", () => stage.remove());
}
