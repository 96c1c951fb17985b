import assert from "node:assert/strict";

import { areaOf, floorOf, powerOf, split, ticksOf } from "./scales.js";

Deno.test("a logarithmic axis begins at the power of ten below all values, not below 10⁻¹²", () => {
  assert.equal(floorOf([0.5, 2e-4, NaN, 0]), -4);
  assert.equal(floorOf([0.5, 1]), -1);
  assert.equal(floorOf([1e-30, 1]), -12);
});

Deno.test("powers of ten are written with raised digits", () => {
  assert.deepEqual([-12, -1, 0].map(powerOf), ["10⁻¹²", "10⁻¹", "1"]);
});

Deno.test("each power of the axis has its label, a plain axis has its own", () => {
  assert.deepEqual([...ticksOf(-2)], [[-2, "10⁻²"], [-1, "10⁻¹"], [0, "1"]]);
  assert.equal(ticksOf(0).size, 0);
});

Deno.test("a curve is split at the top, which is in both parts", () => {
  const [x, y] = [[0, 1, 2, 3], [1, 2, 2, 1]];
  assert.deepEqual(split(x, y, 2), [[[0, 1], [1, 2], [2, 2]], [[2, 2], [3, 1]]]);
});

Deno.test("a part in which nothing is seen is none, whatever the top", () => {
  const [x, y] = [[0, 1, 2], [1, 1, 1e-5]];
  assert.deepEqual(split(x, y, 2)[1], []);
  assert.deepEqual(split(x, y, -1), [[], [[0, 1], [1, 1], [2, 1e-5]]]);
  assert.deepEqual(split(Float32Array.of(0.1), [1], 0.1).map((part) => part.length), [1, 1]);
});

Deno.test("an area goes back along zero", () => {
  const { x, y } = areaOf([[0, 1], [1, 2]]);
  assert.deepEqual([[...x], [...y]], [[0, 1, 1, 0], [1, 2, 0, 0]]);
  assert.equal(areaOf([]).x.length, 0);
});
