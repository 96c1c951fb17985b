import assert from "node:assert/strict";

import { Start } from "./start.js";

const run = { times: new Float32Array([0, 1, 2, 3]), units: ["nm", "eV", "fs"] };

/** What a start does to a player, and what is told. */
function started({ waiting = false } = {}) {
  const done = [], told = {};
  const player = {
    playing: false,
    seek: (frame) => done.push(`seek ${frame}`),
    play: () => done.push("play"),
  };
  const start = new Start({
    player,
    transport: { catchUp: () => waiting },
    looks: { set: (text) => (text === "phase" ? "" : `no ${text}`) },
    notices: { tell: (from, text) => Object.assign(told, { [from]: text }) },
  });
  const put = (scene, left, plays = false) => {
    start.put(run, scene, left, plays);
    start.begin();
    return done.splice(0).join(", ");
  };
  return { start, player, put, told };
}

Deno.test("the first run plays by itself where it may, and the next stands still", () => {
  const { put } = started();
  assert.equal(put({}, undefined, true), "play");
  assert.equal(put({}), "");
});

Deno.test("a run that was playing goes on in the next one, however many instants came between", () => {
  const { start, player, put } = started();
  player.playing = true;
  start.hold();
  start.hold();
  assert.equal(player.playing, false);
  assert.equal(put({ time: null, look: null }), "play");
  player.playing = true;
  start.hold();
  start.forget();
  assert.equal(put({}), "");
});

Deno.test("a link's time is where it stands, also if it was playing, and one past the end is told", () => {
  const { start, player, put, told } = started();
  player.playing = true;
  start.hold();
  assert.equal(put({ time: 2, look: "phase" }, undefined, true), "seek 2");
  assert.deepEqual(told, { link: "", look: "" });
  assert.equal(put({ time: 3.005 }), "seek 3");
  assert.equal(told.link, "");
  assert.equal(put({ time: 9, look: "sideways" }), "seek 3");
  assert.match(told.link, /asks for .*9.*ends at .*3/);
  assert.equal(told.look, "no sideways");
  put({});
  assert.deepEqual(told, { link: "", look: "" });
});

Deno.test("a page that was left comes before its link, and plays on if it played", () => {
  const { put, told } = started();
  assert.equal(put({ time: 2 }, { time: 1, look: "upside", playing: true }), "seek 1, play");
  assert.equal(told.look, "no upside");
  assert.equal(put({ time: 2 }, { time: 1, look: "", playing: false }, true), "seek 1");
});

Deno.test("what a person asked for meanwhile is done in place of playing on", () => {
  const { put } = started({ waiting: true });
  assert.equal(put({}, undefined, true), "");
});
