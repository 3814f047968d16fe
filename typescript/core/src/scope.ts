import type { ContextAddress } from './address.ts';
import { isRequired, scalarOf, typeNamed, withoutConstraints } from './address-param.ts';
import { covers, splitAddress } from './address-text.ts';
import type { Types } from './check.ts';
import { compareText } from './compare-text.ts';
import type { ContextDecl, Field, FunctionDecl, ScopeParam, Type } from './contract.ts';
import { normalizeScopes } from './invalidation.ts';

/** A member that a mutation's result replaces in one instance (MRG-3). */
export interface MergeTarget {
  /** `context/member?…`, the `into` of the entry. */
  into: string;
  /** The instance as numbers and caches know it, without the member. */
  instance: string;
}

/** What one call makes stale, ready for numbers. */
export interface Staleness {
  /** Normalised (INV-7), those of merges included. */
  scopes: string[];
  /** Targets whose instance nothing else in the list touches (MRG-6). */
  merges: MergeTarget[];
}

/** Resolves one mutation's scopes; compiled at registration. */
export interface ScopePlan {
  /** `result` is undefined when there is none, after a failure; `added` are scopes of `invalidate(…)`. */
  resolve(args: Readonly<Record<string, unknown>>, result: unknown, added?: readonly string[]): Staleness;
}

/**
 * Tier 2, by name (INV-3): the mutation's required parameters that are required parameters of the context, of
 * the same type but for constraints, never one named `id`. Sorted by name.
 */
export function scopeByName(
  input: readonly Field[],
  context: Pick<ContextDecl, 'params'>,
  types: Types,
): ScopeParam[] {
  const params: ScopeParam[] = [];
  for (const field of input) {
    const param = context.params.find((other) => other.name === field.name);
    if (param === undefined || field.name === 'id' || !isRequired(field) || !isRequired(param)) continue;
    if (!sameScalar(field.type, param.type, types)) continue;
    params.push({ param: field.name, from: 'args', field: field.name });
  }
  return params.sort((a, b) => compareText(a.param, b.param));
}

/**
 * Tier 1, explicit (INV-2): maps parameters of the context to fields of the arguments or, where these have no
 * such field, of the result. Gives all faults at once; a parameter in fault is left out.
 */
export function scopeExplicit(
  mapping: Readonly<Record<string, string>>,
  fn: Pick<FunctionDecl, 'input' | 'output'>,
  context: Pick<ContextDecl, 'name' | 'params'>,
  types: Types,
): { params: ScopeParam[]; faults: { param: string; message: string }[] } {
  const params: ScopeParam[] = [];
  const faults: { param: string; message: string }[] = [];
  const output = fieldsOf(fn.output, types);
  for (const name of Object.keys(mapping).sort(compareText)) {
    const fieldName = mapping[name] as string;
    const param = context.params.find((other) => other.name === name);
    const byArgs = fn.input.find((field) => field.name === fieldName);
    const source = byArgs ?? output.find((field) => field.name === fieldName);
    if (param === undefined)
      faults.push({ param: name, message: `${context.name} has no parameter "${name}"` });
    else if (source === undefined)
      faults.push({
        param: name,
        message: `neither the arguments nor the result have a field "${fieldName}"`,
      });
    else if (!sameScalar(source.type, param.type, types, true))
      faults.push({
        param: name,
        message: `"${fieldName}" is not of the type of ${context.name}'s "${name}"`,
      });
    else params.push({ param: name, from: byArgs ? 'args' : 'result', field: fieldName });
  }
  return { params, faults };
}

/** What scoping asks of a query: its context and the names of its own parameters. */
export type QueryDecl = Pick<FunctionDecl, 'context' | 'input'>;

/**
 * Prepares the scopes and merges of a mutation whose parameters are resolved already. `contexts` holds the
 * addresses of all contexts, `queries` at least the queries that it merges into, both by name.
 */
