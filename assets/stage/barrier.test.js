import assert from "node:assert/strict";

import { bandOf, forbiddenOf, insideOf, levelOf, outlineOf } from "./barrier.js";

const run = { support: [-1, 1], spans: [[-1, 0.5]], energy: 2 };

Deno.test("the outline of a barrier goes along V = 0 and back along V", () => {
  const { x, y } = outlineOf({ barrier_x: [0, 1, 2], barrier_v: [3, 4, 5] });
  assert.deepEqual([...x], [0, 1, 2, 2, 1, 0]);
  assert.deepEqual([...y], [0, 0, 0, 5, 4, 3]);
});

Deno.test("a barrier without inside has no band", () => {
  assert.deepEqual(insideOf(run, 9), { left: [-1], right: [1], bottom: [-9], top: [9] });
  assert.deepEqual(insideOf({ support: [1, 1] }, 9).left, []);
});

Deno.test("the energy's line is thick where V exceeds it", () => {
  assert.deepEqual(levelOf(run).energy, [2, 2]);
  assert.deepEqual(forbiddenOf(run), { x: [-1], energy: [2], x1: [0.5], v1: [2] });
});

Deno.test("the band has a cell for each shade, without a gap, the likeliest the darkest", () => {
  const { bottom, top, fill_alpha } = bandOf({ low: 1, high: 2, shades: [0, 100, 50, 0] }, 0.4);
  assert.deepEqual(bottom, [1, 1.25, 1.5, 1.75]);
  assert.deepEqual(top, [1.25, 1.5, 1.75, 2]);
  assert.deepEqual(fill_alpha, [0, 0.4, 0.2, 0]);
});
