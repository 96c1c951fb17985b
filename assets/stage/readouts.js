const percent = (p, digits = 2) => `${(100 * p).toFixed(digits)} %`;

const RAISED = { "-": "⁻", ...Object.fromEntries([..."⁰¹²³⁴⁵⁶⁷⁸⁹"].map((c, i) => [i, c])) };

const NOTHING = 1e-12;

/** Probability as text: small ones keep two figures. */
function share(p) {
  if (p === 0 || Math.abs(p) >= 5e-5) return percent(p);
  const [mantissa, exponent] = (100 * p).toExponential(1).split("e");
  return `${mantissa}·10${[...String(Number(exponent))].map((c) => RAISED[c]).join("")} %`;
}

/** The numbers of one run beside the picture. */
class Readouts {
  constructor(root) { this.root = root; }

  part(name) { return this.root.querySelector(`[data-part="${name}"]`); }

  write(name, text) {
    const part = this.part(name);
    if (part.textContent !== text) part.textContent = text;
  }

  regions(left, inside, right) {
    for (const [name, p] of Object.entries({ left, inside, right })) {
      this.write(name, share(p < NOTHING ? 0 : p));
      this.part(`${name}-bar`).style.transform = `scaleX(${Math.max(0, Math.min(1, p))})`;
    }
  }

  /** Theory is about the packet alone; beside an average this is said. */
  compareWith(alone) {
    const labels = alone
      ? { exact: "exact theory, alone", tunneled: "alone: tunneled", over: "alone: over the top" }
      : { exact: "exact theory", tunneled: "theory: tunneled", over: "theory: went over the top" };
    for (const [name, label] of Object.entries(labels)) this.part(name).previousElementSibling.textContent = label;
  }

  /** Numbers of frame i; what the sentences are made of. */
  update(run, i) {
    const [left, inside, right] = run.regions.subarray(3 * i, 3 * i + 3);
    const passed = run.direction > 0 ? right : left, settled = run.separated[i] === 1;
    const exact = run.summary.exact;
    this.regions(left, inside, right);
    this.write("transmitted", share(passed));
    this.write("exact", share(exact));
    this.write("difference", settled ? apart(passed - exact, run) : "not yet separated");
    this.write("tunneled", share(run.summary.tunneled));
    this.write("over", share(run.summary.over_the_top));
    return { left, inside, right, settled, passed, exact, alone: !run.summary.members };
  }
}

/** A difference; of an averaged run with its standard error. */
function apart(d, run) {
  if (!run.summary.members) return signed(d);
  return `${signed(d, 2).replace(" %", "")} ± ${percent(run.summary.transmitted_error, 1)}`;
}

function signed(d, digits = 3) {
  const points = Math.abs(d) < 5e-6 ? 0 : 100 * d;
  return `${points >= 0 ? "+" : "−"}${Math.abs(points).toFixed(digits)} %`;
}

/** One run in words; of theory only what is not withheld. */
function sentence(name, { left, inside, right, settled, passed, exact, alone }) {
  const where = `${name ? `${name}: ` : ""}left ${percent(left, 1)}, inside ${percent(inside, 1)}, `
    + `right ${percent(right, 1)}.`;
  if (!settled) return `${where} Not yet separated.`;
  const theory = exact === undefined ? "" : `, exact theory${alone ? "" : " for the packet alone"} ${percent(exact)}`;
  return `${where} Separated: transmitted ${percent(passed)}${theory}.`;
}

/** How far two runs are apart. */
function between([a, b]) {
  const what = a.settled && b.settled ? "Transmitted" : "Transmitted so far";
  const found = `${what}, second minus first: ${signed(b.passed - a.passed)}`;
  return a.alone && b.alone ? `${found}; exact theory: ${signed(b.exact - a.exact)}.` : `${found}.`;
}
