import { bar } from "../html.js";
import { place, result } from "../telling.js";

const HTML = `<p>Each particle is sent alone and is found once, whole, on one side.</p>
  <div class="toggles" role="group" aria-label="Send particles">
    ${
  [1, 10, 100, 1000].map((n) => `<button type="button" data-send="${n}">Send ${n}</button>`).join(
    "",
  )
}
    <button type="button" data-clear>Clear</button></div>
  ${bar("click-before", "before")}${bar("click-behind", "behind")}
  <p class="sum" aria-live="polite" data-part="click-sum"></p>`;

/** Single detections: each particle clicks once, left or right, with the run's probabilities. */
export class Clicks {
  constructor(root) {
    this.root = root;
    root.insertAdjacentHTML("beforeend", HTML);
    for (const button of root.querySelectorAll("[data-send]")) {
      button.addEventListener("click", () => this.send(Number(button.dataset.send)));
    }
    root.querySelector("[data-clear]").addEventListener("click", () => this.clear());
    this.clear();
  }

  mount() {}

  load({ runs: [{ summary }] }) {
    this.through = summary.members ? summary.transmitted : summary.exact;
    this.clear();
  }

  draw() {}

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
    this.root.querySelector(`[data-part="${name}"]`).textContent = text;
  }

  write() {
    const { sent, right } = this, part = share(right, sent);
    this.put("click-behind", right);
    this.put("click-before", sent - right);
    for (const [name, p] of [["behind", part], ["before", share(sent - right, sent)]]) {
      const fill = this.root.querySelector(`[data-part="click-${name}-bar"]`);
      fill.style.transform = `scaleX(${p})`;
    }
    this.put("click-sum", this.told(part));
  }

  told(part) {
    const { sent, right, through, last } = this;
    if (!sent) return "Nothing sent yet.";
    return `${sent} sent, ${right} clicked behind the barrier: ${place(part)}. ` +
      `Expected: ${expected(through, sent)} for ${sent}. The last one clicked ${last}, whole.`;
  }
}

/** The part of those sent that clicked on a side. */
export const share = (clicked, sent) => (sent ? clicked / sent : 0);

/** A probability with the spread of what is counted: both in one unit, percent. */
export function expected(p, sent) {
  const spread = Math.sqrt(p * (1 - p) / sent);
  const [mean, error] = [p, spread].map((value) => result(value).replace(" %", ""));
  return `(${mean} ± ${error}) %`;
}
