import { compareText } from './compare-text.ts';
import { type Finding, formatPointer } from './findings.ts';
import { isMin } from './min.ts';

/** A raw query string taken apart: nothing is decoded yet. */
export interface QueryPieces {
  /** The raw value of each parameter, by its place among them; undefined where it is not given. */
  given: (string | undefined)[];
  /** The text of `$min`. */
  min: string | undefined;
  /** What is wrong with a parameter's piece itself, by its place. */
  faults: Finding[] | undefined;
  /** What is wrong beside the parameters, in the order of ADR-8. */
  oddities: Finding[] | undefined;
}

/**
 * Splits a raw query at `&` and each piece at its first `=` (ADR-8). Keys are wire names as they stand: they
 * are never unescaped, so that no two spellings mean one parameter. `places` has the parameters by name.
 */
export function splitQuery(
  rawQuery: string,
  context: string,
  places: ReadonlyMap<string, number>,
): QueryPieces {
  const pieces: QueryPieces = { given: [], min: undefined, faults: undefined, oddities: undefined };
  let unknown: Set<string> | undefined;
  let badMin = false;
  let empty = false;
  let start = 0;
  while (start <= rawQuery.length && rawQuery !== '') {
    const next = rawQuery.indexOf('&', start);
    const end = next < 0 ? rawQuery.length : next;
    const equals = rawQuery.indexOf('=', start);
    const bare = equals < 0 || equals > end;
    const key = rawQuery.slice(start, bare ? end : equals);
    const value = bare ? '' : rawQuery.slice(equals + 1, end);
    const place = places.get(key);
    if (place !== undefined) {
      if (pieces.given[place] !== undefined) fault(pieces, place, key, 'is given more than once');
      else if (bare) fault(pieces, place, key, 'has no =');
      pieces.given[place] = value;
    } else if (key === '$min') {
      if (pieces.min !== undefined || !isMin(value)) badMin = true;
      pieces.min = value;
    } else if (start === end) {
      empty = true;
    } else {
      unknown ??= new Set();
      unknown.add(key);
    }
    start = end + 1;
  }
  if (unknown !== undefined || badMin || empty) pieces.oddities = oddities(context, unknown, badMin, empty);
  return pieces;
}

/** A key that the context does not have. */
export function unknownKey(context: string, key: string): Finding {
  return { path: formatPointer([key]), code: 'unknown', message: `is not a parameter of ${context}` };
}

function fault(pieces: QueryPieces, place: number, key: string, message: string): void {
  pieces.faults ??= [];
  pieces.faults[place] ??= { path: `/${key}`, code: 'format', message };
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
