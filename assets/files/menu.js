import { Drop, goTo, linkOf } from "./opening.js";
import { ENDINGS, figureHtml, HINTS, MAKING, MENU } from "./html.js";
import { make } from "./made.js";
import { commented, mark } from "./marks.js";
import { figuresOf, Picture } from "./picture.js";
import { Server } from "./server.js";
import { csv } from "./table.js";
import { linkOf as linkAt } from "../navigation/link.js";
import { say } from "../words.js";

const KINDS = {
  png: "image/png",
  svg: "image/svg+xml",
  csv: "text/csv",
  gif: "image/gif",
  nc: "application/x-netcdf",
};

/** What can be done only once the settings are here. */
const NEED = "[data-copy], [data-keep], [data-figure], [data-make]";

const bytesOf = async (blob) => new Uint8Array(await blob.arrayBuffer());

/**
 * The menu in which the lab is saved and opened: figures, numbers, the run, its settings.
 *
 * `cards` tells what is on the page, `moment` the time there and how it looks.
 */
export class Files {
  constructor(stage, model, { cards, moment }) {
    Object.assign(this, { stage, cards, moment });
    stage.insertAdjacentHTML("beforeend", MENU);
    this.menu = stage.querySelector("dialog.files");
    this.button = stage.querySelector("button.save");
    this.server = new Server(model);
    this.drop = new Drop(stage, (file) => this.open(file));
    this.bind();
  }

  find(selector) {
    return this.menu.querySelector(selector);
  }

  bind() {
    const { menu } = this, input = this.find("input[type=file]");
    const click = (selector, act) => this.find(selector).addEventListener("click", act);
    this.button.addEventListener("click", () => this.show());
    click("[data-close]", () => menu.close());
    click("[data-copy]", () => this.copy());
    click("[data-keep]", () => this.keep());
    click("[data-choose]", () => input.click());
    click(".figures", (event) => this.saveFigure(event.target.closest("[data-figure]")));
    click(".runs", (event) => this.runs(event.target));
    this.find(".forms").addEventListener("change", () => this.write());
    input.addEventListener("change", () => {
      const [file] = input.files;
      if (file) this.open(file);
      input.value = "";
    });
    menu.addEventListener("click", (event) => event.target === menu && menu.close());
    // Keys in the menu are not the player's.
    menu.addEventListener("keydown", (event) => event.stopPropagation());
  }

  remove() {
    this.drop.remove();
  }

  /** Only the lab is saved and opened. */
  offer(page) {
    this.button.hidden = page !== "lab";
    if (page !== "lab") this.menu.close();
  }

  tell(text) {
    this.find(".said").textContent = text;
  }

  /** Do this; what goes wrong is told in the menu. */
  async attempt(job) {
    this.tell("");
    try {
      await job();
    } catch (error) {
      if (!this.menu.open) this.show();
      this.tell(error.message);
    }
  }

  /** Open the menu, with the settings that the address has now. */
  show() {
    this.menu.showModal();
    this.words = undefined;
    this.list();
    this.write();
    return this.attempt(async () => {
      this.words = await this.server.ask("words", this.link(location.search));
      this.write();
    });
  }

  /** The cards with figures that are on the page. */
  list() {
    this.shown = this.cards().filter(({ root }) => figuresOf(root).length);
    this.find(".figures").replaceChildren(...this.shown.map(({ title, card }) => {
      const endings = card.columns ? ["png", "svg", "csv"] : ["png", "svg"];
      const entry = document.createElement("li");
      entry.innerHTML = figureHtml(title, endings);
      return entry;
    }));
  }

  get form() {
    return this.find(".forms input:checked").value;
  }

  /** The settings in the chosen form. */
  write() {
    const { words, form } = this;
    this.find(".subject").textContent = words?.subject ?? "";
    this.find("pre").textContent = words?.[form] ?? "";
    const alone = form !== "command" || !words?.command.endsWith(".toml");
    this.find("[data-keep] ~ .hint").textContent = HINTS[alone ? form : "with_file"];
    for (const button of this.menu.querySelectorAll(NEED)) button.disabled = !words;
  }

