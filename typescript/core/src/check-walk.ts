import { type Finding, formatPointer } from './findings.ts';
import { type FindingCode, LIMITS } from './generated/tables.ts';

/** What a check of one type yields instead of a value when it refuses. */
export const BAD: unique symbol = Symbol('bad');

/**
 * The compiled check of one type: the canonical value or `BAD`. Without a walk it stops at the first fault
 * and allocates nothing for it; with one it goes on and notes every finding with its path.
 * `depth` counts the arrays and objects around the value.
 */
export type Node = (value: unknown, walk: Walk | undefined, depth: number) => unknown;

/** The second pass over a refused value, which collects the findings. */
export class Walk {
  readonly findings: Finding[] = [];
  private readonly path: (string | number)[] = [];

  /** Whether as many findings are noted as one answer may hold. */
  get full(): boolean {
    return this.findings.length >= LIMITS.findings;
  }

  /** Notes a finding at the present place. */
  note(code: FindingCode, message: string): void {
    if (!this.full) this.findings.push({ path: formatPointer(this.path), code, message });
  }

  /** Notes a finding at a key of the present place. */
  noteAt(key: string | number, code: FindingCode, message: string): void {
    this.path.push(key);
    this.note(code, message);
    this.path.pop();
  }

  /** Runs a node on what stands under `key`. */
  descend(key: string | number, node: Node, value: unknown, depth: number): unknown {
    this.path.push(key);
    const result = node(value, this, depth);
    this.path.pop();
    return result;
  }
}

/** Refuses the value at the present place. */
export function refuse(walk: Walk | undefined, code: FindingCode, message: string): typeof BAD {
  walk?.note(code, message);
  return BAD;
}

/** Whether a container at this depth is one too many; if so it is noted. */
export function isTooDeep(walk: Walk | undefined, depth: number): boolean {
  if (depth < LIMITS.jsonDepth) return false;
  walk?.note('depth', `is nested deeper than ${LIMITS.jsonDepth}`);
  return true;
}
