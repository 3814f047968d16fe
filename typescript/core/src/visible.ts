import type { Affects, Contract, FunctionDecl } from './contract.ts';
import { reachableTypes, rootTypes } from './reachable.ts';

/**
 * The contract as clients see it (IR-VISIBLE): no private functions, and none of the contexts, errors and
 * types that only they reach. A context keeps its parameters and its class, because addresses carry them.
 */
export function visibleContract(contract: Contract): Contract {
  const hidden = privateNames(contract);
  const functions =
    hidden.size === 0
      ? contract.functions
      : contract.functions.filter((fn) => !fn.private).map((fn) => withoutHidden(fn, hidden));
  return reached({ ...contract, functions }, hidden);
}

/**
 * The part of a contract that shapes the answers of one context: the context, its visible members and what
 * they reach. Its canonical text is what a cache key's `part` is made of (IR-PART).
 */
export function contextPart(contract: Contract, context: string): Contract {
  const functions = contract.functions
    .filter((fn) => fn.context === context && !fn.private)
    .map((fn) => ({ ...fn, affects: [], merge: [] }));
  return reached({ ...contract, functions }, privateNames(contract));
}

function privateNames(contract: Contract): ReadonlySet<string> {
  return new Set(contract.functions.filter((fn) => fn.private).map((fn) => fn.name));
}

function reached(contract: Contract, hidden: ReadonlySet<string>): Contract {
  const used = { contexts: new Set<string>(), errors: new Set<string>() };
  for (const fn of contract.functions) {
    if (fn.context !== undefined) used.contexts.add(fn.context);
    for (const affects of fn.affects) used.contexts.add(affects.context);
    for (const error of fn.errors) used.errors.add(error);
  }
  const contexts = contract.contexts
    .filter((context) => used.contexts.has(context.name))
    .map((context) => ({ ...context, members: context.members.filter((name) => !hidden.has(name)) }));
  const errors = contract.errors.filter((error) => used.errors.has(error.name));
  const part = { ...contract, contexts, errors };
  const names = reachableTypes(contract, rootTypes(part));
  return { ...part, types: contract.types.filter((type) => names.has(type.name)) };
}

function withoutHidden(fn: FunctionDecl, hidden: ReadonlySet<string>): FunctionDecl {
  return {
    ...fn,
    merge: fn.merge.filter((merge) => !hidden.has(merge.function)),
    affects: fn.affects.map((affects) => {
      if (affects.member === undefined || !hidden.has(affects.member)) return affects;
      const whole: Affects = { context: affects.context, params: affects.params };
      return whole;
    }),
  };
}
