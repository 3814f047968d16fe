import type { Affects, Contract, FunctionDecl, Merge, ScopeParam, SourcePlace, Sources } from '@mizan/core';
import { compareText } from '@mizan/core';

/** One thing that a mutation makes stale, or replaces. */
export interface Effect {
  /** The scope, with the places of its values: `user?userId=‹authorId›`. */
  address: string;
  /** Why this scope and no other. */
  reason: string;
  /** What follows. */
  effect: string;
  /** It reaches everybody although the context tells instances apart. */
  broad: boolean;
}

/** What a function is and what hangs on it. */
export interface Explanation {
  function: string;
  kind: 'query' | 'mutation' | 'call';
  place?: SourcePlace;
  /** Of a mutation: what it makes stale. Of a query: which mutations make it stale. */
  effects: Effect[];
}

/** Explains what a mutation makes stale and why, or what makes a query stale. */
export function explainFunction(
  contract: Contract,
  sources: Partial<Sources>,
  fn: FunctionDecl,
): Explanation {
  const place = sources.functions?.[fn.name];
  const isMutation = fn.affects.length > 0 || fn.merge.length > 0;
  const effects = isMutation
    ? [...fn.merge.map((merge) => explainMerge(contract, merge)), ...explainAffects(contract, fn)]
    : fn.context === undefined
      ? []
      : explainQuery(contract, fn);
  return {
    function: fn.name,
    kind: isMutation ? 'mutation' : fn.context === undefined ? 'call' : 'query',
    ...(place && { place }),
    effects,
  };
}

function explainAffects(contract: Contract, fn: FunctionDecl): Effect[] {
  return [...fn.affects]
    .sort((a, b) => compareText(a.context, b.context) || compareText(a.member ?? '', b.member ?? ''))
    .map((affects) => explainAffect(contract, affects));
}

function explainAffect(contract: Contract, affects: Affects): Effect {
  const context = contract.contexts.find((known) => known.name === affects.context);
  const told = (context?.params.length ?? 0) > 0;
  const broad = told && affects.params.length === 0;
  const members = affects.member === undefined ? (context?.members ?? []) : [affects.member];
  const shown = [...members].sort(compareText).join(', ');
  return {
    address: scopeText(affects.context, affects.member, affects.params),
    reason: reasonOf(affects.params, told),
    effect: broad
      ? 'stale for everybody; add a scope if that is more than you mean'
      : shown === ''
        ? 'nothing reads it yet'
        : `read again where shown: ${shown}`,
    broad,
  };
}

function reasonOf(params: readonly ScopeParam[], told: boolean): string {
  if (!told) return 'has no parameters';
  if (params.length === 0) return 'no shared parameter';
  const byName = params.every(({ field, from, param }) => from === 'args' && field === param);
  if (!byName) return 'declared scope';
  return params.length === 1 ? 'shared parameter' : 'shared parameters';
}

function explainMerge(contract: Contract, merge: Merge): Effect {
  const context = contract.functions.find((fn) => fn.name === merge.function)?.context ?? '?';
  return {
    address: scopeText(context, merge.function, merge.params),
    reason: 'merge',
    effect: `the result replaces ${merge.function}, without a read`,
    broad: false,
  };
}

function explainQuery(contract: Contract, query: FunctionDecl): Effect[] {
  const effects: Effect[] = [];
  for (const fn of [...contract.functions].sort((a, b) => compareText(a.name, b.name))) {
    for (const affects of fn.affects) {
      if (affects.context !== query.context) continue;
      if (affects.member !== undefined && affects.member !== query.name) continue;
      const { address, broad, reason } = explainAffect(contract, affects);
      effects.push({ address, reason, effect: `made stale by ${fn.name}`, broad });
    }
    for (const merge of fn.merge) {
      if (merge.function !== query.name) continue;
      const { address, reason } = explainMerge(contract, merge);
      effects.push({ address, reason, effect: `replaced by ${fn.name}`, broad: false });
    }
  }
  return effects;
}

function scopeText(context: string, member: string | undefined, params: readonly ScopeParam[]): string {
  const head = member === undefined ? context : `${context}/${member}`;
  const query = [...params]
    .sort((a, b) => compareText(a.param, b.param))
    .map(({ field, from, param }) => `${param}=‹${from === 'result' ? 'result.' : ''}${field}›`);
  return query.length === 0 ? head : `${head}?${query.join('&')}`;
}
