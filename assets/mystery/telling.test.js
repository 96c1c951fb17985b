import assert from "node:assert/strict";

import {
  comparedRows,
  countTold,
  hintTold,
  partTold,
  percent,
  sideOf,
  span,
  verdictTold,
} from "./telling.js";

const trial = { shots: 100, left: 36, right: 64, direction: "Right to left", part: 0.36 };
const interval = { low: 0.3136, high: 0.4091 };

Deno.test("a side has the error bar of what came out there", () => {
  const left = sideOf({ ...trial, ...interval }, "left");
  const right = sideOf({ ...trial, ...interval }, "right");
  assert.equal(countTold(left, 100), "36 (31 to 41)");
  assert.equal(countTold(right, 100), "64 (59 to 69)");
  const back = sideOf({ ...trial, ...interval, direction: "Left to right" }, "right");
  assert.deepEqual([back.from, back.to], [0.3136, 0.4091]);
});

Deno.test("a part and a stretch", () => {
  assert.equal(partTold({ part: 0.36, ...interval }), "36.0 (31.4 to 40.9)");
  assert.equal(partTold({ part: 0, low: 0, high: 0.0909 }), "0.0 (0.0 to 9.1)");
  assert.deepEqual([0, 1e-5, 0.012, 0.36, 1].map(percent), [
    "0 %",
    "< 0.1 %",
    "1.2 %",
    "36 %",
    "100 %",
  ]);
  assert.equal(span([1, 1], "eV"), "1 eV");
  assert.equal(span([1, 2.5], "eV"), "1 to 2.5 eV");
});

Deno.test("a hint tells what is gained there and here", () => {
  assert.equal(
    hintTold({ energy: 5.5, sigma: 0.5, shots: 100, bits: 2.993, own: 0.04 }),
    "Of 100 shots most is expected at 5.5 eV with packets 0.5 nm wide: 3.0 bits. As it is set now: 0.0 bits.",
  );
});

Deno.test("a verdict compares truth and proposal", () => {
  const truth = { shape: "Double", height: 5.5, width: 0.85 };
  const guess = { shape: "Double", height: 5, width: 0.9 };
  const reveal = { truth, guess, truth_p: 0.02, guess_p: 0.5, inside: [false, true] };
  const rows = comparedRows({ reveal }).map((row) => row[3]);
  assert.deepEqual(rows, ["right", "0.5 eV too little", "0.05 nm too much"]);
  const [score, , inside] = verdictTold({ gained: 5.21, shots: 300, reveal }, { bits: 11.457 });
  assert.equal(score, "Score: 5.2 of 11.5 bits, with 300 shots (1.7 bits for 100 shots).");
  assert.match(inside, /not among those of 68 %/);
  const [none] = verdictTold({ gained: 0, shots: 0, reveal }, { bits: 11.457 });
  assert.match(none, /, without a shot/);
});
