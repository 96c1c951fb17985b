import assert from "node:assert/strict";

Deno.test("what is kept is told once, and found by a part that comes later", async () => {
  const events = new EventTarget(), removed = [], heard = [];
  globalThis.window = events;
  globalThis.document = { documentElement: { dataset: {} } };
  const { hear, keep, kept, tell } = await import("./between.js");
  hear({ on: (_, act) => removed.push(act) }, { state: (state) => heard.push(state) });
  keep("state", "ask");
  keep("state", "ask");
  tell("state", "play");
  assert.deepEqual([heard, kept("state"), kept("view")], [["ask", "play"], "ask", undefined]);
  removed.forEach((act) => act());
  tell("state", "done");
  assert.equal(heard.length, 2);
});
