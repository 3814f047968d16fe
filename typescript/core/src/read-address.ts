import type { ContextAddress } from './address.ts';

/** An instance that was given as text: what `shows`, `fetch` and `watch` hold. */
export interface NamedInstance {
  context: ContextAddress;
  member?: string;
  /** The instance's address without the member. */
  address: string;
  values: Record<string, unknown>;
}

/**
 * The instance that a text names, if it is its one canonical address (ADR-2, FLT-1); undefined for an unknown
 * context, for `$min`, and for every other spelling. Whether the member exists is the caller's question.
 */
export function readAddress(
  text: string,
  contexts: ReadonlyMap<string, ContextAddress>,
): NamedInstance | undefined {
  const at = text.indexOf('?');
  const head = at < 0 ? text : text.slice(0, at);
  const slash = head.indexOf('/');
  const context = contexts.get(slash < 0 ? head : head.slice(0, slash));
  const result = context?.parse(at < 0 ? '' : text.slice(at + 1));
  if (context === undefined || !result?.ok || result.min !== undefined) return undefined;
  if (head + result.address.slice(context.context.length) !== text) return undefined;
  const named = { context, address: result.address, values: result.values };
  return slash < 0 ? named : { ...named, member: head.slice(slash + 1) };
}
