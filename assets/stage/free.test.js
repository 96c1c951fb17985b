import assert from "node:assert/strict";

import { freeInto } from "./free.js";

const packet = { center: -9, free: { velocity: 0.6, sigma: 1.4, spreading: 30 } };
const x = Float64Array.from({ length: 801 }, (_, j) => -40 + j / 10);

/** Sum, mean and standard deviation of what is drawn. */
function moments(time) {
  const density = new Float64Array(x.length);
  freeInto(density, x, packet, time);
  const sum = (of) => density.reduce((all, d, j) => all + 0.1 * d * of(x[j]), 0);
  const mean = sum((at) => at);
  return [sum(() => 1), mean, Math.sqrt(sum((at) => (at - mean) ** 2))];
}

Deno.test("the free packet is whole, goes on and becomes wider", () => {
  for (const [time, mean, width] of [[0, -9, 1.4], [30, 9, 1.4 * Math.SQRT2]]) {
    const found = moments(time);
    [1, mean, width].forEach((wanted, i) => assert.ok(Math.abs(found[i] - wanted) < 1e-9));
  }
});

Deno.test("from the right it goes to the left", () => {
  const density = new Float64Array(x.length);
  const back = { center: 9, free: { ...packet.free, velocity: -0.6 } };
  freeInto(density, x, back, 30);
  assert.ok(Math.abs(x[density.indexOf(Math.max(...density))] + 9) < 0.051);
});
