import fc from 'fast-check';
import type { Field, Type, TypeDecl } from '../contract.ts';

const leaf: fc.Arbitrary<Type> = fc.oneof(
  fc.constantFrom<Type>(
    { kind: 'string' },
    { kind: 'string', minLength: 2, maxLength: 5 },
    { kind: 'string', pattern: '[a-z]*' },
    { kind: 'int' },
    { kind: 'int', min: 0, max: 10, multipleOf: 2 },
    { kind: 'bigint' },
    { kind: 'bigint', min: '-5', max: '100' },
    { kind: 'decimal' },
    { kind: 'decimal', min: '-1', multipleOf: '0.05' },
    { kind: 'float' },
    { kind: 'bool' },
    { kind: 'null' },
    { kind: 'datetime' },
    { kind: 'date' },
    { kind: 'time' },
    { kind: 'duration' },
    { kind: 'uuid' },
    { kind: 'bytes' },
    { kind: 'json' },
    { kind: 'enum', values: ['a', 'b'] },
    { kind: 'ref', name: 'Tree' },
    { kind: 'ref', name: 'Shape' },
  ),
);

/** Types of every kind that JSON has values of; named ones are in `namedTypes`. */
export const arbitraryType: fc.Arbitrary<Type> = fc.letrec<{ type: Type }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'type' },
    leaf,
    fc.record({ kind: fc.constant('list' as const), items: tie('type') }),
    fc.record({ kind: fc.constant('list' as const), items: tie('type'), minItems: fc.nat(2) }),
    fc.record({ kind: fc.constant('map' as const), values: tie('type'), maxItems: fc.nat(3) }),
    fc.record({ kind: fc.constant('nullable' as const), of: tie('type') }),
    fc.constant<Type>({
      kind: 'union',
      arms: [{ kind: 'int' }, { kind: 'time' }, { kind: 'list', items: { kind: 'json' } }],
    }),
  ),
})).type;

const field = (name: string, type: Type, more: Partial<Field> = {}): Field => ({
  name,
  type,
  optional: false,
  ...more,
});

/** The named types that `arbitraryType` refers to. */
export const namedTypes: TypeDecl[] = [
  {
    name: 'Tree',
    type: {
      kind: 'struct',
      fields: [
        field('value', { kind: 'int' }, { optional: true }),
        field('toString', { kind: 'string' }, { default: 'x' }),
        field('children', { kind: 'list', items: { kind: 'ref', name: 'Tree' } }, { default: [] }),
      ],
    },
  },
  { name: 'Dot', type: { kind: 'struct', fields: [field('kind', { kind: 'enum', values: ['dot'] })] } },
  {
    name: 'Line',
    type: {
      kind: 'struct',
      fields: [field('kind', { kind: 'enum', values: ['line'] }), field('length', { kind: 'float' })],
    },
  },
  {
    name: 'Shape',
    type: {
      kind: 'union',
      tag: 'kind',
      arms: [
        { kind: 'ref', name: 'Dot' },
        { kind: 'ref', name: 'Line' },
      ],
    },
  },
];

const arbitraryKey = fc.oneof(
  fc.constantFrom(
    'value',
    'children',
    'kind',
    'length',
    'toString',
    '__proto__',
    'constructor',
    'prototype',
    '',
    'a/b',
  ),
  fc.string({ maxLength: 3 }),
);

/** JSON values, among them such as the types above take and keys that mean harm. */
export const arbitraryJson: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'value' },
    fc.constantFrom<unknown>(
      null,
      true,
      false,
      0,
      -0,
      1,
      2,
      -3,
      1.5,
      1e21,
      2 ** 53,
      'a',
      'b',
      '',
      '-0',
      '12',
    ),
    fc.constantFrom<unknown>(
      '1.50',
      '12:30',
      '2026-01-31',
      '2026-01-31T12:00:00+01:00',
      'PT90M',
      'AA==',
      '\ud800',
    ),
    fc.string({ unit: 'binary' }),
    fc.uuid().map((text) => text.toUpperCase()),
    fc.double(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(arbitraryKey, tie('value'), { maxKeys: 4 }).map(ownKeys),
    fc.constantFrom<unknown>({ kind: 'dot' }, { kind: 'line', length: 1 }, { children: [{}, { value: 1 }] }),
  ),
})).value;

/** As JSON.parse makes it: every key its own, `__proto__` included. */
function ownKeys(value: Record<string, unknown>): unknown {
  const copy = {};
  for (const [key, item] of Object.entries(value)) {
    Object.defineProperty(copy, key, { value: item, enumerable: true, configurable: true, writable: true });
  }
  return copy;
}
