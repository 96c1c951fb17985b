import assert from "node:assert/strict";

import { resetQuery, sets } from "./past.js";

Deno.test("to reset leaves the cards that are shown", () => {
  assert.equal(resetQuery("?height=2&show=clicks+phase-space&t=3"), "?show=clicks+phase-space");
  assert.equal(resetQuery("?height=2"), "?");
  assert.equal(resetQuery("?show="), "?show=");
});

Deno.test("what sets no control leaves nothing to reset", () => {
  assert.equal(sets(""), false);
  assert.equal(sets("?v=1&t=3&show=clicks"), false);
  assert.equal(sets("?show=clicks&energy=2"), true);
});
