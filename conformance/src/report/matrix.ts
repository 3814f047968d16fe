import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { root } from '../testee.ts';
import { type CapabilityTable, type Report, readCapabilities, showCell } from './board.ts';

const begin = '<!-- matrix: printed by npm run conformance -- --record -->';
const end = '<!-- /matrix -->';
const readme = `${root}README.md`;
const lastRun = `${root}conformance/last-run.json`;

/** The support matrix as Markdown, from the last run of the suite. */
export function printMatrix(report: Report): string {
  const table = readCapabilities();
  const head = ['Capability', ...table.adapters.map(({ title }) => title)];
  const lines = [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`];
  for (const group of table.groups) {
    lines.push(`| **${group.title}** |${' |'.repeat(table.adapters.length)}`);
    for (const row of table.rows.filter((found) => found.group === group.name))
      lines.push(printRow(table, report, row));
  }
  lines.push(`| **Beyond the rows** |${' |'.repeat(table.adapters.length)}`);
  for (const row of table.beyond) lines.push(printRow(table, report, row));
  lines.push(
    '',
    'Legend: ✅ `n/m` every case passed in the last run · ❌ `n/m` some did not · ❌ owed, no case ran · — the transport has no such thing.',
  );
  return lines.join('\n');
}

function printRow(
  table: CapabilityTable,
  report: Report,
  { name, title }: { name: string; title: string },
): string {
  const cells = table.adapters.map((adapter) => showCell(table, report.cells, name, adapter.name));
  return `| ${[title, ...cells].join(' | ')} |`;
}

/** Puts the matrix between its marks in the README. */
export function writeMatrix(report: Report): void {
  const text = readFileSync(readme, 'utf8');
  writeFileSync(readme, splice(text, printMatrix(report)));
}

/** Why the README's matrix cannot be trusted; undefined when it can. */
export function checkMatrix(suite: string): string | undefined {
  if (!existsSync(lastRun))
    return 'no run is recorded in conformance/last-run.json: run npm run conformance -- --record';
  const report = JSON.parse(readFileSync(lastRun, 'utf8')) as Report;
  const text = readFileSync(readme, 'utf8');
  if (splice(text, printMatrix(report)) !== text)
    return 'the matrix in README.md was edited by hand: run npm run conformance -- --record';
  if (report.suite !== suite)
    return 'cases or vectors changed since the recorded run: run npm run conformance -- --record';
  return undefined;
}

/** Cells that were green in the recorded run and are not in this one. */
export function regressions(report: Report): string[] {
  if (!existsSync(lastRun)) return [];
  const before = JSON.parse(readFileSync(lastRun, 'utf8')) as Report;
  return before.cells
    .filter((cell) => cell.passed === cell.total && cell.total > 0)
    .filter((cell) => {
      const now = report.cells.find(
        (found) => found.adapter === cell.adapter && found.capability === cell.capability,
      );
      return !now || now.passed < now.total || now.total === 0;
    })
    .map(({ adapter, capability }) => `${capability} on ${adapter} was green`);
}

/** Keeps this run as the one that the README shows. */
export function recordRun(report: Report): void {
  writeFileSync(lastRun, `${JSON.stringify(report, null, 2)}\n`);
  writeMatrix(report);
}

function splice(text: string, matrix: string): string {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md lacks the marks ${begin} and ${end}`);
  return `${text.slice(0, from + begin.length)}\n${matrix}\n${text.slice(to)}`;
}
