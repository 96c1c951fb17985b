import assert from "node:assert/strict";

import * as telling from "./telling.js";

const RULES = { ...telling };
const CASES = JSON.parse(
  await Deno.readTextFile(new URL("../../tests/telling.json", import.meta.url)),
);

Deno.test("the browser tells probabilities as the command line does", () => {
  for (const [rule, given, told] of CASES) assert.equal(RULES[rule](...given), told, rule);
});

Deno.test("a number has its sign, a true minus", () => {
  const cases = [[0, 1, "+0.0"], [1.25, 1, "+1.3"], [-0.5, 2, "−0.50"], [-3, 0, "−3"]];
  for (const [value, digits, told] of cases) assert.equal(telling.signed(value, digits), told);
});
