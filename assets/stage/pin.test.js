import assert from "node:assert/strict";

import { comparable, other, told } from "./pin.js";

Deno.test("a rectangle is set against a Gaussian, all else against a rectangle", () => {
  assert.equal(other("Rectangular"), "Gaussian");
  assert.equal(other("Gaussian"), "Rectangular");
  assert.equal(other("Double"), "Rectangular");
});

Deno.test("both exact parts are told, the pinned one first", () => {
  const units = ["nm", "eV", "fs"],
    runs = [0.3419, 0.4].map((exact) => ({ units, summary: { exact } }));
  assert.match(told(runs[0], runs[0]), /stays in gray/);
  assert.match(told(...runs), /34\.19 % of the pinned run \(gray\), 40\.00 % of this one/);
  const natural = { units: ["", "", ""], summary: { exact: 0.5 } };
  assert.ok(!comparable(natural, runs[0]));
  assert.match(told(natural, runs[0]), /other units/);
});
