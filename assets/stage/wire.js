const KINDS = { float32: Float32Array, int16: Int16Array, uint8: Uint8Array };

async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
}

/** A bundle's meta and typed arrays. */
async function decode(bytes) {
  const raw = await inflate(bytes);
  const length = new DataView(raw).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(raw, 4, length)));
  const arrays = {};
  for (const [name, entry] of Object.entries(header.arrays)) {
    const count = entry.shape.reduce((a, b) => a * b, 1);
    arrays[name] = new KINDS[entry.dtype](raw, 4 + length + entry.offset, count);
  }
  return { ...header.meta, ...arrays };
}
