import { describe, expect, it } from 'vitest';
import { readVectors } from '../test/read-vectors.ts';
import { compileAddress } from './address.ts';
import type {
  Affects,
  ContextDecl,
  Field,
  FunctionDecl,
  Merge,
  ScopeParam,
  Type,
  TypeDecl,
} from './contract.ts';
import { compileScopes, type MergeTarget, resolveScopes, scopeByName, scopeExplicit } from './scope.ts';

type Context = Pick<ContextDecl, 'name' | 'params'>;

interface ScopingVectors {
  types: TypeDecl[];
  contexts: Context[];
  queries: Pick<FunctionDecl, 'name' | 'context' | 'input'>[];
  byName: { name: string; input: Field[]; context: string; params: string[] }[];
  explicit: {
    name: string;
    mapping: Record<string, string>;
    input: Field[];
    output: Type;
    context: string;
    params: ScopeParam[];
    faults: string[];
  }[];
  resolved: {
    name: string;
    affects: Affects[];
    merge: Merge[];
    args: Record<string, unknown>;
    result?: unknown;
    added?: string[];
    list: string[];
    merges: MergeTarget[];
  }[];
}

const vectors = readVectors<ScopingVectors>('scoping.json');
const types = new Map(vectors.types.map((type) => [type.name, type]));
const declared = new Map(vectors.contexts.map((one) => [one.name, one]));
const contexts = new Map(vectors.contexts.map((one) => [one.name, compileAddress(one, types)]));
const queries = new Map(vectors.queries.map((one) => [one.name, one]));

describe('scoping by name', () => {
  it.each(vectors.byName)('$name', ({ input, context, params }) => {
    const found = scopeByName(input, declared.get(context) as Context, types);
    expect(found).toEqual(params.map((param) => ({ param, from: 'args', field: param })));
    expect(scopeByName(input, declared.get(context) as Context, vectors.types)).toEqual(found);
  });
});

describe('explicit scoping', () => {
  it.each(vectors.explicit)('$name', ({ mapping, input, output, context, params, faults }) => {
    const found = scopeExplicit(mapping, { input, output }, declared.get(context) as Context, types);
    expect(found.params).toEqual(params);
    expect(found.faults.map((fault) => fault.param)).toEqual(faults);
  });

  it('says what is missing', () => {
    const user = declared.get('user') as Context;
    const fn = { input: [], output: { kind: 'null' } as Type };
    expect(scopeExplicit({ userid: 'a', userId: 'b' }, fn, user, types).faults).toEqual([
      { param: 'userId', message: 'neither the arguments nor the result have a field "b"' },
      { param: 'userid', message: 'user has no parameter "userid"' },
    ]);
  });
});

describe('scopes and merges of a call', () => {
  it.each(vectors.resolved)('$name', ({ affects, merge, args, result, added, list, merges }) => {
    const plan = compileScopes({ affects, merge }, contexts, queries);
    expect(plan.resolve(args, result, added)).toEqual({ scopes: list, merges });
    if (added === undefined)
      expect(resolveScopes({ affects, merge }, args, result, contexts, queries)).toEqual(list);
  });

  it('refuses a context that nobody registered', () => {
    const affects = [{ context: 'nowhere', params: [] }];
    expect(() => compileScopes({ affects, merge: [] }, contexts, queries)).toThrow('"nowhere"');
    const merge = [{ function: 'nothing', params: [] }];
    expect(() => compileScopes({ affects: [], merge }, contexts, queries)).toThrow('"nothing"');
  });
});
