/**
 * Prints rows as one table a row name: contestants down, sizes across, each with its ratio to the limit.
 *
 * @param {readonly import('./run-bench.mjs').Row[]} rows
 */
export function printTables(rows) {
  for (const name of new Set(rows.map(({ row }) => row))) {
    const own = rows.filter(({ row }) => row === name);
    const sizes = [...new Set(own.map(({ size }) => size))];
    const contestants = [...new Set(own.map(({ contestant }) => contestant))];
    const lines = contestants.map((contestant) => [
      contestant,
      ...sizes.map((size) => cell(own.find((one) => one.size === size && one.contestant === contestant))),
    ]);
    const head = [name, ...sizes];
    console.log(`\n${format([head, ...lines])}`);
  }
}

/** @param {import('./run-bench.mjs').Row | undefined} row */
function cell(row) {
  if (row === undefined) return '';
  const { value, unit, ratioToLimit } = row;
  return `${shown(value)} ${unit}${ratioToLimit === null ? '' : `  ${shown(ratioToLimit)}×`}`;
}

/** Three digits that matter. @param {number} value */
export function shown(value) {
  const size = Math.abs(value);
  if (size >= 100) return value.toLocaleString('en', { maximumFractionDigits: 0 });
  return value.toLocaleString('en', { maximumFractionDigits: size >= 10 ? 1 : 2 });
}

/** Lines the columns up. @param {readonly (readonly string[])[]} table */
export function format(table) {
  const widths = (table[0] ?? []).map((_, at) => Math.max(...table.map((line) => (line[at] ?? '').length)));
  const lines = table.map((line) =>
    line
      .map((text, at) => (at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0)))
      .join('   '),
  );
  const [head = '', ...rest] = lines;
  return [head, '-'.repeat(head.length), ...rest].join('\n');
}
