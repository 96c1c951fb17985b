import assert from "node:assert/strict";

import { Deck } from "./deck.js";
import { Inbox } from "./inbox.js";

/** A card that writes down what it is asked for. */
const card = (log, name, fault) => ({
  mount: (items) => Promise.resolve(log.push(`${name} mount ${items.x}`)),
  load: ({ runs, block }) => log.push(`${name} load ${runs} ${block}`),
  draw: (at) => {
    if (fault) throw new Error(fault);
    log.push(`${name} draw ${at}`);
  },
});

function dealt(...faults) {
  const out = new Set(), sees = (name) => !out.has(name);
  const log = [], told = [];
  const cards = Object.fromEntries(
    ["a", "b"].map((name, i) => [name, card(log, name, faults[i])]),
  );
  const said = () => log.splice(0).join(", ");
  const deck = new Deck(cards, fits, new Inbox((text) => told.push(text)), sees);
  return { deck, said, told, out };
}

const fits = (name, { runs }) => name === "a" || runs !== "other";
const scene = { runs: "run", blocks: { a: "block" } };

Deno.test("a card is mounted when it is shown, and has the scene before it draws", async () => {
  const { deck, said } = dealt();
  await deck.show(["a"]);
  deck.load(scene);
  deck.draw(1);
  assert.equal(said(), "");
  await deck.dress({ a: { x: 1 }, b: { x: 2 } });
  deck.draw(2);
  assert.equal(said(), "a mount 1, a load run block, a draw 2");
  await deck.show(["a", "b"]);
  deck.draw(3);
  assert.equal(said(), "b mount 2, b load run undefined, a draw 3, b draw 3");
});

Deno.test("what was hidden while a scene came has it when it is shown again", async () => {
  const { deck, said } = dealt();
  await deck.show(["a", "b"]);
  await deck.dress({ a: { x: 1 }, b: { x: 2 } });
  await deck.show(["b"]);
  deck.load(scene);
  assert.equal(said(), "a mount 1, b mount 2, b load run undefined");
  await deck.show(["a"]);
  assert.equal(said(), "a load run block");
});

Deno.test("a card that a scene has nothing for waits for another", async () => {
  const { deck, said } = dealt();
  await deck.show(["a", "b"]);
  await deck.dress({ a: { x: 1 }, b: { x: 2 } });
  deck.load({ runs: "other", blocks: {} });
  deck.draw(1);
  assert.equal(said(), "a mount 1, b mount 2, a load other undefined, a draw 1");
});

Deno.test("a card that fails is told and stops no other", async () => {
  const { deck, said, told } = dealt("torn");
  const { warn } = console;
  console.warn = () => {};
  await deck.show(["a", "b"]);
  await deck.dress({ a: {}, b: {} });
  deck.load(scene);
  said();
  deck.draw(1);
  console.warn = warn;
  assert.equal(said(), "b draw 1");
  assert.match(told[0], /torn/);
});

Deno.test("a card is mounted for a scene that comes after one that had nothing for it", async () => {
  const { deck, said } = dealt();
  await deck.dress({ a: { x: 1 }, b: { x: 2 } });
  deck.load({ runs: "other", blocks: {} });
  await deck.show(["b"]);
  assert.equal(said(), "");
  await deck.show(["b"], scene);
  deck.load(scene);
  assert.equal(said(), "b mount 2, b load run undefined");
});

Deno.test("while it moves, what is out of sight is not drawn until it comes, or it stands", async () => {
  const { deck, said, out } = dealt();
  await deck.show(["a", "b"]);
  await deck.dress({ a: { x: 1 }, b: { x: 2 } });
  deck.load(scene);
  said();
  out.add("b");
  deck.draw(1, true);
  assert.equal(said(), "a draw 1");
  deck.drawOne("b");
  assert.equal(said(), "b draw 1");
  deck.draw(2);
  assert.equal(said(), "a draw 2, b draw 2");
  deck.load({ ...scene });
  said();
  deck.drawOne("b");
  assert.equal(said(), "");
});
