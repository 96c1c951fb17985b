/**
 * The state of the lab inside a file, as its link in brackets: where every program that shows a picture or a film
 * passes it over, and in a line of a table that begins with #.
 */
const MARK = /tunnelscope\[(\?[\w.~+%&;=-]*)\]/;
const COMMENT = /!\xfe[^]tunnelscope\[/;

export const mark = (link) => `tunnelscope[${link}]`;

/** One character a byte. */
const latin = (bytes) => new TextDecoder("latin1").decode(bytes);

/** The link in a file; undefined if there is none. */
export function linkIn(bytes) {
  const text = latin(bytes), film = text.startsWith("GIF8");
  const found = MARK.exec(film ? latin(commentIn(bytes, text.search(COMMENT))) : text);
  return found?.[1].replaceAll("&amp;", "&");
}

/** What a GIF's comment says: parts of at most 255 bytes, each behind its length. */
function commentIn(bytes, start) {
  const found = [];
  if (start < 0) return new Uint8Array();
  for (let at = start + 2; bytes[at] && found.length < 1e5; at += bytes[at] + 1) {
    found.push(...bytes.subarray(at + 1, at + 1 + bytes[at]));
  }
  return Uint8Array.from(found);
}

/** Bytes of a GIF's header, and where in it stands how many colors follow it. */
const FILM = 13, COLORS = 10;

/** Most bytes of a part of a comment. */
const PART = 255;

/** A GIF with a comment before all else, so that it is the one that is read; the server's stays behind it. */
export function commented(gif, text) {
  const start = FILM + (gif[COLORS] & 0x80 ? 3 << ((gif[COLORS] & 7) + 1) : 0);
  const parts = text.match(new RegExp(`.{1,${PART}}`, "g")), said = [0x21, 0xfe];
  for (const part of parts) said.push(part.length, ...new TextEncoder().encode(part));
  const made = new Uint8Array(gif.length + said.length + 1);
  made.set(gif.subarray(0, start));
  made.set(said, start);
  made.set(gif.subarray(start), start + said.length + 1);
  return made;
}

const HEADER = 33;

/** A PNG with a text behind its header. */
export function stamped(png, text) {
  const chunk = textChunk(text), found = new Uint8Array(png.length + chunk.length);
  found.set(png.subarray(0, HEADER));
  found.set(chunk, HEADER);
  found.set(png.subarray(HEADER), HEADER + chunk.length);
  return found;
}

/** A chunk of plain text under the name that PNG has for comments. */
function textChunk(text) {
  const body = new TextEncoder().encode(`tEXtComment\0${text}`);
  const chunk = new Uint8Array(body.length + 8), view = new DataView(chunk.buffer);
  view.setUint32(0, body.length - 4);
  chunk.set(body, 4);
  view.setUint32(body.length + 4, checksum(body));
  return chunk;
}

/** CRC-32 as PNG has it. */
export function checksum(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}