  /** Where the browser keeps its clipboard shut, or has none without a safe connection, its older way. */
  copy() {
    const text = this.words[this.form], { clipboard } = navigator;
    return this.attempt(async () => {
      await (clipboard?.writeText(text) ?? Promise.reject()).catch(() => this.select());
      this.tell(say("Copied."));
    });
  }

  select() {
    getSelection().selectAllChildren(this.find("pre"));
    if (document.execCommand("copy")) return;
    throw new Error(say("The browser does not let it be copied; it is marked, for the keyboard."));
  }

  keep() {
    const { words, form } = this, [ending, kind] = ENDINGS[form];
    const text = form === "command" ? `${words.command}\n` : words[form];
    this.save(`${words.name}.${ending}`, kind, text);
  }

  saveFigure(button) {
    if (!button) return undefined;
    const { name } = this.shown[[...this.find(".figures").children].indexOf(button.closest("li"))];
    const figure = this.cards().find((card) => card.name === name), ending = button.dataset.figure;
    return this.attempt(async () => {
      const content = await this[ending](figure);
      this.save(`${this.words.name}-${figure.name}.${ending}`, KINDS[ending], content);
    });
  }

  runs(button) {
    if (button.matches("[data-stop]")) this.giving.abort();
    else if (button.matches("[data-make]") && !this.giving) this.make(button, button.dataset.make);
  }

  /** Have the server make a file of the run, in sight; the menu may be closed meanwhile. */
  async make(button, ending) {
    const { name, link } = this.words, place = button.parentNode, giving = new AbortController();
    this.giving = giving;
    button.hidden = true;
    place.insertAdjacentHTML("beforeend", MAKING);
    const [, bar, stop] = place.children;
    stop.focus();
    await this.attempt(async () => {
      const address = this.server.address(`run.${ending}`, link), mine = mark(this.link());
      const made = await make(address, giving.signal, (percent) => bar.value = percent);
      const content = ending === "gif" ? commented(await bytesOf(made), mine) : made;
      this.save(`${name}.${ending}`, KINDS[ending], content);
    });
    this.giving = undefined;
    if (giving.signal.aborted) this.tell(say("Cancelled."));
    const focused = stop.getRootNode().activeElement === stop;
    bar.remove();
    stop.remove();
    button.hidden = false;
    if (focused) button.focus();
  }

  told({ time }) {
    return [this.words.subject, time].filter(Boolean).join("; ");
  }

  /** The link of the lab as it is now. */
  link(search = this.words.link) {
    return linkAt({ origin: "", pathname: "", search }, this.moment());
  }

  /** A card stands in another one where all share an axis: its figures are in both pictures. */
  picture(figure) {
    const { root } = figure, within = this.cards().filter((other) => root.contains(other.root));
    const title = within.map((other) => other.title).join("; ");
    return new Picture(root, { title, told: this.told(figure), link: this.link() });
  }

  png(figure) {
    return this.picture(figure).png();
  }

  svg(figure) {
    return this.picture(figure).text;
  }

  csv(figure) {
    const { title, card } = figure, { program } = this.words;
    return csv(
      [`${program}: ${title}`, this.told(figure), mark(this.link())],
      card.columns(),
    );
  }

  save(name, kind, content) {
    const url = URL.createObjectURL(new Blob([content], { type: kind }));
    Object.assign(document.createElement("a"), { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    this.tell(say("Saved as {name}", { name }));
  }

  /** Bring the lab into the state that a file has. */
  open(file) {
    return this.attempt(async () => {
      goTo(await linkOf(file, this.server));
      this.menu.close();
      this.stage.querySelector(".opened").textContent = say("Opened {name}.", file);
    });
  }
}
