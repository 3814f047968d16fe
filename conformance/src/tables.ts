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

/** The HTTP status of an error code; declared errors are 409 unless the fixture says otherwise. */
export function statusOf(code: string | undefined): number {
  statuses ??= new Map(readTable<{ rows: ErrorCode[] }>('error-codes').rows.map((row) => [row.name, row.status]));
  return statuses.get(code ?? '') ?? 409;
}
