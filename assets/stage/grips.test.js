import assert from "node:assert/strict";

import { gripsOf } from "./grips.js";

const near = (a, b) => assert.ok(Math.abs(a - b) < 1e-9, `${a} is not ${b}`);

/** What a shape looks like on the wire, by its sizes. */
const WALL = ({ height, width }) => ({
  support: [-width / 2, width / 2],
  barrier_x: [-9, -width / 2 - 1e-9, -width / 2 + 1e-9, width / 2 - 1e-9, width / 2 + 1e-9, 9],
  barrier_v: [0, 0, height, height, 0, 0],
});
const SMOOTH = ({ height, width }) => ({
  support: [-1.5 * width, 1.5 * width],
  barrier_x: [-9, -width, 0, width, 9],
  barrier_v: [0, height / 3, height, height / 3, 0],
});
const FALLING = ({ height, width, field }) => ({
  support: [-width / 2, width / 2],
  barrier_x: [-9, -width / 2 - 1e-9, -width / 2 + 1e-9, width / 2, 9],
  barrier_v: [0, 0, height, height - field * width, height - field * width],
});
const DOUBLE = ({ height, width, gap }) => ({
  support: [-gap / 2 - width, gap / 2 + width],
  barrier_x: [-9, -gap / 2 - width, -gap / 2, 0, gap / 2, gap / 2 + width, 9].map((x) => x),
  barrier_v: [0, height, height, 0, height, height, 0],
});
const SHAPES = [
  [WALL, { height: 2, width: 0.4 }],
  [WALL, { height: -3, width: 0.4 }],
  [SMOOTH, { height: 2, width: 0.4 }],
  [FALLING, { height: 2, width: 0.5, field: 2.5 }],
  [DOUBLE, { height: 2, width: 0.3, gap: 1 }],
];
const grips = (shape, values) => gripsOf({ ...shape(values), start: 0.7 }, values);

Deno.test("who drags a grip by its rate changes the control by one", () => {
  for (const [shape, values] of SHAPES) {
    for (const start of [-8, 8]) {
      const packet = { energy: 1, sigma: 1, start }, all = { ...values, ...packet };
      const before = grips(shape, all);
      for (const name of Object.keys(all)) {
        const { along, rate } = before[name], step = 1e-3;
        const after = grips(shape, { ...all, [name]: all[name] + step });
        near((after[name][along] - before[name][along]) / step, rate);
      }
    }
  }
});

Deno.test("the top is taken in its middle, the energy where the packet's line is", () => {
  const { height, energy } = grips(WALL, { height: 2, width: 0.4, energy: 1 });
  near(height.x, 0);
  near(height.y, 2);
  near(energy.y, 1.7);
  near(grips(DOUBLE, { height: 2, width: 0.3, gap: 1 }).height.x, -0.65);
});
