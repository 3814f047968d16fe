import { readFileSync } from 'node:fs';

/** Reads one of the closed sets in `spec/tables`. */
export function readTable<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../spec/tables/${name}.json`, import.meta.url), 'utf8')) as T;
}

interface ErrorCode {
  name: string;
  status: number;
  side: 'server' | 'client';
}

let statuses: Map<string, number> | undefined;

/** Statuses of the fixture's declared errors (`app.kdl`). */
export const declaredStatuses: ReadonlyMap<string, number> = new Map([
  ['OutOfStock', 409],
  ['Withdrawn', 410],
]);

/** The HTTP status of an error code, standard or declared by the fixture. */
export function statusOf(code: string | undefined): number {
  statuses ??= new Map(
    readTable<{ rows: ErrorCode[] }>('error-codes').rows.map((row) => [row.name, row.status]),
  );
  return statuses.get(code ?? '') ?? declaredStatuses.get(code ?? '') ?? 409;
}
