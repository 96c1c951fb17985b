import assert from "node:assert/strict";

import { SCALES } from "./scale.js";

Deno.test("a slider goes in whole steps and stays within its ends", () => {
  const scale = new SCALES.linear({ low: -1, high: 1, step: 0.05 });
  assert.equal(scale.value(0.1234), 0.1);
  assert.equal(scale.stepped(0.1, 1), 0.15);
  assert.equal(scale.stepped(0.12, -1), 0.1);
  assert.equal(scale.stepped(1, 1), 1);
});

Deno.test("on a logarithmic slider a decade is as wide as the next, in three figures", () => {
  const scale = new SCALES.log({ low: 0.01, high: 100, step: 0.001 });
  assert.equal(scale.place(10) - scale.place(1), scale.place(1) - scale.place(0.1));
  assert.equal(scale.value(Math.log10(12.3456)), 12.3);
  for (let value = 0.01; value < 99;) {
    const next = scale.slid(value, 1);
    assert.ok(next > value);
    value = next;
  }
});
