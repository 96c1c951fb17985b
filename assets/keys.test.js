import assert from "node:assert/strict";

import { actOf } from "./keys.js";

const on = (place, event) => ({
  ...event,
  composedPath: () => [{ closest: (selector) => selector.includes(place) || null }],
});

Deno.test("a letter does the same, large or small", () => {
  assert.equal(actOf(on("body", { key: "p" }), { p: 1 }), 1);
  assert.equal(actOf(on("body", { key: "P" }), { p: 1 }), 1);
  assert.equal(actOf(on("body", { key: "PageDown" }), { PageDown: 2 }), 2);
});

Deno.test("letters can be no keys; others stay what they are", () => {
  assert.equal(actOf(on("body", { key: "p" }), { p: 1 }, false), undefined);
  assert.equal(actOf(on("body", { key: "PageUp" }), { PageUp: 1 }, false), 1);
});

Deno.test("a key in a field, or with another one, is not meant", () => {
  for (const field of ["input", "select", "textarea", "dialog"]) {
    assert.equal(actOf(on(field, { key: "p" }), { p: 1 }), undefined);
  }
  for (const other of ["ctrlKey", "metaKey", "altKey", "defaultPrevented"]) {
    assert.equal(actOf(on("body", { key: "p", [other]: true }), { p: 1 }), undefined);
  }
});
