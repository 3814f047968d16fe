import type { MutantReport } from '../mutant-run.ts';
import type { Result } from '../run.ts';
import { type Cell, readCapabilities, showCell } from './board.ts';

/** A table by capability with counts, for the terminal. */
export function printTable(cells: Cell[]): string {
  const table = readCapabilities();
  const rows = [...table.rows, ...table.beyond].filter(({ name }) =>
    cells.some((cell) => cell.capability === name),
  );
  const adapters = table.adapters.filter(({ name }) => cells.some((cell) => cell.adapter === name));
  const width = Math.max(...rows.map(({ title }) => title.length), 10);
  const columns = adapters.map(({ title }) => Math.max(title.length, 10));
  const head = `${'capability'.padEnd(width)}  ${adapters.map(({ title }, i) => title.padEnd(columns[i] ?? 10)).join('  ')}`;
  const lines = rows.map(
    ({ name, title }) =>
      `${title.padEnd(width)}  ${adapters.map((adapter, i) => showCell(table, cells, name, adapter.name).padEnd(columns[i] ?? 10)).join('  ')}`,
  );
  return [head, ...lines].map((line) => line.trimEnd()).join('\n');
}

/** A failure as the person who has to mend it needs it: the case, the clause, the difference, how to repeat it. */
export function printFailure({ case: found, testee, outcome, message, curl }: Result): string {
  const lines = [
    `${outcome === 'not run' ? 'NOT RUN' : 'FAILED'}  ${found.id}  on ${testee}  (${found.level} ${found.clauses.join(', ')})`,
    ...(message ?? '').split('\n').map((line) => `  ${line}`),
  ];
  if (curl) lines.push(`  ${curl}`);
  return lines.join('\n');
}

/** Which case catches which mutant, and what nobody caught. */
export function printMutants(report: MutantReport): string {
  const lines = report.mutants.map(({ id, breaks }) => {
    const caught = report.catches.get(id) ?? [];
    return `${caught.length > 0 ? 'caught  ' : 'SURVIVES'}  ${id}: ${breaks}\n            ${caught.join(', ') || 'no case turned red'}`;
  });
  for (const id of report.unproved)
    lines.push(`UNPROVED  ${id}: no mutant turns it red; add one to conformance/mutants`);
  return lines.join('\n');
}
