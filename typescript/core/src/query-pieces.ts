import { compareText } from './compare-text.ts';
import { type Finding, formatPointer } from './findings.ts';
import { isMin } from './min.ts';

/** A raw query string taken apart: nothing is decoded yet. */
export interface QueryPieces {
  /** Raw values of the parameters, in the order given; null where a piece cannot be read. */
  given: Map<string, string | null>;
  /** The text of `$min`. */
  min: string | undefined;
  /** What is wrong with a parameter's piece itself. */
  faults: Map<string, Finding> | undefined;
  /** What is wrong beside the parameters, in the order of ADR-8. */
  oddities: Finding[] | undefined;
}

/**
 * Splits a raw query at `&` and each piece at its first `=` (ADR-8). Keys are wire names as they stand: they
 * are never unescaped, so that no two spellings mean one parameter.
 */
export function splitQuery(
  rawQuery: string,
  context: string,
  known: ReadonlyMap<string, unknown>,
): QueryPieces {
  const pieces: QueryPieces = { given: new Map(), min: undefined, faults: undefined, oddities: undefined };
  if (rawQuery === '') return pieces;
  let unknown: Set<string> | undefined;
  let badMin = false;
  let empty = false;
  for (const piece of rawQuery.split('&')) {
    const at = piece.indexOf('=');
    const key = at < 0 ? piece : piece.slice(0, at);
    const value = at < 0 ? null : piece.slice(at + 1);
    if (known.has(key)) {
      if (pieces.given.has(key)) fault(pieces, key, 'is given more than once');
      else if (value === null) fault(pieces, key, 'has no =');
      pieces.given.set(key, value);
    } else if (key === '$min') {
      if (pieces.min !== undefined || value === null || !isMin(value)) badMin = true;
      pieces.min = value ?? '';
    } else if (piece === '') {
      empty = true;
    } else {
      unknown ??= new Set();
      unknown.add(key);
    }
  }
  if (unknown !== undefined || badMin || empty) pieces.oddities = oddities(context, unknown, badMin, empty);
  return pieces;
}

/** A key that the context does not have. */
export function unknownKey(context: string, key: string): Finding {
  return { path: formatPointer([key]), code: 'unknown', message: `is not a parameter of ${context}` };
}

function fault(pieces: QueryPieces, key: string, message: string): void {
  pieces.faults ??= new Map();
  if (!pieces.faults.has(key)) pieces.faults.set(key, { path: `/${key}`, code: 'format', message });
}

function oddities(
  context: string,
  unknown: Set<string> | undefined,
  badMin: boolean,
  empty: boolean,
): Finding[] {
  const findings = [...(unknown ?? [])].sort(compareText).map((key) => unknownKey(context, key));
  if (badMin) findings.push({ path: '/$min', code: 'format', message: 'must be revisions, or *, once' });
  if (empty) findings.push({ path: '', code: 'format', message: 'has an empty piece' });
  return findings;
}
