import assert from "node:assert/strict";

import { digitsOf, duration, durations, lead, overTop, read, rows } from "./durations.js";

const run = {
  run: { peak: 20.348, mean: 20.49, share: 0.0006, error: 1e-5 },
  free: { peak: 21.136, mean: 21.29, share: 0.9998, error: 0 },
  passed: 0.4,
  crossed: 0.0003,
  ahead: 1e-11,
};
const block = {
  run,
  end: 34.2,
  alone: true,
  exact: 0.0006,
  over: 0.002,
  below: true,
  well: false,
  phase: 0.4654,
  dwell: 0.155,
  crossing: 1.012,
  limit: 0.4654,
  averaged: { phase: 0.46, dwell: 0.16, delay: -0.543, filtered: -0.267 },
};

Deno.test("times have as many digits as a run tells, two figures if they are short", () => {
  assert.deepEqual([24.7, 51.9, 250, 2500, 1.2].map(digitsOf), [2, 2, 1, 0, 3]);
  assert.equal(duration(20.348, 2), "20.35 fs");
  assert.equal(duration(0.00755, 2), "0.0076 fs");
  assert.equal(duration(-0.5, 2), "−0.50 fs");
  assert.equal(duration(0, 2), "0.00 fs");
  assert.equal(duration(null, 2), "–");
});

Deno.test("the difference is that of the two numbers beside it", () => {
  assert.deepEqual(rows(block), [
    ["Peak: most in a fs", "20.35 fs", "21.14 fs", "−0.79 fs"],
    ["Mean of all arrivals", "20.49 fs", "21.29 fs", "−0.80 fs"],
  ]);
});

Deno.test("what is still to come is told, but not in an environment, for which there is no theory", () => {
  assert.ok(read(block).endsWith("read off the run to about 0.01 fs."));
  const off = { ...block, averaged: { ...block.averaged, delay: -0.5 } };
  assert.ok(read(off).endsWith("about 0.03 fs."));
  const half = { ...block, exact: 0.0012 };
  assert.match(read(half), /0\.060 % are through, of 0\.12 % by theory/);
  assert.doesNotMatch(read({ ...half, alone: false }), /theory/);
});

Deno.test("each time has its value and its meaning, the limit only where there is one", () => {
  const found = durations(block);
  assert.deepEqual(found.map(({ value }) => value), ["0.47 fs", "0.15 fs", "0.47 fs", "−0.81 fs"]);
  assert.match(found[3].what, /^−0\.27 fs, as faster waves .* and −0\.54 fs by the barrier itself/);
  assert.equal(durations({ ...block, limit: null }).length, 3);
  assert.match(durations({ ...block, alone: false }).at(-1).what, /packet that is alone/);
  const slower = { ...block, averaged: { ...block.averaged, filtered: 0.2 } };
  assert.match(durations(slower)[3].what, /slower waves/);
});

Deno.test("there is no signal where no more is through at any time, and else that is said", () => {
  assert.equal(lead(block).title, "No signal");
  assert.match(
    lead(block).what,
    /40\.00 % of the free packet is through, and 0\.030 % of this one/,
  );
  const ahead = { ...block, run: { ...run, ahead: 0.1 } };
  assert.equal(lead(ahead).title, "Earlier than the free packet");
  assert.doesNotMatch(lead(ahead).what, /classical/);
  assert.match(lead({ ...ahead, well: true }).what, /classical particle is faster, too/);
});

Deno.test("what goes over the top decides what the arrival tells", () => {
  const told = [0.002, 0.3, 0.7].map((over) => overTop({ over, below: true }).what);
  assert.match(told[0], /that of tunneling/);
  assert.match(told[1], /both/);
  assert.match(told[2], /no tunneling/);
  assert.match(overTop({ over: 0.002, below: false }).what, /above the top/);
});
