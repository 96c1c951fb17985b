import assert from "node:assert/strict";

import { settingsLine } from "./settings.js";

const number = (name, label, unit, value) => ({
  kind: "number",
  name,
  label,
  unit,
  default: value,
});
const shape = {
  kind: "choice",
  name: "shape",
  label: "Barrier shape",
  options: [["Step", "Step"]],
};
const way = {
  kind: "choice",
  name: "way",
  label: "Direction",
  options: [["r", "Right to left"]],
  default: "l",
};
const GROUPS = [
  {
    title: "Barrier",
    controls: [shape, number("height", "Barrier height", "eV", 1), number("gap", "Gap", "nm", 1)],
  },
  { title: "Packet", controls: [way] },
  { title: "Advanced", folded: true, controls: [number("mass", "Mass", "mₑ", 1)] },
];
const values = { shape: "Step", height: -0.5, gap: 1, way: "l", mass: 1 };
const shown = ({ name }) => name !== "gap";

Deno.test("what is set stands in a line, by groups, with what is shown", () => {
  assert.equal(settingsLine(GROUPS, values, shown), "Barrier: Step, height −0.5 eV");
});

Deno.test("a start that is given and a formula are told, points are not", () => {
  const own = [
    { kind: "pad", name: "points", label: "Points", default: "0 1 1 0" },
    { kind: "text", name: "formula", label: "V(x) in eV", default: "x" },
    { kind: "derived", name: "start", label: "Packet start", unit: "nm", default: null },
  ];
  const line = (set) => settingsLine([{ title: "Barrier", controls: own }], set, () => true);
  assert.equal(line({ points: "0 1 1 0", formula: "x", start: null }), "");
  const changed = { points: "0 2 1 0", formula: "2*x", start: -3 };
  assert.equal(line(changed), "Barrier: V(x) in eV 2*x, packet start −3 nm");
});

Deno.test("what is seldom changed is told if it was", () => {
  const changed = { ...values, way: "r", mass: 2 };
  const line = "Barrier: Step, height −0.5 eV · Packet: direction Right to left · mass 2 mₑ";
  assert.equal(settingsLine(GROUPS, changed, shown), line);
});
