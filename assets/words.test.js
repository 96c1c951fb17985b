import assert from "node:assert/strict";

globalThis.document = { documentElement: { lang: "id" } };
globalThis.tunnelscopeWords = {
  lines: {
    "There are {count} {things}.": ["Ada {count} {things}."],
    "one step": ["satu langkah", "beberapa langkah ({count})"],
  },
  plural: Array.from({ length: 200 }, (_, n) => Number(n % 100 > 20)),
};
const { fixed, language, say, sayMany, written } = await import("./words.js");

Deno.test("a text is said in the language of the page, with its values", () => {
  assert.equal(language, "id");
  assert.equal(say("There are {count} {things}.", { count: 1.5, things: "b.b" }), "Ada 1,5 b.b.");
});

Deno.test("what no catalog knows is said in English", () => {
  assert.equal(say("Not known, {name}.", { name: "x" }), "Not known, x.");
  assert.equal(say("No {place} of its own."), "No {place} of its own.");
});

Deno.test("a text that counts has the form of its language", () => {
  assert.equal(sayMany("one step", "{count} steps", 7), "satu langkah");
  assert.equal(sayMany("one step", "{count} steps", 150), "beberapa langkah (150)");
  assert.equal(sayMany("one step", "{count} steps", 421), "beberapa langkah (421)");
});

Deno.test("numbers have the decimal sign of the language", () => {
  assert.equal(written(0.25), "0,25");
  assert.equal(fixed(2, 2), "2,00");
});
