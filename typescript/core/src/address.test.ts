import { describe, expect, it } from 'vitest';
import { readVectors } from '../test/read-vectors.ts';
import { type ContextAddress, compileAddress } from './address.ts';
import { isRequired, paramFault } from './address-param.ts';
import { covers, encodeValue, formatAddress, splitAddress } from './address-text.ts';
import type { ContextDecl, Field, Type, TypeDecl } from './contract.ts';
import { coveringScopes } from './covering.ts';
import type { Finding } from './findings.ts';
import { normalizeScopes } from './invalidation.ts';
import { readAddress } from './read-address.ts';
import { trimScope } from './scope-text.ts';

type Values = Record<string, unknown>;
type Verdict = { address?: string; findings?: Pick<Finding, 'path' | 'code'>[] };

interface AddressVectors {
  types: TypeDecl[];
  contexts: Pick<ContextDecl, 'name' | 'params'>[];
  instances: ({ name: string; context: string; values: Values; read?: Values } & Verdict)[];
  queries: ({ name: string; context: string; query: string; values: Values; min?: string } & Verdict)[];
}

interface ScopeVectors {
  covers: { scope: string; instance: string; covers: boolean }[];
  lists: { name: string; scopes: string[]; list: string[] }[];
  trimmed: { name: string; scope: string; trimmed: string }[];
  covering: { address: string; scopes: string[] }[];
  made: { name: string; context: string; values: Values; member?: string; scope: string; throws?: true }[];
}

const vectors = readVectors<AddressVectors>('addresses.json');
const scopes = readVectors<ScopeVectors>('scopes.json');
const contexts = new Map(vectors.contexts.map((one) => [one.name, compileAddress(one, vectors.types)]));
const context = (name: string) => contexts.get(name) as ContextAddress;

/** A verdict without its messages. */
function bare(result: { findings: Finding[] } | object): object {
  if (!('findings' in result)) return result;
  return { findings: result.findings.map(({ path, code }) => ({ path, code })) };
}

describe('values to instances', () => {
  it.each(vectors.instances)('$context: $name', ({ context: name, values, address, read, findings }) => {
    const result = context(name).instance(values);
    if (findings) return expect(bare(result)).toEqual({ findings });
    expect(result).toMatchObject({ ok: true, address });
    const [, query = ''] = (address as string).split('?');
    expect(context(name).parse(query)).toEqual(result);
    if (read) expect(result).toHaveProperty('values', read);
  });
});

describe('raw queries', () => {
  it.each(vectors.queries)('$context: $name', ({ context: name, query, address, values, min, findings }) => {
    const result = context(name).parse(query);
    if (findings) return expect(bare(result)).toEqual({ findings });
    expect(result).toEqual({ ok: true, address, values, ...(min === undefined ? {} : { min }) });
    expect(context(name).instance(values)).toEqual({ ok: true, address, values });
  });

  it('reports no more findings than the limit', () => {
    const query = Array.from({ length: 400 }, (_, at) => `k${at}`).join('&');
    const result = context('summary').parse(query);
    expect(result.ok ? [] : result.findings).toHaveLength(256);
  });
});

describe('scopes as text', () => {
  it.each(scopes.covers)('$scope covers $instance: $covers', ({ scope, instance, covers: expected }) => {
    expect(covers(scope, instance)).toBe(expected);
  });

  it.each(scopes.lists)('list: $name', ({ scopes: given, list }) => {
    expect(normalizeScopes(given)).toEqual(list);
    expect(normalizeScopes([...given].reverse())).toEqual(list);
  });

  it.each(scopes.trimmed)('trimmed: $name', ({ scope, trimmed }) => {
    expect(trimScope(scope)).toBe(trimmed);
  });

  it.each(scopes.covering)('all that cover $address', ({ address, scopes: all }) => {
    expect(coveringScopes(address)).toEqual(all);
    for (const scope of all) expect(covers(scope, address)).toBe(true);
  });

  it.each(scopes.made)('made: $name', ({ context: name, values, member, scope, throws }) => {
    if (throws) expect(() => context(name).scope(values, member)).toThrow(TypeError);
    else expect(context(name).scope(values, member)).toBe(scope);
    expect(context(name).widestScope(values, member)).toBe(scope);
  });

  it('says what is wrong with a scope', () => {
    expect(() => context('user').scope({ who: 1 })).toThrow('user has no parameter "who"');
    expect(() => context('user').scope({ userId: '5' })).toThrow(/^user: userId /);
  });
});

