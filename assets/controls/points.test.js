import assert from "node:assert/strict";

import {
  added,
  drawnOnce,
  endOf,
  moved,
  pathOf,
  pointsOf,
  redrawn,
  removed,
  simplified,
  textOf,
} from "./points.js";

const LIMITS = { reach: 5, lowest: -10, highest: 20, closest: 0.02, most: 24 };
const POINTS = [[-1, 0], [0, 2], [1, -0.5]];

Deno.test("a text is points, and points are a text", () => {
  assert.deepEqual(pointsOf("-1 0 0  2 1 −0.5"), POINTS);
  assert.equal(textOf(POINTS), "-1 0 0 2 1 -0.5");
  assert.equal(textOf([[-0.0001, 1.23456]]), "0 1.23");
  for (const none of ["", "1 2 3", "a b", "1 2 x"]) assert.deepEqual(pointsOf(none), []);
});

Deno.test("a point goes no further than its neighbors and the limits", () => {
  assert.deepEqual(moved(POINTS, 1, [3, 30], LIMITS)[1], [0.98, 20]);
  assert.deepEqual(moved(POINTS, 0, [-9, -30], LIMITS)[0], [-5, -10]);
  assert.deepEqual(moved(POINTS, 1, [0.5, 1], LIMITS), [[-1, 0], [0.5, 1], [1, -0.5]]);
});

Deno.test("points are added where there is room, and two stay", () => {
  assert.deepEqual(added(POINTS, [0.5, 1], LIMITS)[2], [0.5, 1]);
  assert.deepEqual(added(POINTS, [2, 1], LIMITS)[3], [2, 1]);
  assert.equal(added(POINTS, [0.01, 1], LIMITS), POINTS);
  assert.equal(added(POINTS, [0.5, 1], { ...LIMITS, most: 3 }), POINTS);
  assert.deepEqual(removed(POINTS, 1), [[-1, 0], [1, -0.5]]);
  assert.equal(removed(POINTS.slice(1), 0).length, 2);
});

Deno.test("a line drawn by hand becomes few points that miss it by little", () => {
  const line = Array.from({ length: 200 }, (_, i) => [i / 100, Math.sin(i / 20)]);
  const few = simplified(line, 0.01, LIMITS);
  assert.ok(few.length > 5 && few.length <= 24);
  const at = (x) => {
    const i = few.findIndex(([place]) => place >= x), [[x0, v0], [x1, v1]] = [few[i - 1], few[i]];
    return v0 + (v1 - v0) * (x - x0) / (x1 - x0);
  };
  for (const [x, v] of line.slice(1)) assert.ok(Math.abs(at(x) - v) < 0.05);
  const rough = line.map(([x], i) => [x, i % 2]);
  assert.ok(simplified(rough, 0.01, LIMITS).length <= 24);
});

Deno.test("what is drawn again counts, and only on its stretch", () => {
  const line = drawnOnce([[0, 0], [1, 1], [2, 2], [1, 5], [3, 3]]);
  assert.deepEqual(line.map(([x]) => x), [0, 1, 3]);
  const all = redrawn(POINTS, [[-0.5, 1], [0.2, 3], [0.5, 1]], 0.01, LIMITS);
  assert.deepEqual(all, [[-1, 0], [-0.5, 1], [0.2, 3], [0.5, 1], [1, -0.5]]);
});

Deno.test("a smooth line has no other top than its points", () => {
  const place = ([x, v]) => [x, v];
  assert.equal(pathOf(POINTS, false, place), "M-1.0 0.0L0.0 2.0L1.0 -0.5");
  const smooth = pathOf([[0, 0], [3, 6], [6, 6]], true, place);
  assert.equal(smooth, "M0.0 0.0C1.0 0.0 2.0 6.0 3.0 6.0C4.0 6.0 5.0 6.0 6.0 6.0");
  const rising = pathOf([[0, 0], [3, 3], [6, 12]], true, place);
  assert.equal(rising.split("C")[1], "1.0 0.0 2.0 1.5 3.0 3.0"); // slope 1.5 = 2/(1/1 + 1/3)
});

Deno.test("an axis leaves room beyond the points", () => {
  assert.equal(endOf(0.8, 5), 1);
  assert.equal(endOf(1.6, 20), 2);
  assert.equal(endOf(4.9, 5), 5);
  assert.equal(endOf(18, 20), 20);
});
