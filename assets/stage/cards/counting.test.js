import assert from "node:assert/strict";

import { chosen, Series, sharesAround, spread, sumsOf, Trail, wilson } from "./counting.js";

Deno.test("a series is as even as chance, and the same from its start on", () => {
  const series = new Series(4711), n = 20000;
  const first = Array.from({ length: n }, () => series.next());
  assert.ok(first.every((u) => u >= 0 && u < 1));
  const mean = first.reduce((a, b) => a + b) / n;
  assert.ok(Math.abs(mean - 0.5) < 5 * Math.sqrt(1 / 12 / n));
  const pairs = first.slice(1).reduce((sum, u, i) => sum + (u - 0.5) * (first[i] - 0.5), 0) / n;
  assert.ok(Math.abs(pairs) < 5 / 12 / Math.sqrt(n));
  series.restart();
  assert.deepEqual(Array.from({ length: 10 }, () => series.next()), first.slice(0, 10));
  assert.notEqual(new Series(4712).next(), first[0]);
});

Deno.test("what is chosen comes as often as it weighs, and never if it weighs nothing", () => {
  const sums = sumsOf([0, 3, 0, 1, 0]), series = new Series(1), found = [0, 0, 0, 0, 0];
  for (let i = 0; i < 8000; i++) found[chosen(sums, series.next())]++;
  assert.deepEqual([found[0], found[2], found[4]], [0, 0, 0]);
  assert.ok(Math.abs(found[1] / 8000 - 0.75) < 5 * spread(0.75, 8000));
  assert.equal(chosen(sums, 0), 1);
  assert.equal(chosen(sums, 1 - 2 ** -32), 3);
});

Deno.test("Wilson's interval solves |share − p| = spread(p), and holds as often as it says", () => {
  for (const [count, n] of [[3, 10], [0, 10], [10, 10], [1, 1000]]) {
    const ends = wilson(count, n);
    ends.forEach((p, end) => {
      const atEnd = (end === 0 && count === 0) || (end === 1 && count === n);
      if (!atEnd) assert.ok(Math.abs(Math.abs(count / n - p) - spread(p, n)) < 1e-12);
    });
  }
  assert.deepEqual(wilson(0, 0), [0, 1]);
  assert.ok(wilson(0, 100)[1] > 0.005);
  const series = new Series(7), p = 0.3;
  let held = 0;
  for (let round = 0; round < 1000; round++) {
    let count = 0;
    for (let i = 0; i < 50; i++) count += series.next() < p ? 1 : 0;
    const [low, high] = wilson(count, 50);
    held += low <= p && p <= high ? 1 : 0;
  }
  assert.ok(Math.abs(held / 1000 - 0.68) < 0.06, held);
});

Deno.test("an axis of shares holds what a series of twenty is likely to do", () => {
  for (const p of [0, 0.01, 0.35, 1]) {
    const [low, high] = sharesAround(p);
    assert.ok(low >= 0 && high <= 1 && low <= p && p <= high && high - low > 0.079);
  }
});

Deno.test("a trail of a million has few points, and begins with the first ones", () => {
  const trail = new Trail();
  for (let n = 1; n <= 1e6; n++) trail.put(n, 1 / n);
  assert.deepEqual(trail.n.slice(0, 5), [1, 2, 3, 4, 5]);
  assert.ok(trail.n.length < 800);
  assert.equal(trail.share.length, trail.n.length);
});
