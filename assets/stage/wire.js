const KINDS = { float32: Float32Array, int16: Int16Array, uint8: Uint8Array };

/** What gzip made small; browsers of before 2023 have no stream for it. */
export async function inflate(bytes) {
  if (!globalThis.DecompressionStream) return inflateSlowly(bytes);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

/** The inflater that comes with Bokeh, which is on the page anyway. */
function inflateSlowly(bytes) {
  // Trap: private to Bokeh, and its door takes base64.
  const { b64encode, base64_to_buffer } = globalThis.Bokeh.require("core/util/buffer");
  return base64_to_buffer(b64encode(new Uint8Array(bytes)));
}

/** A bundle's meta and typed arrays. */
export async function decode(bytes) {
  const raw = await inflate(bytes);
  const length = new DataView(raw).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(raw, 4, length)));
  const arrays = {};
  for (const [name, entry] of Object.entries(header.arrays)) {
    const count = entry.shape.reduce((a, b) => a * b, 1);
    const sent = new KINDS[entry.dtype](raw, 4 + length + entry.offset, count), { scale } = entry;
    arrays[name] = scale ? Float32Array.from(sent, (steps) => steps * scale) : sent;
  }
  return { ...header.meta, ...arrays };
}
