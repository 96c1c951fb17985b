import assert from "node:assert/strict";

import { moved } from "./tools.js";

Deno.test("arrows go round, Home and End to the ends", () => {
  assert.equal(moved(0, "ArrowRight", 3), 1);
  assert.equal(moved(2, "ArrowRight", 3), 0);
  assert.equal(moved(0, "ArrowLeft", 3), 2);
  assert.equal(moved(1, "Home", 3), 0);
  assert.equal(moved(1, "End", 3), 2);
});

Deno.test("no other key moves", () => {
  assert.equal(moved(0, "ArrowDown", 3), undefined);
  assert.equal(moved(0, "a", 3), undefined);
});