export function compileScopes(
  fn: Pick<FunctionDecl, 'affects' | 'merge'>,
  contexts: ReadonlyMap<string, ContextAddress>,
  queries: ReadonlyMap<string, QueryDecl>,
): ScopePlan {
  const affects = fn.affects.map((one) => ({ ...one, address: known(contexts, one.context) }));
  const merges = fn.merge.map((one) => {
    const query = known(queries, one.function);
    const own = new Set(query.input.map((field) => field.name));
    const scoped = one.params.filter((param) => own.has(param.param));
    return { ...one, scoped, address: known(contexts, query.context ?? '') };
  });
  return {
    resolve(args, result, added = []) {
      const scopes = [...added];
      for (const one of affects)
        scopes.push(one.address.widestScope(take(one.params, args, result), one.member));
      const targets: Target[] = [];
      for (const one of merges) {
        scopes.push(one.address.widestScope(take(one.scoped, args, result), one.function));
        const found = result === undefined ? undefined : one.address.instance(take(one.params, args, result));
        if (found?.ok)
          targets.push({ instance: found.address, context: one.address.context, member: one.function });
      }
      return { scopes: normalizeScopes(scopes), merges: soundMerges(targets, scopes) };
    },
  };
}

/** The scopes of a call in the list's order, those of merges included (INV-1). Compile a plan for hot paths. */
export function resolveScopes(
  fn: Pick<FunctionDecl, 'affects' | 'merge'>,
  args: Readonly<Record<string, unknown>>,
  result: unknown,
  contexts: ReadonlyMap<string, ContextAddress>,
  queries: ReadonlyMap<string, QueryDecl> = new Map(),
): string[] {
  return compileScopes(fn, contexts, queries).resolve(args, result).scopes;
}

interface Target {
  instance: string;
  context: string;
  member: string;
}

/**
 * Merges into instances of which nothing else changed (MRG-6): a copy that took the mutation's number counts
 * as fresh in all its members, so each scope that covers it must be on a member that is merged into it.
 */
function soundMerges(targets: readonly Target[], scopes: readonly string[]): MergeTarget[] {
  return targets
    .filter(({ instance }) => {
      const members = new Set<string | undefined>();
      for (const other of targets) if (other.instance === instance) members.add(other.member);
      return scopes.every((scope) => !covers(scope, instance) || members.has(splitAddress(scope).member));
    })
    .map(({ instance, context, member }) => ({
      into: `${context}/${member}${instance.slice(context.length)}`,
      instance,
    }));
}

function known<T>(map: ReadonlyMap<string, T>, name: string): T {
  const found = map.get(name);
  if (found === undefined) throw new TypeError(`nothing is registered as "${name}"`);
  return found;
}

/** Values for a scope; a field of a result that is missing is simply absent (INV-4). */
function take(
  params: readonly ScopeParam[],
  args: Readonly<Record<string, unknown>>,
  result: unknown,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { param, from, field } of params) {
    const source = from === 'args' ? args : result;
    if (typeof source === 'object' && source !== null && Object.hasOwn(source, field))
      values[param] = (source as Record<string, unknown>)[field];
  }
  return values;
}

/** The fields of a struct, also of a nullable one; none for every other type. */
export function fieldsOf(type: Type, types: Types): readonly Field[] {
  const bare = type.kind === 'nullable' ? type.of : type;
  const named = bare.kind === 'ref' ? typeNamed(types, bare.name) : undefined;
  return named?.kind === 'struct' ? named.fields : [];
}

/**
 * Whether two types are one scalar but for constraints, or enums of the same values (INV-3). A source that may
 * be nullable is broader when it is null (INV-4).
 */
export function sameScalar(source: Type, param: Type, types: Types, nullableSource = false): boolean {
  const a = scalarOf(source, types);
  const b = scalarOf(param, types);
  if (a === undefined || b === undefined) return false;
  if (!nullableSource && (source.kind === 'nullable') !== (param.kind === 'nullable')) return false;
  return enumText(withoutConstraints(a)) === enumText(withoutConstraints(b));
}

function enumText(type: Type): string {
  return type.kind === 'enum' ? JSON.stringify([...type.values].sort(compareText)) : type.kind;
}
