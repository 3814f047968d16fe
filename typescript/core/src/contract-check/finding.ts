import type { ContractFindingCode } from '../generated/tables.ts';

export type { ContractFindingCode } from '../generated/tables.ts';

/** A line, and a column where it is known, both from 1; `path` is the file. */
export interface Place {
  path?: string;
  line: number;
  column?: number;
}

/** What is wrong with a contract, where, and how to mend it. All findings of a contract are reported together. */
export interface ContractFinding {
  /** A JSON Pointer that names what it is about: `/functions/updateProfile/input/name` (IR-PATH). */
  path: string;
  code: ContractFindingCode;
  message: string;
  place?: Place;
}

/** A finding as one line of text: `users.kdl:4:3  message`. */
export function formatFinding({ message, path, place }: ContractFinding): string {
  if (place === undefined) return path === '' ? message : `${path}  ${message}`;
  const column = place.column === undefined ? '' : `:${place.column}`;
  return place.path === undefined
    ? `${place.line}${column}  ${message}`
    : `${place.path}:${place.line}${column}  ${message}`;
}

/** Adds a segment to a JSON Pointer. */
export function pathTo(base: string, segment: string | number): string {
  return `${base}/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
