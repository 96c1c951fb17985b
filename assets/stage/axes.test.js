import assert from "node:assert/strict";

import { levelsOf, rangesOf, shownRange, spanOf } from "./axes.js";

const near = (a, b) => assert.ok(Math.abs(a - b) < 1e-9, `${a} is not ${b}`);

Deno.test("a density keeps half of the height and has no negative ticks", () => {
  for (const density of [0.01, 0.2, 1, 4]) {
    for (const height of [-10, -0.1, 0, 3, 20]) {
      for (const low of [0, -10]) {
        for (const energy of [0.5, 5, 20]) {
          for (const signed of [false, true]) {
            const axes = { density, top: Math.max(height, energy), bottom: Math.min(height, low) };
            check(axes, signed);
          }
        }
      }
    }
  }
});

function check(axes, signed) {
  const { left, right } = rangesOf(axes, signed), { density } = axes;
  const amplitude = signed ? Math.sqrt(density) : 0;
  const wave = Math.max(density, amplitude) + amplitude;
  assert.ok(wave / (left.end - left.start) > 0.5);
  assert.ok(left.start <= -amplitude && density < left.end);
  near(left.bounds[0], -1.1 * amplitude);
  assert.ok(right.start <= axes.bottom && axes.top <= right.end);
  near(left.start / left.end, right.start / right.end);
}

Deno.test("only the rows of W in which something is seen are shown", () => {
  const wigner = new Uint8Array(8 * 4).fill(128);
  wigner[2 * 4 + 1] = 140;
  const run = { wigner, wigner_x: new Float32Array(4), wigner_k: Float32Array.of(0, 1) };
  assert.equal(
    shownRange({ ...run, wigner_k: Float32Array.from({ length: 8 }, (_, i) => i - 4) }),
    2,
  );
});

Deno.test("the axis of energies holds wells, tops, energies and their spread, of all runs", () => {
  const one = (v, energy, high) => ({ barrier_v: v, energy, band: { high } });
  const { start, end } = levelsOf([one([0, -3], 1, 2), one([0, 4], 1, 12)]);
  assert.ok(start < -3 && start > -4);
  assert.ok(end > 6.5 && end < 8);
  assert.ok(levelsOf([one([0, 1], 0.5, 0.6)]).start > -0.1);
});

Deno.test("two runs are seen on the stretch that holds both", () => {
  assert.deepEqual(spanOf([{ x: [-3, 0, 2] }, { x: [-1, 5] }]), { start: -3, end: 5 });
});
