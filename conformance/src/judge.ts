import { parseList } from 'structured-headers';
import { Failure } from './case.ts';
import type { Outcome } from './outcome.ts';
import { declaredStatuses, readTable } from './tables.ts';

interface ErrorEnvelope {
  code: string;
  message: string;
  details?: unknown;
  id?: string;
  contract?: string;
}

const codes = new Map(
  readTable<{ rows: { name: string; status: number; side: string }[] }>('error-codes')
    .rows.filter((row) => row.side === 'server')
    .map((row) => [row.name, row.status]),
);
const entryForm =
  /^(\*|[a-z][A-Za-z0-9]{0,63}(\/[a-z][A-Za-z0-9]{0,63})?(\?[^@"\\]*)?)(@([a-z0-9]{1,12}\.[0-9]{1,16}))?$/;

/** Whether two JSON values are equal: members without order, numbers as doubles, absent and null kept apart. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, i) => same(item, b[i]));
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const left = Object.keys(a);
  if (left.length !== Object.keys(b).length) return false;
  return left.every(
    (key) =>
      Object.hasOwn(b, key) && same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  );
}

/** Throws what was expected and what was seen, unless they are equal. */
export function expectSame(what: string, seen: unknown, expected: unknown): void {
  if (!same(seen, expected))
    throw new Failure(`${what}\n  expected ${show(expected)}\n  saw      ${show(seen)}`);
}

/** A value on one line, cut where it gets long. */
export function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 600 ? `${text.slice(0, 600)}… (${text.length} characters)` : text;
}

/** The error of an outcome, or undefined. */
export function errorOf(outcome: Outcome): ErrorEnvelope | undefined {
  return (outcome.body as { error?: ErrorEnvelope } | undefined)?.error;
}

/** The `invalidate` list of an outcome, empty when there is none. */
export function invalidateOf(outcome: Outcome): string[] {
  return ((outcome.body as { invalidate?: string[] } | undefined)?.invalidate ?? []) as string[];
}

/** Scopes without their numbers. */
export function scopesOf(outcome: Outcome): string[] {
  return invalidateOf(outcome).map((entry) => entry.split('@')[0] as string);
}

/**
 * What holds of every answer whatever the case is about: JSON, the error envelope and its status (ERR),
 * the shape of a successful call (CALL), entries of `invalidate` (INV), header equal to body, header size.
 */
export function checkInvariants(outcome: Outcome, kind: 'call' | 'fetch' | 'request'): void {
  const error = errorOf(outcome);
  if (kind === 'call' && outcome.status === 200 && error === undefined) checkCall(outcome);
  if (outcome.transport === 'http') checkHttp(outcome, kind);
  if (error !== undefined) checkError(outcome, error);
  for (const entry of kind === 'call' ? invalidateOf(outcome) : [])
    if (!entryForm.test(entry))
      throw new Failure(`an entry of invalidate is not well formed: ${show(entry)}`, ['INV']);
}

function checkCall(outcome: Outcome): void {
  const body = outcome.body as Record<string, unknown> | undefined;
  if (typeof body !== 'object' || body === null || !('result' in body) || !Array.isArray(body.invalidate))
    throw new Failure(`a call answers {result, invalidate, …}; saw ${show(body ?? outcome.text)}`, ['CALL']);
  for (const key of Object.keys(body))
    if (!['result', 'invalidate', 'merge', 'contexts'].includes(key))
      throw new Failure(`a call's answer has no part called ${key}`, ['CALL']);
}

function checkError(outcome: Outcome, error: ErrorEnvelope): void {
  if (typeof error.code !== 'string' || typeof error.message !== 'string')
    throw new Failure(`an error has a code and a message; saw ${show(error)}`, ['ERR']);
  const status = codes.get(error.code) ?? declaredStatuses.get(error.code);
  if (status === undefined)
    throw new Failure(`${error.code} is neither a standard nor a declared code`, ['ERR']);
  if (outcome.status !== status)
    throw new Failure(`${error.code} is answered with status ${status}; saw ${outcome.status}`, ['ERR']);
  if (error.code === 'INTERNAL' && !error.id)
    throw new Failure('INTERNAL carries an id for the log', ['ERR']);
  if (outcome.text.includes('secret-7f3a'))
    throw new Failure('the text of an exception left the server', ['ERR']);
}

function checkHttp(outcome: Outcome, kind: string): void {
  const { headers, status } = outcome;
  const own = Object.entries(headers).filter(
    ([name]) => name.startsWith('x-mizan-') || name === 'surrogate-key' || name === 'cache-tag',
  );
  const size = own.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
  if (size > 2000) throw new Failure(`the protocol's headers take ${size} bytes, more than 2,000`, ['INV']);
  if (
    status !== 304 &&
    status !== 405 &&
    outcome.text !== '' &&
    outcome.body === undefined &&
    kind !== 'request'
  )
    throw new Failure(`the body is not JSON: ${outcome.text.slice(0, 200)}`, ['CALL']);
  if (status >= 400 && outcome.text !== '' && headers['cache-control'] !== 'private, no-store')
    throw new Failure(`an error is private, no-store; saw ${headers['cache-control']}`, ['ERR']);
  if (outcome.body !== undefined) checkHeaderEqualsBody(outcome);
}

/** The header and the body say the same; a header that had no room is broader, never narrower (INV). */
function checkHeaderEqualsBody(outcome: Outcome): void {
  const header = outcome.headers['x-mizan-invalidate'];
  const body = invalidateOf(outcome);
  if (header === undefined) {
    if (body.length > 0) throw new Failure(`the body announces ${show(body)}, the header nothing`, ['INV']);
    return;
  }
  let listed: string[];
  try {
    listed = parseList(header).map(([item]) => item as string);
  } catch (cause) {
    throw new Failure(
      `X-Mizan-Invalidate is not an RFC 9651 list: ${(cause as Error).message}\n  ${header}`,
      ['INV'],
    );
  }
  if (listed.some((item) => typeof item !== 'string'))
    throw new Failure(`X-Mizan-Invalidate is a list of strings; saw ${header}`, ['INV']);
  expectSame('X-Mizan-Invalidate says what the body says', listed, body);
}
