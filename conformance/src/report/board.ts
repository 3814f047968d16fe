import type { Result } from '../run.ts';
import { readTable } from '../tables.ts';

/** A cell of the matrix. */
export interface Cell {
  adapter: string;
  capability: string;
  passed: number;
  total: number;
}

/** What one run of the suite found: the file that `--json` writes. */
export interface Report {
  cells: Cell[];
  /** Cases that no mutant turned red. */
  unproved: string[];
  /** Mutants that no case caught. */
  survivors: string[];
  /** Disagreements of the differential run. */
  differences: number;
  /** The vectors of `spec/`, cases and mutants that the run was made of: tells whether a matrix is stale. */
  suite: string;
}

interface Row {
  name: string;
  title: string;
  group: string;
  without: string[];
}

/** The rows and columns of the board, from `spec/tables/capabilities.json`. */
export interface CapabilityTable {
  adapters: { name: string; title: string }[];
  groups: { name: string; title: string }[];
  rows: Row[];
  beyond: { name: string; title: string; without?: string[] }[];
}

/** Reads the table of capabilities. */
export function readCapabilities(): CapabilityTable {
  return readTable<CapabilityTable>('capabilities');
}

/**
 * Counts results by adapter and capability. Several testees of one adapter add up; a case that is
 * known to fail counts as not passed, a case that did not run as well.
 */
export function countCells(results: Result[]): Cell[] {
  const cells = new Map<string, Cell>();
  for (const { adapter, case: found, outcome } of results) {
    const key = `${adapter} ${found.capability}`;
    const cell = cells.get(key) ?? { adapter, capability: found.capability, passed: 0, total: 0 };
    cell.total += 1;
    if (outcome === 'passed') cell.passed += 1;
    cells.set(key, cell);
  }
  return [...cells.values()].sort((a, b) =>
    `${a.adapter} ${a.capability}` < `${b.adapter} ${b.capability}` ? -1 : 1,
  );
}

/** How a cell is shown: `14/14`, `❌`, or `—` where the spec says that the transport has no such thing. */
export function showCell(table: CapabilityTable, cells: Cell[], capability: string, adapter: string): string {
  const row = [...table.rows, ...table.beyond].find(({ name }) => name === capability);
  if (row?.without?.includes(adapter)) return '—';
  const cell = cells.find((found) => found.adapter === adapter && found.capability === capability);
  if (!cell || cell.total === 0) return '❌';
  return `${cell.passed === cell.total ? '✅' : '❌'} ${cell.passed}/${cell.total}`;
}
