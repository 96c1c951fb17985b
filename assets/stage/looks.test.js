import assert from "node:assert/strict";

import { read, worded } from "./looks.js";

const TOGGLE = ["on", "off"];
const rows = (re, loop, speed) => [
  { name: "re", options: TOGGLE, value: re, usual: "off" },
  { name: "loop", options: TOGGLE, value: loop, usual: "on" },
  { name: "speed", options: ["0.5", "1"], value: speed, usual: "1" },
];

Deno.test("only what is not as usual is written, and read again", () => {
  assert.equal(worded(rows("off", "on", "1")), "");
  for (
    const [text, ...values] of [["re", "on", "on", "1"], [
      "loop-off speed-0.5",
      "off",
      "off",
      "0.5",
    ]]
  ) {
    const [re, loop, speed] = values, found = read(text, rows("off", "on", "1"));
    assert.equal(worded(rows(re, loop, speed)), text);
    assert.deepEqual({ re: "off", loop: "on", speed: "1", ...found.values }, { re, loop, speed });
    assert.deepEqual(found.strange, []);
  }
});

Deno.test("a word that means nothing is told, and the others hold", () => {
  const { values, strange } = read(" re  speed-7 constructor ", rows("off", "on", "1"));
  assert.deepEqual([values, strange], [{ re: "on" }, ["speed-7", "constructor"]]);
});
