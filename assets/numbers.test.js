import assert from "node:assert/strict";

import { readNumber } from "./numbers.js";

const CASES = JSON.parse(
  await Deno.readTextFile(new URL("../tests/numbers.json", import.meta.url)),
);

Deno.test("the browser reads numbers as the server does", () => {
  for (const [text, value] of CASES) {
    const found = readNumber(text);
    assert.ok(value === null ? Number.isNaN(found) : found === value, text);
  }
});
