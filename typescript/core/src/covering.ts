import { splitAddress } from './address-text.ts';

/**
 * Every scope that covers an address: its context with each subset of its parameters, broadest first (ADR-13).
 * Members are left out. At most 32 texts, because a context has at most five parameters.
 */
export function coveringScopes(address: string): string[] {
  const { context, params } = splitAddress(address);
  const scopes: string[] = [];
  for (let mask = 0; mask < 1 << params.length; mask++) {
    let text = context;
    let separator = '?';
    for (let at = 0; at < params.length; at++) {
      if (mask & (1 << at)) {
        const [key, value] = params[at] as [string, string];
        text += `${separator}${key}=${value}`;
        separator = '&';
      }
    }
    scopes.push(text);
  }
  return scopes;
}
