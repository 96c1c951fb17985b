import assert from "node:assert/strict";

import { partsOf, sentences } from "./stationary.js";

const close = (a, b) => assert.ok(Math.abs(a - b) < 1e-12, `${a} ${b}`);

Deno.test("the waves before the barrier add up to psi, and each is only where it is one", () => {
  for (const k of [2, -2]) {
    const x = [-3, -1, 0, 1, 3], r = 0.6;
    const re = x.map((at) => Math.cos(k * at) + r * Math.cos(-k * at));
    const im = x.map((at) => Math.sin(k * at) + r * Math.sin(-k * at));
    const parts = partsOf({ x, re, im, k }, [-0.5, 0.5]), near = k > 0 ? 0 : 4, far = 4 - near;
    close(parts.incident[0][near], Math.cos(k * x[near]));
    close(parts.reflected[1][near], r * Math.sin(-k * x[near]));
    close(parts.transmitted[0][far], re[far]);
    for (const part of [parts.incident, parts.reflected]) {
      assert.ok(Number.isNaN(part[0][far]) && Number.isNaN(part[1][2]));
    }
    assert.ok(Number.isNaN(parts.transmitted[0][near]));
    assert.equal(parts.sum[0], re);
  }
});

Deno.test("the sentences tell pattern, current, and why |psi|^2 behind a drop is not T", () => {
  const state = { r: 0.5, transmission: 0.75, goes_on: true, faster: 1, packet: 0.7 };
  const [first, second] = sentences(state);
  assert.match(first, /goes from 0\.25 to 2\.25/);
  assert.match(first, /T\(E₀\) = 75\.00 %/);
  assert.doesNotMatch(first, /times as fast/);
  assert.match(second, /of this one 70\.00 % gets through/);
  assert.match(sentences({ ...state, faster: 2 })[0], /is 2\.00 times as fast/);
  assert.match(sentences({ ...state, r: 0 })[0], /Nothing comes back/);
  assert.match(sentences({ ...state, r: 1, goes_on: false })[0], /no current flows/);
});
