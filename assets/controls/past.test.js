import assert from "node:assert/strict";

import { asked, isTyping } from "./past.js";

const field = (value, defaultValue) => ({ value, defaultValue, matches: () => true });

Deno.test("the usual keys undo and do again, on a Mac, too", () => {
  assert.equal(asked({ key: "z", ctrlKey: true }), "undo");
  assert.equal(asked({ key: "z", metaKey: true }), "undo");
  assert.equal(asked({ key: "Z", ctrlKey: true, shiftKey: true }), "redo");
  assert.equal(asked({ key: "y", ctrlKey: true }), "redo");
});

Deno.test("no other key does", () => {
  for (
    const other of [{ key: "z" }, { key: "z", ctrlKey: true, altKey: true }, {
      key: "x",
      ctrlKey: true,
    }]
  ) {
    assert.equal(asked(other), undefined);
  }
});

Deno.test("in a field in which nothing is being typed these keys are the lab's", () => {
  assert.equal(isTyping(field("1.5", "1.5")), false);
  assert.equal(isTyping(field("1.57", "1.5")), true);
});
