/** Rows of label and one value or two. */
const tableHtml = ({ names, rows }) => {
  const head = names.map((name) => `<th scope="col">${name}</th>`).join("");
  const cells = (values) => values.map((v) => `<td colspan="${3 - values.length}">${v}</td>`);
  const body = rows.map(([label, ...values]) =>
    `<tr><th scope="row">${label}</th>${cells(values).join("")}</tr>`
  );
  return `<table><thead><tr><td></td>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`;
};

/** Both runs as sets of density values: what the numbers are, and what they are worth. */
export class Statistics {
  constructor(root) {
    root.insertAdjacentHTML("beforeend", '<div class="table"></div><p class="worth"></p>');
    [this.table, this.worth] = root.querySelectorAll(".table, .worth");
  }

  mount() {}

  load({ block }) {
    this.table.innerHTML = tableHtml(block);
    this.worth.textContent = block.warning;
  }

  draw() {}
}
