/** A name with its unit; natural units have no name. */
export const withUnit = (name, unit, [length, energy]) =>
  energy === length ? name : `${name} (${unit})`;

const cell = (value) => Number.isFinite(value) ? String(Number(value.toPrecision(7))) : "";

const quoted = (name) => /[",]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;

/** CSV of columns [name, values], the shorter ones with empty cells at their ends, below lines that begin with #. */
export function csv(told, columns) {
  const most = Math.max(0, ...columns.map(([, values]) => values.length));
  const lines = [...told.map((line) => `# ${line}`), columns.map(([name]) => quoted(name)).join()];
  for (let i = 0; i < most; i++) lines.push(columns.map(([, values]) => cell(values[i])).join());
  return `${lines.join("\n")}\n`;
}
