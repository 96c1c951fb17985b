import assert from "node:assert/strict";

import { pathOf, pathsOf, potentialAt } from "./classical.js";

const HBAR = 0.6582119569, MASS = 5.685630;
const times = Array.from({ length: 201 }, (_, i) => i * 0.1);
const near = (a, b, by = 1e-9) => assert.ok(Math.abs(a - b) < by, `${a} is not ${b}`);
const wall = (height, width) => ({
  times,
  hbar: HBAR,
  mass: MASS,
  barrier_x: [-50, -width / 2, -width / 2 + 1e-9, width / 2, width / 2 + 1e-9, 50],
  barrier_v: [0, 0, height, height, 0, 0],
});
const k = (energy) => Math.sqrt(2 * MASS * energy) / HBAR;
const speed = (energy) => Math.sqrt(2 * energy / MASS);

Deno.test("V lies on the outline of the barrier", () => {
  const run = { barrier_x: [-2, 0, 2], barrier_v: [0, 4, 1] };
  for (const [x, v] of [[-9, 0], [-1, 2], [0, 4], [1, 2.5], [9, 1]]) near(potentialAt(run, x), v);
});

Deno.test("a free particle goes as far as hbar k t / m", () => {
  near(pathOf(wall(0, 1), -5, k(1)).at(-1), -5 + speed(1) * 20, 1e-6);
  near(pathOf(wall(0, 1), 5, -k(1)).at(-1), 5 - speed(1) * 20, 1e-6);
});

Deno.test("too little energy turns it round at the wall, enough takes it over, slower on the way", () => {
  const back = pathOf(wall(1.5, 0.3), -5, k(1));
  near(back.at(-1), -0.15 - (speed(1) * 20 - 4.85), 2e-2);
  assert.ok(Math.max(...back) < -0.14);
  const over = pathOf(wall(0.5, 2), -5, k(1));
  const late = 2 / speed(0.5) - 2 / speed(1);
  near(over.at(-1), -5 + speed(1) * (20 - late), 2e-2);
});

Deno.test("on a smooth hill it turns where V is its energy", () => {
  const x = Array.from({ length: 4001 }, (_, i) => -20 + i / 100);
  const run = { ...wall(0, 1), barrier_x: x, barrier_v: x.map((at) => 2 / Math.cosh(at) ** 2) };
  const most = Math.max(...pathOf(run, -5, k(1)));
  near(most, -Math.acosh(Math.sqrt(2)), 2e-2);
});

Deno.test("paths start in the middle of the packet, with five wavenumbers of its spread", () => {
  const run = {
    ...wall(1.5, 0.3),
    energy: 1,
    start: 0,
    direction: -1,
    band: { high: HBAR ** 2 * (k(1) + 4 * 0.3) ** 2 / (2 * MASS) },
    x: [4, 5, 6],
    re: [1, 2, 1],
    im: [0, 0, 0],
  };
  const paths = pathsOf(run);
  assert.equal(paths.length, 5);
  for (const path of paths) near(path[0], 5);
  near((paths[4][0] - paths[4][10]) * MASS / HBAR, k(1) + 0.6, 1e-6);
});
