import { keep } from "../between.js";
import { stay } from "../line/stay.js";
import { clock } from "./telling.js";

/** What is on screen now, for who keeps it: a link, a page that is loaded again, a file. */
export class Moment {
  constructor(root, about, { player, looks, pin, deck }) {
    Object.assign(this, { root, about, player, looks, pin, deck });
  }

  /** The time on screen, how the run looks, and the one that is pinned behind it. */
  get told() {
    return { time: this.player.time, look: this.looks.text, pin: this.pin.link };
  }

  /** For a link. */
  keep() {
    for (const [name, value] of Object.entries(this.told)) keep(name, String(value));
  }

  /** The page will be loaded again. */
  leave() {
    stay.keep("stage", { ...this.told, playing: this.player.playing });
  }

  /** The cards on the page, as they are saved, energies with the wave; those that the runs make, at a time. */
  cards() {
    const { deck, player, root } = this, { scene } = deck;
    if (player.playing) deck.draw(deck.last); // those out of sight, too
    const now = clock(scene?.runs[0].units ?? [], player.time, 2);
    const time = now.startsWith("t") ? now : `t = ${now}`;
    const saved = ({ name }) => name !== "energy" && deck.shown.includes(name);
    return this.about.filter(saved).map((about) => ({
      name: about.name.replaceAll(" ", "-"),
      title: about.title,
      time: about.fed && !deck.cards[about.name].moves ? "" : time,
      card: deck.cards[about.name],
      root: root.querySelector(`[data-extra="${about.name}"]`) ?? root.querySelector(".wave"),
    }));
  }
}
