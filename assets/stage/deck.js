/** The cards of the stage: each is mounted when it is first shown, and loaded with the scene. */
export class Deck {
  constructor(cards, fits, inbox) {
    Object.assign(this, { cards, fits, inbox, mounted: new Map(), shown: [] });
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

  /** An instant on the cards that have the scene; one that fails stops no other. */
  draw(at) {
    for (const name of this.shown) {
      if (this.scene && this.mounted.get(name) === this.scene) {
        this.inbox.attemptNow(() => this.cards[name].draw(at));
      }
    }
  }
}
