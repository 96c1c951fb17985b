const percent = (p, digits = 2) => `${(100 * p).toFixed(digits)} %`;

/** Probability as text: small ones keep two figures. */
function share(p) {
  if (p !== 0 && Math.abs(p) < 5e-5) return `${(100 * p).toExponential(1)} %`;
  return percent(p);
}

/** The numbers beside the picture, and the sentence for a screen reader. */
class Readouts {
  constructor(root) {
    this.root = root;
    this.spoken = 0;
  }

  part(name) { return this.root.querySelector(`[data-part="${name}"]`); }

  write(name, text) {
    const part = this.part(name);
    if (part.textContent !== text) part.textContent = text;
  }

  regions(left, inside, right) {
    for (const [name, p] of Object.entries({ left, inside, right })) {
      this.write(name, share(Math.max(p, 0)));
      this.part(`${name}-bar`).style.transform = `scaleX(${Math.max(0, Math.min(1, p))})`;
    }
  }

  /** Numbers of frame i; `calm` when nothing moves, so the sentence is read out. */
  update(run, i, calm) {
    const [left, inside, right] = run.regions.subarray(3 * i, 3 * i + 3);
    const time = run.times[i], unit = run.units[2], s = run.summary;
    const passed = run.direction > 0 ? right : left;
    const settled = run.separated[i] === 1;
    this.regions(left, inside, right);
    this.write("time", `${time.toFixed(2)} ${unit}`);
    this.write("transmitted", share(passed));
    this.write("exact", share(s.exact));
    this.write("difference", settled ? signed(passed - s.exact) : "not yet separated");
    this.write("tunneled", share(s.tunneled));
    this.write("over", share(s.over_the_top));
    this.root.classList.toggle("settled", settled);
    const now = performance.now();
    if (!calm && now - this.spoken < 2000) return;
    this.spoken = now;
    this.write("status", sentence({ time, unit, left, inside, right, settled, passed, s }));
  }
}

function signed(d) {
  const points = 100 * d;
  return `${points >= 0 ? "+" : "−"}${Math.abs(points).toFixed(3)} %`;
}

function sentence({ time, unit, left, inside, right, settled, passed, s }) {
  const where = `At ${time.toFixed(1)} ${unit}: left ${percent(left, 1)}, inside ${percent(inside, 1)}, `
    + `right ${percent(right, 1)}.`;
  if (!settled) return `${where} Not yet separated.`;
  return `${where} Separated: transmitted ${percent(passed)}, exact theory ${percent(s.exact)}.`;
}
