import { splitAddress } from './address-text.ts';
import { coveringScopes } from './covering.ts';
import { LIMITS } from './generated/tables.ts';
import { formatRevision, parseRevision, type Revision } from './revision.ts';

/** One item of an `invalidate` list; null where the number could not be taken (INV-9). */
export interface Entry {
  scope: string;
  revision: Revision | null;
}

const HEAD = /^[a-z][A-Za-z0-9]{0,63}(?:\/[a-z][A-Za-z0-9]{0,63})?$/;
const PIECE = /^[a-z][A-Za-z0-9]{0,63}=(?:[A-Za-z0-9\-._~]|%[0-9A-F]{2})*$/;

/**
 * Scopes in the order of the list, each once, without those that another one swallows (INV-7): fewer
 * parameters first, then code point. A scope on a member swallows only scopes on the same member.
 */
export function normalizeScopes(scopes: readonly string[]): string[] {
  if (scopes.length < 2) return [...scopes];
  const given = new Set(scopes);
  if (given.has('*')) return ['*'];
  const kept = [...given]
    .filter((scope) => !swallowed(scope, given))
    .map((scope) => ({ scope, params: paramCount(scope) }));
  kept.sort((a, b) => a.params - b.params || (a.scope < b.scope ? -1 : 1));
  return kept.map(({ scope }) => scope);
}

/** `user?userId=5@k3.1764`; without `@…` when there is no number (INV-8, INV-9). */
export function formatEntry(scope: string, revision: Revision | null): string {
  return revision === null ? scope : `${scope}@${formatRevision(revision)}`;
}

/** Reads one entry; undefined when it is not well formed (INV-8). */
export function parseEntry(text: string): Entry | undefined {
  const at = text.indexOf('@');
  const scope = at < 0 ? text : text.slice(0, at);
  const revision = at < 0 ? null : parseRevision(text.slice(at + 1));
  if (revision === undefined) return undefined;
  if (scope === '*' ? revision === null : isScope(scope)) return { scope, revision };
  return undefined;
}

/** Whether a text has the form of a scope or instance (ADR-1). Says nothing of the values' types. */
export function isScope(text: string): boolean {
  if (text.length > LIMITS.instanceBytes) return false;
  const query = text.indexOf('?');
  if (!HEAD.test(query < 0 ? text : text.slice(0, query))) return false;
  let last = '';
  for (const piece of query < 0 ? [] : text.slice(query + 1).split('&')) {
    const key = piece.slice(0, piece.indexOf('='));
    if (!PIECE.test(piece) || key <= last) return false;
    last = key;
  }
  return true;
}

/** The value of `X-Mizan-Invalidate`: a structured field list of strings (INV-11). */
export function formatInvalidateHeader(entries: readonly string[]): string {
  return entries.length === 0 ? '' : `"${entries.join('", "')}"`;
}

/** Whether the set holds a broader scope than this one. */
function swallowed(scope: string, given: ReadonlySet<string>): boolean {
  const { context, member } = splitAddress(scope);
  const broader = coveringScopes(scope);
  const whole = broader.pop() as string;
  if (broader.some((text) => given.has(text))) return true;
  if (member === undefined) return false;
  const within = (text: string) => `${context}/${member}${text.slice(context.length)}`;
  return given.has(whole) || broader.some((text) => given.has(within(text)));
}

function paramCount(scope: string): number {
  return scope === '*' || !scope.includes('?') ? 0 : scope.split('&').length;
}
