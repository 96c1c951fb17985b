import assert from "node:assert/strict";

import { expected, placesOf, share } from "./clicks.js";

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

Deno.test("a particle is found where the wave is, or beyond the picture", () => {
  const run = {
    x: [-2, -1, 0, 1, 2],
    re: [9, 9, 9, 9, 9, 1, 0, 2, 0, 1],
    im: [9, 9, 9, 9, 9, 0, 1, 0, 1, 0],
    psi_scale: 0.1,
    regions: [0, 0, 0, 0.02, 0.04, 0.08],
    support: [-0.5, 0.5],
  };
  const [left, inside, right] = placesOf(run, 1);
  const close = (sums, wanted) =>
    sums.forEach((sum, i) => assert.ok(Math.abs(sum - wanted[i]) < 1e-9, `${sums}`));
  close(left, [0.5, 1, 1, 1, 1, 1]);
  close(inside, [0, 0, 1, 1, 1, 1]);
  close(right, [0, 0, 0, 1 / 8, 2 / 8, 1]);
});
