import { place, result } from "./telling.js";

/** Single detections: each particle clicks once, left or right, with the run's probabilities. */
export class Clicks {
  constructor(card) {
    this.card = card;
    this.clear();
    for (const button of card.querySelectorAll("[data-send]")) {
      button.addEventListener("click", () => this.send(Number(button.dataset.send)));
    }
    card.querySelector("[data-clear]").addEventListener("click", () => this.clear());
  }

  load(run) {
    this.through = run.summary.members ? run.summary.transmitted : run.summary.exact;
    this.clear();
  }

  clear() {
    this.sent = this.right = 0;
    this.last = "";
    this.write();
  }

  send(count) {
    for (let i = 0; i < count; i++) {
      const passed = Math.random() < this.through;
      this.right += passed ? 1 : 0;
      this.last = passed ? "behind the barrier" : "before the barrier";
    }
    this.sent += count;
    this.write();
  }

  put(name, text) {
    this.card.querySelector(`[data-part="${name}"]`).textContent = text;
  }

  write() {
    const { sent, right, through } = this, part = sent ? right / sent : 0;
    this.put("click-behind", right);
    this.put("click-before", sent - right);
    for (const [name, share] of [["behind", part], ["before", sent ? 1 - part : 0]]) {
      this.card.querySelector(`[data-part="click-${name}-bar"]`).style.transform =
        `scaleX(${share})`;
    }
    const spread = sent ? Math.sqrt(through * (1 - through) / sent) : 0;
    this.put(
      "click-sum",
      sent
        ? `${sent} sent, ${right} clicked behind the barrier: ${place(part)}. ` +
          `Expected: ${expected(through, spread)} for ${sent}.` +
          (sent === 1 || this.last ? ` The last one clicked ${this.last}, whole.` : "")
        : "Nothing sent yet.",
    );
  }
}

/** A probability with the spread of what is counted: both in one unit, percent. */
function expected(p, spread) {
  const [mean, error] = [p, spread].map((value) => result(value).replace(" %", ""));
  return `(${mean} ± ${error}) %`;
}
