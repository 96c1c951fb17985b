import assert from "node:assert/strict";

import { begunTold, insideTold } from "./inside.js";

const told = (support, level = 0, unit = "nm") => insideTold({ support, level, unit });

Deno.test("the inside is defined", () => {
  const edges = "from the first edge of V to the last.";
  assert.equal(told([-0.15, 0.15]), `It is x from −0.15 to 0.15 nm, ${edges}`);
  assert.equal(told([-0.8, 0.8]), `It is x from −0.8 to 0.8 nm, ${edges}`);
  assert.equal(
    told([-0.44534, 0.44534], 0.001),
    "It is x from −0.445 to 0.445 nm, where V is more than 0.1 % of its peak: wider than the bump one sees.",
  );
  assert.match(
    insideTold({ support: [-1, 1], level: 0.001, unit: "nm", formed: true }),
    /^It is x from −1 to 1 nm, from where V leaves 0 by 0\.1 % of its largest/,
  );
  assert.equal(told([0, 0]), "There is none: left and right meet at x = 0 nm.");
  assert.equal(told([-0.5, 0.5], 0, ""), `It is x from −0.5 to 0.5, ${edges}`);
});

Deno.test("a packet that touches the barrier is told with its parts", () => {
  const at = (support) => begunTold({ begun: [0.1, 0.05], support });
  assert.match(at([-1, 1]), /at the start 10\.00 % of it is inside and 5\.00 % beyond\./);
  assert.match(at([0, 0]), /begins at the edge: 5\.00 % of it is beyond it/);
});
