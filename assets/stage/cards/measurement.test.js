import assert from "node:assert/strict";

import { answer, why } from "./measurement.js";

const UNITS = ["nm", "eV", "fs"];

Deno.test("an answer tells when, how probable it was, and what is left", () => {
  const yes = answer({ found: true, time: 14, probability: 0.154 }, UNITS);
  assert.match(yes, /^Yes\. At 14\.00 fs .* was 15\.40 %\. What was before the barrier is gone/);
  const no = answer({ found: false, time: 14, probability: 0.846 }, UNITS);
  assert.match(no, /^No\. At 14\.00 fs .* was 84\.60 %\. What was behind it is gone/);
});

Deno.test("why it costs energy names the edge, in the run's unit", () => {
  assert.match(why({ edge: 0.1533 }, UNITS), /Its edge is 0\.15 nm wide/);
  assert.match(why({ edge: 0.1533 }, ["", "", ""]), /Its edge is 0\.15 wide/);
});
