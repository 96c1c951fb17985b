import assert from "node:assert/strict";

import { expected, share } from "./clicks.js";

Deno.test("the share of a side is what clicked there of all that were sent", () => {
  assert.equal(share(3, 4), 0.75);
  assert.equal(share(0, 10), 0);
  assert.equal(share(3, 10) + share(7, 10), 1);
});

Deno.test("before anything was sent no side has a share", () => {
  assert.equal(share(0, 0), 0);
});

Deno.test("what is expected spreads as the root of a binomial variance", () => {
  assert.equal(expected(0.5, 100), "(50.00 ± 5.00) %");
});
