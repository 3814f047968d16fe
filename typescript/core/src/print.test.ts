import { describe, expect, it } from 'vitest';
import { compareText } from './compare-text.ts';
import type { Contract } from './contract.ts';
import { contractHash, contractId } from './hash.ts';
import { contextPart, printContextPart, printContract, reachableTypes, visibleContract } from './index.ts';
import { completeContract } from './testing/complete-contract.ts';
import { readVectors } from './testing/vectors.ts';

interface Canonical {
  id: string;
  contract: Contract;
  text: string[];
  /** As clients see it, without documentation; left out where that is the same. */
  visible?: string[];
  hash: string;
  parts?: Record<string, string[]>;
}

const cases = readVectors<Canonical>('contract/canonical');
const joined = (lines: string[]) => `${lines.join('\n')}\n`;

/** The same contract with every list the other way round. */
function reversed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(reversed).reverse() as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === 'default' ? inner : reversed(inner)]),
  ) as T;
}

describe('the canonical text of a contract', () => {
  it.each(cases)('$id', ({ contract, text, visible }) => {
    expect(printContract(contract)).toBe(joined(text));
    expect(printContract(contract, { private: false, docs: false })).toBe(joined(visible ?? text));
  });

  it.each(cases)('$id, whatever the order of its lists', ({ contract, text }) => {
    expect(printContract(reversed(contract))).toBe(joined(text));
  });

  it.each(cases)('$id has its hash', ({ contract, hash }) => {
    expect(contractHash(contract)).toBe(hash);
    expect(contractId(contract)).toBe(hash.slice(0, 16));
  });

  it.each(cases.filter((one) => one.parts))('$id has its parts', ({ contract, parts }) => {
    for (const [context, text] of Object.entries(parts ?? {})) {
      expect(printContextPart(contract, context)).toBe(joined(text));
    }
  });

  it('does not change what it is given', () => {
    const contract = structuredClone(cases.find(({ id }) => id === 'function-most')?.contract as Contract);
    const before = structuredClone(contract);
    printContract(contract);
    printContract(contract, { private: false, docs: false });
    expect(contract).toEqual(before);
  });

  it('refuses what no document can hold', () => {
    const doc = (text: string) => completeContract({ functions: [{ name: 'act', doc: text }] });
    expect(() => printContract(doc('\ud800'))).toThrow(RangeError);
    expect(() => printContract(doc('\udc00\ud800'))).toThrow(RangeError);
    expect(printContract(doc('\ud83d\ude00'))).toContain('doc "\ud83d\ude00"');
    const float = (value: number) =>
      completeContract({
        functions: [{ name: 'act', input: [{ name: 'x', type: { kind: 'float' }, default: value }] }],
      });
    expect(() => printContract(float(Number.NaN))).toThrow(RangeError);
    expect(() => printContract(float(Number.POSITIVE_INFINITY))).toThrow(RangeError);
    expect(printContract(float(-0))).toContain('default 0\n');
  });

  it('keeps a key named __proto__ in a default', () => {
    const value = JSON.parse('{"__proto__": 1}');
    const contract = completeContract({
      functions: [{ name: 'act', input: [{ name: 'x', type: { kind: 'json' }, default: value }] }],
    });
    expect(printContract(contract)).toContain('entry "__proto__" 1\n');
  });
});

describe('the hash', () => {
  const base = { functions: [{ name: 'act', input: [{ name: 'x', type: { kind: 'int' as const } }] }] };
  const hash = contractHash(completeContract(base));

  it('passes over documentation, deprecation and private functions', () => {
    const act = base.functions[0] as (typeof base.functions)[0];
    const job = { name: 'job', private: true, output: { kind: 'ref' as const, name: 'Job' } };
    const same = [
      { functions: [{ ...act, doc: 'Acts.', deprecated: '' }] },
      { functions: [{ ...act, input: [{ name: 'x', type: { kind: 'int' as const }, doc: 'X.' }] }] },
      { functions: [act, job], types: [{ name: 'Job', type: { kind: 'struct' as const, fields: [] } }] },
    ];
    for (const one of same) expect(contractHash(completeContract(one))).toBe(hash);
  });

  it('sees all else', () => {
    const act = base.functions[0] as (typeof base.functions)[0];
    const others = [
      { functions: [{ ...act, websocket: true }] },
      { functions: [act, { name: 'more' }] },
      { functions: [{ ...act, input: [] }] },
    ];
    for (const one of others) expect(contractHash(completeContract(one))).not.toBe(hash);
  });
});

describe('the visible contract', () => {
  const circle = completeContract({
    functions: [{ name: 'act', output: { kind: 'ref', name: 'A' } }],
    types: [
      {
        name: 'A',
        type: {
          kind: 'struct',
          fields: [{ name: 'b', type: { kind: 'list', items: { kind: 'ref', name: 'B' } } }],
        },
      },
      {
        name: 'B',
        type: { kind: 'union', arms: [{ kind: 'map', values: { kind: 'ref', name: 'A' } }, { kind: 'int' }] },
      },
      { name: 'C', type: { kind: 'enum', values: ['c'] } },
    ],
  });

  it('holds what is reached, through any number of names', () => {
    expect(visibleContract(circle).types.map(({ name }) => name)).toEqual(['A', 'B']);
    expect([...reachableTypes(circle, [{ kind: 'nullable', of: { kind: 'ref', name: 'B' } }])]).toEqual([
      'B',
      'A',
    ]);
    expect([...reachableTypes(circle, [{ kind: 'ref', name: 'Unknown' }])]).toEqual([]);
  });

  it('cuts down to one context and what shapes its answers', () => {
    const contract = completeContract({
      contexts: [{ name: 'user' }, { name: 'team' }],
      errors: [{ name: 'Gone' }, { name: 'Other' }],
      functions: [
        { name: 'profile', context: 'user', errors: ['Gone'] },
        { name: 'members', context: 'team', errors: ['Other'] },
        { name: 'rename', affects: [{ context: 'user', params: [] }] },
      ],
    });
    const part = contextPart(contract, 'user');
    expect(part.contexts.map(({ name }) => name)).toEqual(['user']);
    expect(part.functions.map(({ name }) => name)).toEqual(['profile']);
    expect(part.errors.map(({ name }) => name)).toEqual(['Gone']);
  });
});

describe('the order of texts', () => {
  it('is that of code points, not of UTF-16 units', () => {
    const texts = [
      '',
      'A',
      'a',
      'aa',
      'b',
      'ä',
      '\ud7ff',
      '\ue000',
      '\uffff',
      '\u{10000}',
      '\u{10001}',
      '\u{10ffff}',
    ];
    expect([...texts].reverse().sort(compareText)).toEqual(texts);
    expect(compareText('same', 'same')).toBe(0);
  });
});
