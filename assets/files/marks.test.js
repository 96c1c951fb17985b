import { checksum, commented, linkIn, mark, stamped } from "./marks.js";

const LINK = "?shape=Double&height=-3&width=0.123&show=phase-space+coefficient&edges=Absorbing%20x";
const bytes = (text) => Uint8Array.from(text, (c) => c.charCodeAt(0));

function equal(found, wanted) {
  if (found !== wanted) throw new Error(`${found} is not ${wanted}`);
}

/** A picture of one point. */
const PNG = bytes(atob(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==",
));

Deno.test("a checksum is the one of the standard", () => {
  equal(checksum(bytes("123456789")), 0xcbf43926);
  equal(checksum(bytes("IEND")), 0xae426082);
});

Deno.test("a picture carries a link, and its chunks stay whole", () => {
  const made = stamped(PNG, mark(LINK)), view = new DataView(made.buffer), kinds = [];
  for (let at = 8; at < made.length;) {
    const length = view.getUint32(at), body = made.subarray(at + 4, at + 8 + length);
    equal(view.getUint32(at + 8 + length), checksum(body));
    kinds.push(String.fromCharCode(...body.subarray(0, 4)));
    at += length + 12;
  }
  equal(kinds.join(), "IHDR,tEXt,IDAT,IEND");
  equal(linkIn(made), LINK);
  equal(linkIn(PNG), undefined);
});

Deno.test("a film carries a link that is longer than a part of a comment", () => {
  for (const link of ["?", LINK, `?a=${"x".repeat(600)}`]) {
    const parts = mark(link).match(/.{1,255}/g).map((part) =>
      String.fromCharCode(part.length) + part
    );
    equal(linkIn(bytes(`GIF89a\x01\x01!\xfe${parts.join("")}\0;`)), link);
  }
  equal(linkIn(bytes("GIF89a\x01\x01!\xfe\x03abc\0;")), undefined);
  equal(linkIn(bytes(`GIF89a!\xfe\x90${mark("?")}`)), "?");
});

Deno.test("a film carries another link before its own, behind its colors", () => {
  const own = `!\xfe\x0e${mark("?")}\0;`, long = `?a=${"x".repeat(600)}`;
  for (const [flags, colors] of [["\x00", ""], ["\xf1", "\x07".repeat(12)]]) {
    const film = `GIF89a\x01\x00\x01\x00${flags}\x00\x00${colors}`;
    const made = commented(bytes(film + own), mark(long));
    equal(linkIn(made), long);
    equal(linkIn(bytes(film + own)), "?");
    equal(String.fromCharCode(...made.subarray(0, film.length)), film);
    equal(String.fromCharCode(...made.subarray(-own.length)), own);
  }
});

Deno.test("in XML and in a table it is text; what is no link is passed over", () => {
  equal(linkIn(bytes(`<metadata>${mark(LINK.replaceAll("&", "&amp;"))}</metadata>`)), LINK);
  equal(linkIn(bytes(`# ${mark("?")}\n1,2\n`)), "?");
  for (const link of ["", "javascript:x", "?a=<b>", "?a b", "/?a"]) {
    equal(linkIn(bytes(mark(link))), undefined);
  }
});
