import { coveringScopes } from './covering.ts';

/** A point in one context's history: numbers compare only within one epoch (REV-1). */
export interface Revision {
  epoch: string;
  n: number;
}

/** One context's history in a store (REV-3): created together, lost together. */
export interface ScopeRecord {
  readonly epoch: string;
  /** The highest number given. */
  last: number;
  /** Every instance changed at this number or later. */
  floor: number;
  /** Scope without member to its latest number, oldest number first. */
  readonly scopes: Map<string, number>;
}

const REVISION = /^([a-z0-9]{1,12})\.(0|[1-9][0-9]{0,15})$/;

/** `epoch.n` (REV-2). */
export function formatRevision(revision: Revision): string {
  return `${revision.epoch}.${revision.n}`;
}

/** Reads `epoch.n`; undefined for anything else, numbers above 2^53 − 1 included (REV-2). */
export function parseRevision(text: string): Revision | undefined {
  const match = REVISION.exec(text);
  if (match === null) return undefined;
  const n = Number(match[2]);
  return Number.isSafeInteger(n) ? { epoch: match[1] as string, n } : undefined;
}

/** A new record: `last` and `floor` are the clock in milliseconds (REV-4). */
export function createRecord(epoch: string, now: number): ScopeRecord {
  const start = Math.floor(now);
  return { epoch, last: start, floor: start, scopes: new Map() };
}

/**
 * Takes one number and notes it for each scope (REV-5), then drops the oldest scopes beyond `cap`, which
 * raises the floor (REV-7). Changes the record, gives the number; all scopes are of the record's context.
 */
export function noteScopes(record: ScopeRecord, scopes: readonly string[], now: number, cap: number): number {
  const n = Math.max(record.last + 1, Math.floor(now));
  record.last = n;
  for (const scope of scopes) {
    const key = withoutMember(scope);
    record.scopes.delete(key);
    record.scopes.set(key, n);
  }
  for (const [scope, number] of record.scopes) {
    if (record.scopes.size <= cap) break;
    record.scopes.delete(scope);
    record.floor = Math.max(record.floor, number);
  }
  return n;
}

/** The number at which an instance last changed: the highest of a scope that covers it, or the floor (REV-6). */
export function changedAt(record: ScopeRecord, address: string): number {
  let n = record.floor;
  for (const scope of coveringScopes(address)) {
    const noted = record.scopes.get(scope);
    if (noted !== undefined && noted > n) n = noted;
  }
  return n;
}

/** Numbers, tags and caches know contexts: a scope's member is only a hint. */
function withoutMember(scope: string): string {
  const slash = scope.indexOf('/');
  if (slash < 0) return scope;
  const query = scope.indexOf('?');
  return query < 0 ? scope.slice(0, slash) : scope.slice(0, slash) + scope.slice(query);
}
