import assert from "node:assert/strict";

import { axesOf } from "./axes.js";
import { frameAt } from "./player.js";
import { decode } from "./wire.js";

/** Blocks that the app has packed, each with what the app reads in it; tests/app/test_modules.py. */
const SAMPLES = Deno.env.get("TUNNELSCOPE_SAMPLES");
const names = [...Deno.readDirSync(SAMPLES)].map(({ name }) => name).filter((name) =>
  name.endsWith(".json")
);
const read = async (name) => {
  const block = await decode(await Deno.readFile(`${SAMPLES}/${name.replace(".json", ".gz")}`));
  return { block, wanted: JSON.parse(await Deno.readTextFile(`${SAMPLES}/${name}`)) };
};

for (const name of names) {
  Deno.test(`${name}: a block has the numbers that were packed`, async () => {
    const { block, wanted } = await read(name);
    for (const [key, { dtype, values }] of Object.entries(wanted.arrays)) {
      assert.equal(block[key].constructor.name.toLowerCase(), `${dtype}array`, key);
      assert.deepEqual([...block[key]], values, key);
    }
    for (const [key, value] of Object.entries(wanted.meta)) assert.deepEqual(block[key], value);
  });

  Deno.test(`${name}: axes hold what the app finds in the block`, async () => {
    const { block, wanted } = await read(name);
    if (!wanted.axes) return;
    const axes = axesOf([block]);
    for (const [key, value] of Object.entries(wanted.axes)) {
      assert.ok(Math.abs(axes[key] - value) <= 1e-12 * Math.abs(value), key);
    }
  });

  Deno.test(`${name}: a time has the frame that the app finds`, async () => {
    const { block, wanted } = await read(name);
    for (const [time, frame] of wanted.frames ?? []) {
      assert.equal(frameAt(block.times, time), frame);
    }
  });
}
