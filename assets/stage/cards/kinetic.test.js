import assert from "node:assert/strict";

import { Kinetic, startIn } from "./kinetic.js";

const RUN = { hbar: 0.6582119569, mass: 5.685630 }, FACTOR = RUN.hbar ** 2 / (2 * RUN.mass);
const dk = 0.08, k = Float32Array.from({ length: 241 }, (_, j) => (j - 120) * dk);
const sum = (p, cell) => p.reduce((a, b) => a + b, 0) * cell;

/** Normal distributions around each [k, weight]. */
const densityOf = (parts, s) =>
  k.map((at) =>
    parts.reduce(
      (all, [k0, weight]) =>
        all + weight * Math.exp(-(((at - k0) / s) ** 2) / 2) / (s * Math.sqrt(2 * Math.PI)),
      0,
    )
  );

Deno.test("p(E) is |phi(k)|^2 of both directions over dE/dk, and all of it", () => {
  const kinetic = new Kinetic({ k, dk }, RUN), { energies, cell } = kinetic, s = 0.35;
  const parts = [[5, 0.7], [-5, 0.3]], density = densityOf(parts, s);
  const p = kinetic.into(new Float64Array(energies.length), density, 0);
  assert.ok(Math.abs(sum(p, cell) - 1) < 1e-5);
  energies.forEach((energy, i) => {
    const at = Math.sqrt(energy / FACTOR), bell = Math.exp(-(((at - 5) / s) ** 2) / 2);
    const exact = bell / (s * Math.sqrt(2 * Math.PI)) / (2 * FACTOR * at);
    assert.ok(Math.abs(p[i] - exact) < 0.03 * 3, `${p[i]} at ${energy} is not ${exact}`);
  });
});

Deno.test("what is slow is all there, in the first cells", () => {
  const kinetic = new Kinetic({ k, dk }, RUN), { cell, energies } = kinetic;
  const p = kinetic.into(new Float64Array(energies.length), densityOf([[0, 1]], 0.5), 0);
  assert.ok(Math.abs(sum(p, cell) - 1) < 1e-6);
  const edge = Math.sqrt(4 * cell / FACTOR);
  const within = sum(p.subarray(0, 4), cell), exact = erf(edge / 0.5 / Math.SQRT2);
  assert.ok(Math.abs(within - exact) < 5e-3, `${within} is not ${exact}`);
});

Deno.test("of k that are left out there is nothing", () => {
  const some = Float32Array.of(-5.08, -5, -4.92, 4.92, 5, 5.08),
    density = Float32Array.of(0, 1, 0, 0, 3, 0);
  const kinetic = new Kinetic({ k: some, dk }, RUN), { energies, cell } = kinetic;
  const p = kinetic.into(new Float64Array(energies.length), density, 0);
  assert.ok(Math.abs(sum(p, cell) - 4 * dk) < 1e-6);
  const wide = FACTOR * 5.08 ** 2 + cell, low = FACTOR * 4.92 ** 2 - cell;
  energies.forEach((e, i) => assert.ok(p[i] < 1e-9 || (e > low && e < wide)));
});

/** The error function, by its series. */
function erf(x) {
  let term = x, total = x;
  for (let n = 1; n < 60; n++) {
    term *= -x * x / n;
    total += term / (2 * n + 1);
  }
  return 2 * total / Math.sqrt(Math.PI);
}

Deno.test("the packet starts with wavenumbers around k0 in its direction, 1/(2 sigma) wide", () => {
  const sigma = 1.4, k0 = 5.12, wide = 1 / (2 * sigma), at = (wave) => FACTOR * wave ** 2;
  for (const [direction, start] of [[1, 0], [-1, 0.8]]) {
    const band = { high: start + at(k0 + 4 * wide) };
    const run = { ...RUN, direction, start, band, energy: start + at(k0), center: 0 };
    const { k: waves, density, dk: step } = startIn(run);
    const mean = (of) => sum(density.map((p, j) => p * of(waves[j])), step);
    const off = [mean(() => 1) - 1, mean((wave) => wave) - direction * k0];
    off.push(Math.sqrt(mean((wave) => (wave - direction * k0) ** 2)) - wide);
    for (const one of off) assert.ok(Math.abs(one) < 1e-4, `${off}`);
    assert.ok(waves.every((wave, j) => !j || wave > waves[j - 1]));
  }
});
