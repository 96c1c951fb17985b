import { csv, withUnit } from "./table.js";

function equal(found, wanted) {
  if (found !== wanted) throw new Error(`${found} is not ${wanted}`);
}

Deno.test("columns of different lengths stand beside each other", () => {
  const columns = [["x (nm)", [0, 0.1 + 0.2, -1e-20]], ['T, "now"', Float32Array.of(0.1, NaN)]];
  const rows = ["# told", 'x (nm),"T, ""now"""', "0,0.1", "0.3,", "-1e-20,", ""];
  equal(csv(["told"], columns), rows.join("\n"));
  equal(csv([], []), "\n");
});

Deno.test("natural units are not named", () => {
  equal(withUnit("V", "eV", ["nm", "eV", "fs"]), "V (eV)");
  equal(withUnit("V", "eV", Array(3).fill("natural units")), "V");
});
