import assert from "node:assert/strict";

import { Cloud, normals, spread } from "./cloud.js";

const HBAR = 0.6582119569, MASS = 5.685630;
const near = (a, b, by) => assert.ok(Math.abs(a - b) < by, `${a} is not ${b}`);
const k0 = Math.sqrt(2 * MASS) / HBAR, SIGMA = 1.4, K = 1 / (2 * SIGMA);
const run = (height, direction = 1) => ({
  hbar: HBAR,
  mass: MASS,
  energy: 1,
  start: 0,
  direction,
  support: [-0.15, 0.15],
  band: { high: (HBAR * (k0 + 4 * K)) ** 2 / (2 * MASS) },
  barrier_x: [-50, -0.15, -0.15, 0.15, 0.15, 50],
  barrier_v: [0, 0, height, height, 0, 0],
  center: -8 * direction,
});
const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;
const deviation = (values) => {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
};

Deno.test("the numbers are normal and independent", () => {
  const all = Array.from({ length: 4096 }, (_, i) => normals(i));
  const [a, b] = [0, 1].map((i) => all.map((pair) => pair[i]));
  for (const one of [a, b]) {
    near(mean(one), 0, 0.01);
    near(deviation(one), 1, 0.01);
    near(one.filter((value) => value < 1).length / one.length, 0.84134, 5e-3);
  }
  near(mean(a.map((value, i) => value * b[i])), 0, 0.01);
});

Deno.test("a cloud starts as the packet's Wigner function, and spreads as the free packet does", () => {
  const cloud = new Cloud(run(0));
  near(mean(cloud.x), -8, 0.02);
  near(deviation(cloud.x), SIGMA, 0.02);
  near(mean(cloud.k), k0, 0.01);
  near(deviation(cloud.k), K, 0.01);
  cloud.at(20);
  near(deviation(cloud.x), Math.hypot(SIGMA, HBAR * K * 20 / MASS), 0.03);
  near(mean(cloud.x), -8 + HBAR * k0 * 20 / MASS, 0.05);
});

Deno.test("those cross whose energy is above the top: the share of the normal distribution", () => {
  for (const direction of [1, -1]) {
    for (const [by, share] of [[-1, 0.84134], [0, 0.5], [1, 0.15866]]) {
      const cloud = new Cloud(run((HBAR * (k0 + by * K)) ** 2 / (2 * MASS), direction));
      near(cloud.at(60).beyond, share, 5e-3);
      near(cloud.at(0).beyond, 0, 1e-9);
      near(mean(cloud.x), -8 * direction, 0.02);
    }
  }
});

Deno.test("a density over cells has all that is inside them, at its place", () => {
  const into = spread(Float64Array.of(0, 0.5, 0.75, 9), 0, 0.5, new Float64Array(4));
  assert.deepEqual([...into], [0.5, 0.75, 0.25, 0]);
  const cloud = new Cloud(run(0)), cells = new Float64Array(128);
  spread(cloud.x, -16, 0.2, cells);
  near(cells.reduce((a, b) => a + b, 0) * 0.2, 1, 1e-3);
  cells.forEach((density, i) => {
    const s = (-16 + 0.2 * i + 8) / SIGMA;
    near(density, Math.exp(-s * s / 2) / (SIGMA * Math.sqrt(2 * Math.PI)), 0.02);
  });
});
