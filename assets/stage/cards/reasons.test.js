import assert from "node:assert/strict";

import { compared, reasons } from "./reasons.js";

const summary = {
  transmitted: 0.0442,
  exact: 0.0441,
  tunneled: 0.0415,
  over_the_top: 0.0026,
  separated: true,
};
const run = { summary, promised: 1e-3 };

Deno.test("the three numbers stand side by side, each with what it is", () => {
  const [wave, packet, found] = reasons([run], [0.0367]);
  assert.deepEqual(wave.each, [["3.67 %", ""]]);
  assert.deepEqual(packet.each, [["4.41 %", "4.15 % tunneled, 0.26 % over the top."]]);
  assert.equal(found.each[0][0], "4.42 %");
  for (const { title, what } of [wave, packet, found]) assert.ok(title && what);
});

Deno.test("two runs have two values each", () => {
  const other = { ...run, summary: { ...summary, exact: 0.2 } };
  assert.deepEqual(reasons([run, other], [0.1, 0.3]).map(({ each }) => each.length), [2, 2, 2]);
});

Deno.test("a run says how far it is from theory and what that is worth", () => {
  assert.equal(
    compared(run),
    "+0.010 pp from exact theory. Below what this quality resolves, 0.1 percentage points.",
  );
  const open = { ...run, summary: { ...summary, separated: false, unsettled: 0.02 } };
  assert.equal(compared(open), "The run ends here: 2.00 % can still change sides.");
});

Deno.test("an average is told with its error, and that theory is about the packet alone", () => {
  const average = { ...summary, transmitted: 0.0641, members: 64, transmitted_error: 0.004 };
  assert.equal(
    compared({ summary: average, promised: null }),
    "An average over 64 runs in the environment: +2.00 ± 0.4 pp from the packet alone. " +
      "In percentage points, with one standard error.",
  );
});
