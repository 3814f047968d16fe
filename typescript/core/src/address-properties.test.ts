import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ContextAddress, compileAddress } from './address.ts';
import { covers, encodeValue, formatAddress, splitAddress } from './address-text.ts';
import { cacheKeyLines, tag } from './cache-key.ts';
import type { Field, Json, Type } from './contract.ts';
import { coveringScopes } from './covering.ts';
import { isScope, normalizeScopes } from './invalidation.ts';
import { readAddress } from './read-address.ts';
import { trimScope } from './scope-text.ts';
import { findCorpus } from './testing/vectors.ts';

/** A type of parameter with values of it in canonical form. */
const scalar: fc.Arbitrary<{ type: Type; value: fc.Arbitrary<Json> }> = fc.oneof(
  fc.constant({ type: { kind: 'string' } as Type, value: fc.string({ unit: 'grapheme', maxLength: 12 }) }),
  fc.constant({ type: { kind: 'int' } as Type, value: fc.maxSafeInteger() }),
  fc.constant({ type: { kind: 'bigint' } as Type, value: fc.bigInt().map(String) }),
  fc.constant({ type: { kind: 'bool' } as Type, value: fc.boolean() }),
  fc.constant({
    type: { kind: 'date' } as Type,
    value: fc
      .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
  }),
  fc.constant({
    type: { kind: 'datetime' } as Type,
    value: fc
      .date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true })
      .map((date) => date.toISOString().replace(/\.?0*Z$/, 'Z')),
  }),
  fc.constant({ type: { kind: 'uuid' } as Type, value: fc.uuid() }),
  fc
    .uniqueArray(fc.string({ unit: 'grapheme', maxLength: 5 }), { minLength: 1, maxLength: 4 })
    .map((values) => ({ type: { kind: 'enum', values } as Type, value: fc.constantFrom(...values) })),
);

const name = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,5}$/);

/** A context, its address, and values of one instance: undefined where a parameter is left out. */
const instances = fc
  .tuple(name, fc.uniqueArray(name, { maxLength: 5 }))
  .chain(([context, keys]) =>
    fc.tuple(
      fc.constant(context),
      fc.tuple(...keys.map((key) => fc.tuple(fc.constant(key), scalar, fc.nat(3), fc.nat(3)))),
    ),
  )
  .chain(([context, drawn]) => {
    const values: Record<string, fc.Arbitrary<Json | undefined>> = {};
    const params = drawn.map(([key, { type, value }, form, absent]): Field => {
      const nullable = form >= 2;
      const optional = form % 2 === 1;
      const empty = nullable ? fc.constant(null) : fc.constant(undefined);
      values[key] = (nullable || optional) && absent === 0 ? empty : value;
      return { name: key, type: nullable ? { kind: 'nullable', of: type } : type, optional };
    });
    const address = compileAddress({ name: context, params }, []);
    return fc.tuple(fc.constant(address), fc.record(values));
  });

const queryOf = (address: string) => address.split('?').slice(1).join('?');
const given = (values: object) =>
  Object.fromEntries(Object.entries(values).filter(([, one]) => one !== undefined));

describe('instances', () => {
  it('come back from their address as they were', () => {
    fc.assert(
      fc.property(instances, ([context, values]) => {
        const made = context.instance(given(values));
        if (!made.ok) throw new Error(JSON.stringify(made.findings));
        expect(isScope(made.address)).toBe(true);
        expect(context.parse(queryOf(made.address))).toEqual(made);
        expect(context.instance(made.values)).toEqual(made);
        expect(readAddress(made.address, new Map([[context.context, context]]))).toMatchObject({
          address: made.address,
          values: made.values,
        });
        const texts = Object.fromEntries(
          Object.entries(made.values).map(([key, value]) => [key, value as string | null]),
        );
        expect(formatAddress(context.context, texts)).toBe(made.address);
      }),
      { numRuns: 500 },
    );
  });

  it('have one address in whatever order the pieces come', () => {
    fc.assert(
      fc.property(instances, fc.infiniteStream(fc.nat()), ([context, values], dice) => {
        const made = context.instance(given(values));
        if (!made.ok) return;
        const pieces = queryOf(made.address)
          .split('&')
          .map((piece) => ({ piece, rank: dice.next().value as number }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ piece }) => piece);
        expect(context.parse(pieces.join('&'))).toEqual(made);
      }),
    );
  });
});

