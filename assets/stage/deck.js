/** The cards of the stage: each is mounted when it is first shown, and loaded with the scene. */
export class Deck {
  constructor(cards, fits, inbox, sees = () => true) {
    Object.assign(this, { cards, fits, inbox, sees, mounted: new Map(), shown: [] });
  }

  /** Figures of a theme, {card: {name: Bokeh item}}: what was mounted is mounted anew. */
  async dress(items) {
    this.items = items;
    this.mounted.clear();
    await this.show(this.shown);
  }

  /** Show these cards of a scene; one that has nothing in it stays empty until there is. */
  async show(names, scene = this.scene) {
    this.shown = names.filter((name) => this.cards[name]);
    for (const name of this.shown) {
      if (!this.items || (scene && !this.fits(name, scene))) continue;
      await this.inbox.attempt(async () => {
        if (!this.mounted.has(name)) {
          await this.cards[name].mount(this.items[name] ?? {});
          this.mounted.set(name, undefined);
        }
        this.give(name);
      });
    }
  }

  /** Another scene: what is mounted and shown has it at once, the rest when it is. */
  load(scene) {
    this.scene = scene;
    this.last = undefined;
    for (const name of this.shown) this.inbox.attemptNow(() => this.give(name));
  }

  /** Give a card the scene, if it has not got it and there is something in it for the card. */
  give(name) {
    const { scene, mounted } = this;
    if (!scene || !mounted.has(name) || mounted.get(name) === scene) return;
    if (!this.fits(name, scene)) return;
    this.cards[name].load({ ...scene, block: scene.blocks[name] });
    mounted.set(name, scene);
  }

  /** An instant on the cards that have the scene: while it moves on those in sight, else on all. */
  draw(at, moves = false) {
    this.last = at;
    for (const name of this.shown) if (!moves || this.sees(name)) this.drawOne(name);
  }

  /** What was drawn last, on one card; one that fails stops no other. */
  drawOne(name) {
    const { last, scene, mounted, shown } = this;
    if (last === undefined || !scene || mounted.get(name) !== scene || !shown.includes(name)) {
      return;
    }
    this.inbox.attemptNow(() => this.cards[name].draw(last));
  }
}
