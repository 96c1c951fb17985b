const KINDS = { float32: Float32Array, int16: Int16Array, int8: Int8Array, uint8: Uint8Array };

const FAR = -128, SHIFT = 10, WIDE = 16, DARK = 128;

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

/** Waves from what is left of each value when the two before foretell it; solver/foretold.py. */
function waves(near, far, turn, length) {
  const found = new Int16Array(near.length);
  for (let start = 0, next = 0; start < near.length; start += length) {
    let one = 0, two = 0;
    for (let i = start; i < start + length; i++) {
      const left = near[i] === FAR ? far[next++] : near[i];
      found[i] = left + (turn * one >> SHIFT) - two;
      two = one;
      one = found[i];
    }
  }
  return found;
}

/** Levels from their bricks, each so many columns wide; solver/phase_space/bricks.py. */
function levels(values, spans, [frames, rows, columns]) {
  const found = new Uint8Array(frames * rows * columns).fill(DARK);
  let from = 0, span = 0;
  for (let f = 0; f < frames; f++) {
    for (let column = 0; column < columns; column += WIDE) {
      const width = Math.min(WIDE, columns - column), last = spans[span + 1];
      for (let row = spans[span]; row < last; row++, from += WIDE) {
        const to = (f * rows + row) * columns + column;
        for (let i = 0; i < width; i++) found[to + i] = values[from + i];
      }
      span += 2;
    }
  }
  return found;
}

/** A bundle's meta and typed arrays. */
export async function decode(bytes) {
  const raw = await inflate(bytes);
  const length = new DataView(raw).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(raw, 4, length)));
  const sent = ({ dtype, shape, offset }) =>
    new KINDS[dtype](raw, 4 + length + offset, shape.reduce((a, b) => a * b, 1));
  const arrays = {};
  for (const [name, entry] of Object.entries(header.arrays)) {
    const { scale, turn, far, spans, whole, shape } = entry;
    arrays[name] = sent(entry);
    if (far) arrays[name] = waves(arrays[name], sent(far), turn, shape[1]);
    if (spans) arrays[name] = levels(arrays[name], sent(spans), whole);
    if (scale) arrays[name] = Float32Array.from(arrays[name], (steps) => steps * scale);
  }
  return { ...header.meta, ...arrays };
}
