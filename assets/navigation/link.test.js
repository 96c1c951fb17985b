import assert from "node:assert/strict";

import { linkOf, runIn, snippetOf } from "./link.js";

const at = (search) => ({ origin: "http://localhost", pathname: "/lab/", search });

Deno.test("a link has a version, what the address has, and a time that is not before the frame", () => {
  assert.equal(
    linkOf(at("?height=2&show=clicks&look=im"), {}),
    "http://localhost/lab/?v=1&height=2&show=clicks",
  );
  assert.equal(linkOf(at(""), { time: 3.21459 }), "http://localhost/lab/?v=1&t=3.215");
  assert.equal(
    linkOf(at(""), { time: 0, look: "re speed-0.5" }),
    "http://localhost/lab/?v=1&look=re+speed-0.5",
  );
});

Deno.test("a pinned run is a link within the link: its controls alone", () => {
  const pin = runIn("?v=1&height=2&show=clicks&t=3&look=re&pin=v%3D1");
  assert.equal(pin, "v=1&height=2");
  assert.equal(
    linkOf(at("?width=0.5&pin=old"), { time: 0, pin }),
    "http://localhost/lab/?v=1&width=0.5&pin=v%3D1%26height%3D2",
  );
});

Deno.test("what is of this window stays here, and a student gets no answers", () => {
  assert.equal(
    linkOf(at("?v=7&t=9&embed=1&lesson=a&step=2&teach=1"), { time: NaN }),
    "http://localhost/lab/?v=1&lesson=a&step=2",
  );
});

Deno.test("a frame holds the link as HTML has it", () => {
  assert.match(
    snippetOf("http://localhost/?v=1&t=2"),
    /src="http:\/\/localhost\/\?v=1&amp;t=2&amp;embed=1"/,
  );
});
