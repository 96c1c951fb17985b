import { decode, inflate } from "./wire.js";

/** Blocks of cards by their names. */
async function decoded(blocks) {
  const each = Object.entries(blocks).map(async ([name, block]) => [name, await decode(block)]);
  return Object.fromEntries(await Promise.all(each));
}

const read = async (packed) => JSON.parse(new TextDecoder().decode(await inflate(packed)));

/** What the server has sent, unpacked, by what it is: `figures`, a `scene`, a `still` of one instant, or `more` cards. */
export async function unpacked(message) {
  const sent = message.data ?? message;
  if (sent.figures !== undefined) return { figures: await read(sent.figures) };
  const blocks = await decoded(sent.blocks);
  if (sent.still !== undefined) return { still: { ...await decode(sent.still), blocks } };
  if (sent.runs === undefined) return { more: { ...sent, blocks } };
  const runs = await Promise.all(sent.runs.map(decode));
  const pinned = sent.pin ? await decode(sent.pinned) : undefined;
  return { scene: { ...sent, runs, blocks, pinned } };
}
