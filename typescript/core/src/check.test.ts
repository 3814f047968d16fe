import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileCheck, compileFields, type Direction } from './check.ts';
import type { Field, Type, TypeDecl } from './contract.ts';
import { checkJson } from './json.ts';
import { arbitraryJson, arbitraryType, namedTypes } from './testing/arbitrary-type.ts';

const directions: Direction[] = ['input', 'output'];

const prototypes = () =>
  [Object.prototype, Array.prototype, String.prototype, Function.prototype].map((prototype) =>
    JSON.stringify(Object.getOwnPropertyNames(prototype)),
  );
let untouched: string[];
beforeEach(() => {
  untouched = prototypes();
});
afterEach(() => expect(prototypes()).toStrictEqual(untouched));

describe.each(directions)('a check of %s', (direction) => {
  const property = (
    test: (check: (value: unknown) => ReturnType<ReturnType<typeof compileCheck>>, value: unknown) => void,
    values: fc.Arbitrary<unknown> = arbitraryJson,
  ) =>
    fc.assert(
      fc.property(arbitraryType, values, (type, value) =>
        test(compileCheck(type, namedTypes, direction), value),
      ),
      { numRuns: 2_000 },
    );

  it('accepts, or says what is wrong, and never throws', () => {
    property((check, value) => {
      const result = check(value);
      if (!result.ok) expect(result.findings.length).toBeGreaterThan(0);
    });
  });

  it('never throws on what is not JSON at all', () => {
    property(
      (check, value) => void check(value),
      fc.anything({ withDate: true, withMap: true, withNullPrototype: true }),
    );
  });

  it('leaves its value as it was', () => {
    property((check, value) => {
      const before = JSON.stringify(value);
      check(deepFreeze(value));
      expect(JSON.stringify(value)).toBe(before);
    });
  });

  it('yields JSON that it accepts unchanged', () => {
    property((check, value) => {
      const result = check(value);
      if (!result.ok) return;
      expect(checkJson(result.value)).toBeUndefined();
      expect(check(JSON.parse(JSON.stringify(result.value)))).toStrictEqual(result);
      expect(check(result.value)).toStrictEqual(result);
    });
  });

  it('points at places that exist, or lack what is required', () => {
    property((check, value) => {
      const result = check(value);
      if (result.ok) return;
      for (const { path, code } of result.findings) expect(exists(value, path)).toBe(code !== 'required');
    });
  });

  it('gives every call defaults of its own', () => {
    const fields: Field[] = [{ name: 'tags', optional: false, default: ['a'], type: { kind: 'json' } }];
    const check = compileFields(fields, [], direction);
    const [first, second] = [check({}), check({})];
    if (first.ok) ((first.value as { tags: string[] }).tags as string[]).push('b');
    expect(second).toStrictEqual({ ok: true, value: { tags: ['a'] } });
    expect(check({})).toStrictEqual({ ok: true, value: { tags: ['a'] } });
  });
});

describe('a check', () => {
  const fields: Field[] = [
    { name: 'id', optional: false, type: { kind: 'int' } },
    { name: 'name', optional: true, type: { kind: 'string' } },
  ];

  it('gives back the very object when nothing changes', () => {
    const value = { id: 1, name: 'Ada' };
    const result = compileFields(fields, [], 'input')(value);
    expect(result.ok && result.value).toBe(value);
  });

  it('takes what a prototype has for absent, and an undefined value too', () => {
    const inherits = Object.create({ toString: 'x' }) as object;
    const check = compileFields(
      [{ name: 'toString', optional: false, type: { kind: 'string' } }],
      [],
      'input',
    );
    expect(check(inherits)).toMatchObject({ ok: false, findings: [{ path: '/toString', code: 'required' }] });
    expect(compileFields(fields, [], 'input')({ id: 1, name: undefined, extra: undefined })).toStrictEqual({
      ok: true,
      value: { id: 1 },
    });
    expect(compileFields(fields, [], 'input')({ id: undefined })).toMatchObject({ ok: false });
  });

  it('lets no object of a class out as it is', () => {
    class Row {
      id = 1;
      password = 'x';
      get name() {
        return 'Ada';
      }
      toJSON() {
        return { everything: true };
      }
    }
    expect(compileFields(fields, [], 'output')(new Row())).toStrictEqual({
      ok: true,
      value: { id: 1, name: 'Ada' },
    });
    expect(compileCheck({ kind: 'json' }, [], 'output')(new Row()).ok).toBe(false);
    expect(compileCheck({ kind: 'json' }, [], 'output')({ at: new Date(0) })).toMatchObject({
      findings: [{ path: '/at', code: 'type' }],
    });
    expect(compileCheck({ kind: 'json' }, [], 'output')({ a: undefined, b: 1 })).toStrictEqual({
      ok: true,
      value: { b: 1 },
    });
  });

  it('refuses an object of a class where its keys are free', () => {
    for (const value of [
      new Map([['a', 1]]),
      new Date(0),
      Object.create({ a: 1 }),
      Object.create(Object.create(null)),
    ]) {
      for (const type of [{ kind: 'map', values: { kind: 'int' } }, { kind: 'json' }] as const) {
        expect(compileCheck(type, [], 'output')(value)).toMatchObject({
          findings: [{ path: '', code: 'type' }],
        });
      }
    }
  });

  it('takes objects of another realm as its own', () => {
    const foreign = runInNewContext('({ a: { b: [1] } })') as object;
    for (const type of [{ kind: 'map', values: { kind: 'json' } }, { kind: 'json' }] as const) {
      expect(compileCheck(type, [], 'output')(foreign)).toEqual({ ok: true, value: { a: { b: [1] } } });
    }
    expect(compileFields(fields, [], 'output')(runInNewContext('({ id: 1, extra: 2 })'))).toEqual({
      ok: true,
      value: { id: 1 },
    });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1n, Symbol('s'), () => 1])(
    'refuses %s everywhere',
    (value) => {
      for (const kind of ['json', 'float', 'int', 'bool', 'null'] as const) {
        expect(compileCheck({ kind }, [], 'output')(value)).toMatchObject({
          findings: [{ path: '', code: 'type' }],
        });
      }
      expect(compileCheck({ kind: 'json' }, [], 'output')([value, undefined])).toMatchObject({
        findings: [{ path: '/0' }, { path: '/1' }],
      });
    },
  );

  it('takes a function that returns nothing as one that returns null', () => {
    expect(compileCheck({ kind: 'null' }, [], 'output')(undefined)).toStrictEqual({ ok: true, value: null });
    expect(compileCheck({ kind: 'int' }, [], 'output')(undefined).ok).toBe(false);
  });

  it('ends on an object that holds itself', () => {
    const tree: { children: unknown[] } = { children: [] };
    tree.children.push(tree, tree);
    const result = compileCheck({ kind: 'ref', name: 'Tree' }, namedTypes, 'output')(tree);
    expect(result.ok ? [] : result.findings).toHaveLength(256);
    const loop: unknown[] = [];
    loop.push(loop);
    expect(compileCheck({ kind: 'json' }, [], 'output')(loop)).toMatchObject({
      findings: [{ code: 'depth' }],
    });
  });

  it('keeps one compiled check a named type, for lists and maps of types alike', () => {
    const types = new Map(namedTypes.map((decl) => [decl.name, decl]));
    for (const named of [types, namedTypes]) {
      const check = compileCheck({ kind: 'ref', name: 'Dot' }, named, 'input');
      expect(check({ kind: 'dot' }).ok).toBe(true);
      expect(compileCheck({ kind: 'ref', name: 'Dot' }, named, 'output')({ kind: 'dot', x: 1 }).ok).toBe(
        true,
      );
    }
  });
});