describe('formatAddress', () => {
  it('sorts keys, encodes values, leaves out null and absent', () => {
    expect(formatAddress('user', {})).toBe('user');
    expect(formatAddress('user', { userId: 5, page: -0, b: false, a: 'é &' })).toBe(
      'user?a=%C3%A9%20%26&b=false&page=0&userId=5',
    );
    expect(formatAddress('user/userPosts', { b: null, a: undefined, c: '' })).toBe('user/userPosts?c=');
  });

  it('refuses a lone surrogate', () => {
    expect(() => encodeValue('\ud800')).toThrow(URIError);
  });
});

describe('parameters that a context may have', () => {
  const types: TypeDecl[] = [
    { name: 'State', type: { kind: 'enum', values: ['a'] } },
    { name: 'Point', type: { kind: 'struct', fields: [] } },
    { name: 'Either', type: { kind: 'union', arms: [{ kind: 'int' }, { kind: 'string' }] } },
  ];
  const field = (type: Type, more: Partial<Field> = {}): Field => ({
    name: 'p',
    type,
    optional: false,
    ...more,
  });
  const nullable = (of: Type): Type => ({ kind: 'nullable', of });
  const scalars = ['string', 'int', 'bigint', 'bool', 'date', 'datetime', 'uuid'] as const;
  const others = ['decimal', 'float', 'null', 'time', 'duration', 'bytes', 'json', 'upload'] as const;

  it('are scalars and enums, and nullable ones', () => {
    const good = [...scalars.map((kind) => ({ kind })), { kind: 'enum' as const, values: ['a'] }];
    for (const type of [...good, { kind: 'ref' as const, name: 'State' }]) {
      expect(paramFault(field(type), types)).toBeUndefined();
      expect(paramFault(field(nullable(type), { default: null }), types)).toBeUndefined();
      expect(paramFault(field(nullable(type)), types)).toBeUndefined();
    }
    expect(paramFault(field({ kind: 'int' }, { default: 1 }), types)).toBeUndefined();
  });

  it('are nothing else', () => {
    const bad: Type[] = [
      ...others.map((kind) => ({ kind })),
      { kind: 'list', items: { kind: 'int' } },
      { kind: 'map', values: { kind: 'int' } },
      { kind: 'union', arms: [{ kind: 'int' }] },
      ...['Point', 'Either', 'Nowhere'].map((name): Type => ({ kind: 'ref', name })),
      nullable({ kind: 'float' }),
    ];
    for (const type of bad) expect(paramFault(field(type), types)).toMatch(/^a parameter of a context is/);
  });

  it('have no default but null where they are nullable', () => {
    expect(paramFault(field(nullable({ kind: 'int' }), { default: 1 }), types)).toMatch(
      /no default but null/,
    );
  });

  it('are required without default', () => {
    expect(isRequired(field({ kind: 'int' }))).toBe(true);
    expect(isRequired(field({ kind: 'int' }, { default: 0 }))).toBe(false);
    expect(isRequired(field(nullable({ kind: 'int' }), { default: null }))).toBe(false);
    expect(isRequired(field({ kind: 'int' }, { optional: true }))).toBe(false);
  });

  it('have defaults of their type', () => {
    const params = [field({ kind: 'int' }, { default: 'x' })];
    expect(() => compileAddress({ name: 'c', params }, types)).toThrow(TypeError);
  });
});

describe('splitAddress', () => {
  it.each([
    ['summary', { context: 'summary', params: [] }],
    ['user/userPosts', { context: 'user', member: 'userPosts', params: [] }],
    [
      'user?a=1&b=%3D',
      {
        context: 'user',
        params: [
          ['a', '1'],
          ['b', '%3D'],
        ],
      },
    ],
    ['note?text=', { context: 'note', params: [['text', '']] }],
  ])('%s', (address, parts) => {
    expect(splitAddress(address)).toEqual(parts);
  });
});

describe('readAddress', () => {
  const read = (text: string) => readAddress(text, contexts);

  it('reads canonical addresses', () => {
    const user = {
      context: context('user'),
      address: 'user?page=1&userId=5',
      values: { page: 1, userId: 5 },
    };
    expect(read('user?page=1&userId=5')).toEqual(user);
    expect(read('user/userPosts?page=1&userId=5')).toEqual({ ...user, member: 'userPosts' });
    expect(read('summary')).toEqual({ context: context('summary'), address: 'summary', values: {} });
  });

  it.each([
    ['another order', 'user?userId=5&page=1'],
    ['a default left out', 'user?userId=5'],
    ['an unknown context', 'nowhere'],
    ['an inherited name', 'constructor'],
    ['$min', 'user?page=1&userId=5&$min=*'],
    ['an empty query', 'summary?'],
    ['a value of wrong form', 'user?page=1&userId=05'],
    ['everything', '*'],
    ['nothing', ''],
  ])('passes over %s', (_, text) => {
    expect(read(text)).toBeUndefined();
  });
});
