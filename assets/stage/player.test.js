import assert from "node:assert/strict";

import { frameAt, Player } from "./player.js";

/** A player whose screen draws when it is told to. */
function played(count = 10) {
  const drawn = [], told = [], due = [];
  globalThis.requestAnimationFrame = (tick) => due.push(tick);
  const player = new Player(() => drawn.push(player?.frame), () => told.push(player.frame));
  player.load(Float32Array.from({ length: count }, (_, i) => i / 4));
  const screen = (now) => due.splice(0).forEach((tick) => tick(now));
  return { player, drawn, told, screen };
}

Deno.test("the frame at a time is the last one before it", () => {
  const times = Float32Array.of(0, 0.1, 0.2, 5);
  const cases = [[-1, 0], [0, 0], [0.1, 1], [0.19, 1], [0.2, 2], [4.9, 2], [5, 3], [9, 3]];
  for (const [time, frame] of cases) assert.equal(frameAt(times, time), frame);
});

Deno.test("it plays 60 frames a second to the end, and then tells it once", () => {
  const { player, told, screen } = played();
  player.play();
  screen(1000);
  screen(1050);
  assert.equal(player.frame, 3);
  screen(1100);
  screen(1150);
  assert.equal(player.frame, 9);
  screen(1200);
  assert.deepEqual([player.frame, player.playing, told], [9, false, [9]]);
});

Deno.test("it plays on from the start when it loops, and as fast as it is told", () => {
  const { player, told, screen } = played();
  Object.assign(player, { loop: true, speed: 2 });
  player.play();
  for (const now of [0, 50, 100]) screen(now);
  assert.deepEqual([player.frame, player.playing, told], [0, true, []]);
});

Deno.test("a screen that sleeps long is not caught up", () => {
  const { player, screen } = played(100);
  player.play();
  screen(0);
  screen(60_000);
  assert.equal(player.frame, 6);
});

Deno.test("a step stops it and stays between the ends", () => {
  const { player, told } = played();
  player.play();
  player.step(-1);
  assert.deepEqual([player.frame, player.playing], [0, false]);
  for (let i = 0; i < 20; i++) player.step(1);
  assert.equal(player.frame, 9);
  assert.equal(told.length, 21);
});

Deno.test("a new run goes on from the same time", () => {
  const { player } = played();
  player.seek(6);
  player.load(Float32Array.of(0, 0.5, 1, 1.5, 2));
  assert.equal(player.time, 1.5);
  player.load(Float32Array.of(0, 0.5, 1));
  assert.equal(player.frame, 2);
});

Deno.test("halting tells nothing to the server", () => {
  const { player, told } = played();
  player.seek(4);
  player.halt();
  assert.deepEqual([player.frame, told], [0, [4]]);
});
