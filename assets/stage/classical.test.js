import assert from "node:assert/strict";

import { linesOf, pathOf, pathsOf, Slopes } from "./classical.js";

const HBAR = 0.6582119569, MASS = 5.685630;
const times = Array.from({ length: 201 }, (_, i) => i * 0.1);
const near = (a, b, by = 1e-9) => assert.ok(Math.abs(a - b) < by, `${a} is not ${b}`);
const wall = (height, width, gap = 1e-9) => ({
  times,
  hbar: HBAR,
  mass: MASS,
  barrier_x: [-50, -width / 2, -width / 2 + gap, width / 2, width / 2 + gap, 50],
  barrier_v: [0, 0, height, height, 0, 0],
});
const hill = (height) => {
  const x = Array.from({ length: 4001 }, (_, i) => -20 + i / 100);
  return { ...wall(0, 1), barrier_x: x, barrier_v: x.map((at) => height / Math.cosh(at) ** 2) };
};
const k = (energy) => Math.sqrt(2 * MASS * energy) / HBAR;
const speed = (energy) => Math.sqrt(2 * energy / MASS);

Deno.test("V lies on the outline of the barrier", () => {
  const slopes = new Slopes({ barrier_x: [-2, 0, 2], barrier_v: [0, 4, 1] });
  for (const [x, v] of [[-9, 0], [-1, 2], [0, 4], [1, 2.5], [9, 1]]) near(slopes.at(x), v);
});

Deno.test("a free particle goes as far as hbar k t / m", () => {
  near(pathOf(wall(0, 1), -5, k(1)).at(-1), -5 + speed(1) * 20);
  near(pathOf(wall(0, 1), 5, -k(1)).at(-1), 5 - speed(1) * 20);
});

for (const gap of [0, 1e-9]) {
  Deno.test(`too little energy turns it round at the wall, enough takes it over: edges ${gap} nm wide`, () => {
    const back = pathOf(wall(1.5, 0.3, gap), -5, k(1));
    near(back.at(-1), -0.15 - (speed(1) * 20 - 4.85), 1e-6);
    assert.ok(Math.max(...back) < -0.149);
    const over = pathOf(wall(0.5, 2, gap), -5, k(1));
    const late = 2 / speed(0.5) - 2 / speed(1);
    near(over.at(-1), -5 + speed(1) * (20 - late), 1e-6);
    const left = pathOf(wall(1.5, 0.3, gap), 5, -k(1));
    near(left.at(-1), 0.15 + (speed(1) * 20 - 4.85), 1e-6);
  });
}

Deno.test("on a slope it falls as v t + a t^2 / 2, and comes back as fast as it came", () => {
  const run = { ...wall(0, 1), barrier_x: [0, 10], barrier_v: [0, 5] };
  const a = -0.5 / MASS, path = pathOf(run, 2, k(1));
  times.forEach((t, i) => {
    const x = 2 + speed(1) * t + a * t * t / 2;
    if (x > 0) near(path[i], x);
  });
  const slopes = new Slopes(run), particle = slopes.particle(-1, k(1));
  slopes.move(particle, 100);
  near(slopes.wavenumber(particle), -k(1));
});

Deno.test("on a smooth hill it turns where V is its energy, as small steps have it, too", () => {
  const run = hill(2), path = pathOf(run, -5, k(1));
  near(Math.max(...path), -Math.acosh(Math.sqrt(2)), 2e-2);
  const h = 1e-4, force = (x) => 4 * Math.tanh(x) / Math.cosh(x) ** 2 / MASS;
  let x = -5, v = speed(1);
  for (let step = 0; step < 20 / h; step++) {
    v += h / 2 * force(x);
    x += h * v;
    v += h / 2 * force(x);
  }
  near(path.at(-1), x, 1e-3);
});

Deno.test("its energy never changes, and the same time backwards leads to where it was", () => {
  for (const [height, energy] of [[2, 1], [2, 2.2], [-3, 0.6]]) {
    const slopes = new Slopes(hill(height)), particle = slopes.particle(-6, k(energy));
    const first = { ...particle };
    for (let i = 0; i < 100; i++) {
      slopes.move(particle, 0.2);
      const kinetic = (HBAR * slopes.wavenumber(particle)) ** 2 / (2 * MASS);
      near(kinetic + slopes.at(particle.x), first.energy);
    }
    slopes.move(particle, -20);
    near(particle.x, first.x, 1e-7);
    near(slopes.wavenumber(particle), k(energy), 1e-7);
  }
});

Deno.test("paths start in the middle of the packet, with five wavenumbers of its spread", () => {
  const run = {
    ...wall(1.5, 0.3),
    energy: 1,
    start: 0,
    direction: -1,
    band: { high: HBAR ** 2 * (k(1) + 4 * 0.3) ** 2 / (2 * MASS) },
    center: 5,
  };
  const paths = pathsOf(run);
  assert.equal(paths.length, 5);
  for (const path of paths) near(path[0], 5);
  near((paths[4][0] - paths[4][10]) * MASS / HBAR, k(1) + 0.6, 1e-6);
});

Deno.test("on a line of an energy V and the kinetic energy add to it", () => {
  const slopes = new Slopes(hill(2)), lines = linesOf(slopes, 1, -9, 9);
  assert.equal(lines.length, 2); // one on either side of the hill, which turns
  for (const line of lines) {
    for (const [x, at] of line) near(slopes.at(x) + (HBAR * at) ** 2 / (2 * MASS), 1, 1e-3);
    assert.ok(line.some(([, at]) => at > k(0.99)) && line.some(([, at]) => at < -k(0.99)));
  }
  const turn = -Math.acosh(Math.sqrt(2));
  near(Math.max(...lines[0].map(([x]) => x)), turn, 1e-3);
  const over = linesOf(slopes, 3, -9, 9);
  assert.deepEqual(over.map((line) => Math.sign(line[0][1])), [1, -1]);
  const edge = linesOf(new Slopes(wall(1.5, 0.3, 0)), 1, -9, 9);
  near(Math.max(...edge[0].map(([x]) => x)), -0.15);
  assert.deepEqual(linesOf(slopes, -1, -9, 9), []);
});
