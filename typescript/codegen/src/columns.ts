/** Lines of cells, each column as wide as its widest cell, two blanks between; the last column is left as it is. */
export function alignColumns(rows: readonly (readonly string[])[], indent = ''): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, at) => {
      widths[at] = Math.max(widths[at] ?? 0, [...cell].length);
    });
  }
  return rows.map((row) => {
    const cells = row.map((cell, at) =>
      at === row.length - 1 ? cell : cell + ' '.repeat((widths[at] as number) - [...cell].length),
    );
    return `${indent}${cells.join('  ')}`.trimEnd();
  });
}