describe('reading a query', () => {
  const context = compileAddress(
    {
      name: 'c',
      params: [
        { name: 'a', type: { kind: 'string' }, optional: true },
        { name: 'n', type: { kind: 'int' }, optional: true, default: 1 },
        { name: 'at', type: { kind: 'datetime' }, optional: true },
        { name: 'e', type: { kind: 'enum', values: ['x', 'é'] }, optional: true },
      ],
    },
    [],
  );
  const shred = fc.constantFrom(
    ...['a', 'n', 'at', 'e', '=', '&', '$min', '*', '%', '%2F', '%2f', '+', '%ED%A0%80', '%C3%A9', '%00'],
    ...['1', '-0', '05', 'x', '/', '?', '#', ';', '__proto__', 'constructor', '\u0000', '\ud800', '.', 'k.1'],
  );
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(shred, { maxLength: 12 }).map((all) => all.join('')),
  );

  it('never throws, and what it takes is canonical', () => {
    fc.assert(
      fc.property(hostile, (query) => {
        const read = context.parse(query);
        if (!read.ok) {
          expect(read.findings.length).toBeGreaterThan(0);
          return;
        }
        expect(isScope(read.address)).toBe(true);
        const { min: _, ...plain } = read;
        expect(context.parse(queryOf(read.address))).toEqual(plain);
        expect(context.instance(read.values)).toEqual(plain);
      }),
      { numRuns: 5000 },
    );
    expect(Object.prototype).not.toHaveProperty('a');
  });

  it('takes no two spellings of a value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.nat(), (text, at) => {
        const canonical = encodeValue(text);
        const units = Array.from(canonical);
        const spelled = units.with(at % units.length, respell(units[at % units.length]));
        const read = context.parse(`a=${spelled.join('')}`);
        expect(read.ok && spelled.join('') !== canonical ? read.values.a : undefined).not.toBe(text);
      }),
      { numRuns: 2000 },
    );
  });
});

/** Another way to write one character of a canonical text. */
function respell(unit = ''): string {
  if (unit === '%') return '%25';
  if (/[A-F]/.test(unit)) return unit.toLowerCase();
  return `%${unit.charCodeAt(0).toString(16).toUpperCase()}`;
}

describe('adversarial pairs', () => {
  const one = (params: string[]): ContextAddress =>
    compileAddress(
      { name: 'c', params: params.map((key) => ({ name: key, type: { kind: 'string' }, optional: true })) },
      [],
    );
  const contexts = [one(['a', 'b']), one(['a', 'ab', 'b'])];
  const bit = fc.constantFrom(
    ...[
      'a',
      'b',
      '=',
      '&',
      '?',
      '%',
      '%3D',
      '%26',
      '%2F',
      '%2f',
      '/',
      '+',
      ' ',
      '%20',
      '\n',
      '\r\n',
      '\u0000',
    ],
    ...['é', 'e\u0301', '\ufeff', '😀', '\ufffd', '.', '@', '"', ',', '0', '00', 'null', 'true', ''],
  );
  const text = fc.array(bit, { maxLength: 5 }).map((bits) => bits.join(''));
  const values = fc.record({ a: text, ab: text, b: text }, { requiredKeys: [] });

  it('never share an address, a key or a tag: 10,000 of them', () => {
    const seen = new Map<string, string>();
    fc.assert(
      fc.property(fc.nat(1), values, (which, { ab, ...rest }) => {
        const context = contexts[which] as ContextAddress;
        const full = which === 1 && ab !== undefined ? { ...rest, ab } : rest;
        const made = context.instance(full);
        if (!made.ok) throw new Error('refused');
        const meaning = JSON.stringify(Object.entries(full).sort());
        const lines = cacheKeyLines(made.address, {
          rev: 0,
          part: '0',
          identity: { id: full.a ?? '-', staff: false, superuser: false },
        });
        expect(lines.split('\n')).toHaveLength(7);
        for (const key of [made.address, tag(made.address), JSON.stringify(lines)]) {
          expect(seen.get(key) ?? meaning).toBe(meaning);
          seen.set(key, meaning);
        }
      }),
      { numRuns: 10_000 },
    );
  });
});