describe('compiling', () => {
  const struct = (name: string, ...structFields: Field[]): TypeDecl => ({
    name,
    type: { kind: 'struct', fields: structFields },
  });
  const tag = (values: string[]): Field => ({
    name: 'kind',
    optional: false,
    type: { kind: 'enum', values },
  });
  const union = (arms: Type[], tagName?: string): Type => ({
    kind: 'union',
    arms,
    ...(tagName ? { tag: tagName } : {}),
  });
  const ref = (name: string): Type => ({ kind: 'ref', name });

  it.each<[string, Type, TypeDecl[]]>([
    ['there is no type Gone', ref('Gone'), []],
    ['two arms of a union are string', union([{ kind: 'string' }, { kind: 'date' }]), []],
    [
      'two arms of a union are object',
      union([{ kind: 'map', values: { kind: 'int' } }, ref('A')]),
      [struct('A')],
    ],
    ['json cannot be an arm', union([{ kind: 'json' }]), []],
    ['nullable cannot be an arm', union([{ kind: 'nullable', of: { kind: 'int' } }]), []],
    ['an arm of a union has no kind', union([ref('A')], 'kind'), [struct('A')]],
    ['an arm of a union has no kind', union([ref('A')], 'kind'), [struct('A', tag(['a', 'b']))]],
    ['an arm of a union has no kind', union([{ kind: 'int' }], 'kind'), []],
    ['not I-Regexp', { kind: 'string', pattern: '\\d' }, []],
  ])('throws: %s', (message, type, types) => {
    expect(() => compileCheck(type, types, 'input')).toThrow(message);
  });

  it('throws on a default that its field refuses', () => {
    const fields: Field[] = [{ name: 'page', optional: false, default: 0, type: { kind: 'int', min: 1 } }];
    expect(() => compileFields(fields, [], 'input')).toThrow('the default of page: it must be at least 1');
  });

  it('throws on a default that never ends', () => {
    const fields: Field[] = [
      { name: 'next', optional: false, default: {}, type: ref('Chain') },
      { name: 'value', optional: false, default: 1, type: { kind: 'int' } },
    ];
    expect(() => compileCheck(ref('Chain'), [struct('Chain', ...fields)], 'input')).toThrow(
      'the default of next needs itself',
    );
  });

  it('reads a tag through a named enum', () => {
    const types: TypeDecl[] = [
      { name: 'Kind', type: { kind: 'enum', values: ['a'] } },
      struct('A', { name: 'kind', optional: false, type: ref('Kind') }),
    ];
    expect(compileCheck(union([ref('A')], 'kind'), types, 'input')({ kind: 'a' }).ok).toBe(true);
  });
});

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value)) deepFreeze((value as Record<string, unknown>)[key]);
    Object.freeze(value);
  }
  return value;
}

function exists(value: unknown, path: string): boolean {
  let at = value;
  for (const segment of path.split('/').slice(1)) {
    const key = segment.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return false;
    at = (at as Record<string, unknown>)[key];
  }
  return true;
}
