import assert from "node:assert/strict";

import { Inbox } from "./inbox.js";

Deno.test("one that fails is told, and those behind it are done in their order", async () => {
  const told = [], done = [], warn = console.warn;
  console.warn = () => {};
  const inbox = new Inbox((text) => told.push(text));
  const later = (name) => new Promise((resolve) => setTimeout(() => resolve(done.push(name)), 5));
  inbox.put(() => later("first"));
  inbox.put(() => Promise.reject(new Error("torn")));
  inbox.put(() => {
    throw new Error("broken");
  });
  await inbox.put(() => done.push("last"));
  inbox.attemptNow(() => {
    throw new Error("drawn");
  });
  console.warn = warn;
  assert.deepEqual(done, ["first", "last"]);
  assert.deepEqual(told.map((text) => /\((\w+)\)/.exec(text)[1]), ["torn", "broken", "drawn"]);
});