describe('naughty strings', () => {
  const folder = findCorpus('naughty-strings');
  it.skipIf(folder === undefined)('come back from an address', () => {
    const all: string[] = JSON.parse(readFileSync(join(folder as string, 'blns.json'), 'utf8'));
    const context = compileAddress(
      { name: 'c', params: [{ name: 'a', type: { kind: 'string' }, optional: false }] },
      [],
    );
    expect(all.length).toBeGreaterThan(500);
    for (const a of all) {
      const made = context.instance({ a });
      if (!made.ok) {
        expect(encodeValue(a).length).toBeGreaterThan(1000);
        continue;
      }
      expect(made.address).toMatch(/^c\?a=[A-Za-z0-9\-._~%]*$/);
      expect(context.parse(queryOf(made.address))).toEqual({
        ok: true,
        address: made.address,
        values: { a },
      });
    }
  });
});

describe('covering', () => {
  const piece = fc.tuple(
    fc.constantFrom('a', 'aa', 'b', 'c', 'd'),
    fc.constantFrom('', '1', '11', '2', '%26'),
  );
  const address = fc
    .tuple(
      fc.constantFrom('t', 'tt'),
      fc.constantFrom('', '/m', '/n'),
      fc.uniqueArray(piece, { selector: ([key]) => key, maxLength: 5 }),
    )
    .map(([context, member, pieces]) => {
      const query = pieces
        .map(([key, value]) => `${key}=${value}`)
        .sort((x, y) => ((x.split('=')[0] as string) < (y.split('=')[0] as string) ? -1 : 1));
      return `${context}${member}${query.length > 0 ? '?' : ''}${query.join('&')}`;
    });

  /** ADR-12, word by word. */
  function coversByDefinition(scope: string, instance: string): boolean {
    const a = splitAddress(scope);
    const b = splitAddress(instance);
    if (a.context !== b.context) return false;
    if (a.member !== undefined && b.member !== undefined && a.member !== b.member) return false;
    return a.params.every(([key, value]) => b.params.some(([other, own]) => other === key && own === value));
  }

  it('is what the definition says', () => {
    fc.assert(
      fc.property(address, address, (scope, instance) => {
        expect(covers(scope, instance)).toBe(coversByDefinition(scope, instance));
      }),
      { numRuns: 5000 },
    );
  });

  it('is exactly by the scopes that are looked up', () => {
    fc.assert(
      fc.property(address, address, (scope, instance) => {
        if (scope.includes('/')) return;
        expect(coveringScopes(instance).includes(scope)).toBe(covers(scope, instance));
      }),
      { numRuns: 5000 },
    );
  });

  it('does not change when a list is brought into its form', () => {
    fc.assert(
      fc.property(fc.array(address, { maxLength: 8 }), address, (scopes, instance) => {
        const list = normalizeScopes(scopes);
        expect(list.some((scope) => covers(scope, instance))).toBe(
          scopes.some((scope) => covers(scope, instance)),
        );
        expect(normalizeScopes(list)).toEqual(list);
        expect(new Set(list).size).toBe(list.length);
      }),
      { numRuns: 5000 },
    );
  });

  it('only grows when a scope is trimmed', () => {
    const long = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 0, max: 900 }));
    fc.assert(
      fc.property(fc.uniqueArray(long, { selector: ([key]) => key, maxLength: 4 }), (pieces) => {
        const query = pieces.sort().map(([key, length]) => `${key}=${'x'.repeat(length)}`);
        const scope = query.length > 0 ? `t?${query.join('&')}` : 't';
        const trimmed = trimScope(scope);
        expect(trimmed.length).toBeLessThanOrEqual(1024);
        expect(covers(trimmed, scope)).toBe(true);
        if (scope.length <= 1024) expect(trimmed).toBe(scope);
      }),
    );
  });
});
