import type { Node } from '@bgotink/kdl';
import { childrenOf, type Fixture, type FixtureField, fieldsOf, typeOf } from '../contract.ts';
import type { Random } from './random.ts';

const texts = [
  '',
  'a',
  'Ada',
  'né',
  '😀',
  'a b',
  '0',
  'null',
  '__proto__',
  '%2F',
  'A\u0301',
  '\u2028',
  '"\\',
  'x'.repeat(40),
  '<script>',
  'constructor',
  '\u0000',
  'a\nb',
  '\u007f\u0085',
  '\uffff',
  '👩‍👩‍👧‍👦',
  '😀😀😀',
  'ß',
  'İ',
  'AB12',
  'USD',
  'EUR',
];
const ints = [0, 1, 2, 3, 5, 7, 10, 50, -1, 100, 9007199254740991, -9007199254740991];
const scalars: Record<string, readonly unknown[]> = {
  bigint: ['0', '-1', '9007199254740993', '123456789012345678901234567890'],
  decimal: ['0', '1.50', '-0.001', '12345678901234567890.12', '0.00', '9'.repeat(40), '-0.10'],
  float: [0, 0.5, -1.25, 1e21, 5e-324, 1, 1.5, 0.1, 1e-7, 123456789.12345678, 2 ** 53, Number.MAX_VALUE],
  bool: [true, false],
  null: [null],
  datetime: [
    '2026-02-28T23:30:00Z',
    '2026-03-01T01:30:00.500+02:00',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999999Z',
    '2024-02-29T12:00:00-11:30',
    '1969-12-31T23:59:59.000001Z',
    '1900-01-01T00:00:00+14:00',
  ],
  date: ['2024-02-29', '0001-01-01', '9999-12-31'],
  time: ['00:00:00', '23:59:59.999999', '09:30:00.5'],
  duration: [
    'PT0S',
    'P1D',
    '-PT1M',
    'PT1H30M0.5S',
    'P400DT23H',
    'PT0.000001S',
    '-P1DT0.5S',
    'P999999999D',
    'PT90M',
  ],
  uuid: ['0b8f7d3e-5a60-4a3e-9d3c-0e7f2a9c1b2d', '0B8F7D3E-5A60-4A3E-9D3C-0E7F2A9C1B2D'],
  bytes: ['', 'AA==', 'AAEC/w=='],
  json: [
    null,
    1,
    'x',
    [1, [2]],
    { a: { b: null } },
    0.1,
    1e21,
    1e-7,
    2 ** 53,
    { '': 1, b: 2, a: 3 },
    { constructor: 1 },
  ],
};
/** Values that some type or other refuses. */
const odd: readonly unknown[] = [
  null,
  true,
  1.5,
  -0.1,
  'x',
  '',
  [],
  {},
  [null],
  { a: 1 },
  9007199254740992,
  1e300,
  '1',
  'True',
  '2026-02-30',
  '2026-02-28T23:30:00',
  '24:00:00',
  'P1Y',
  '\ud800',
  '-0',
  '-0.00',
  '-PT0S',
  'P0D',
  'PT0.0S',
  'PT0.0000001S',
  'P1000000000D',
  'PT24H',
  '2026-02-28T23:30:00.0000001Z',
  '9999-12-31T23:59:59-00:01',
  '2026-02-28T24:00:00Z',
  '2026-02-28 23:30:00Z',
  '2026-02-28T23:30:00+0000',
  '2026-02-28T23:30Z',
  '01',
  '1e5',
  'AAE',
  'AB==',
  '2026-12-31T23:59:60Z',
  '0001-01-01T00:00:00+01:00',
  '2026-02-28t23:30:00z',
  '٣',
  '1_000',
  ' 5',
  '5 ',
  '+5',
  'Infinity',
  'NaN',
  '１',
  'PT',
  'P',
  'P1W',
  'PT1.5H',
  '12:00',
  '12:00:00Z',
  '{0b8f7d3e-5a60-4a3e-9d3c-0e7f2a9c1b2d}',
  'urn:uuid:0b8f7d3e-5a60-4a3e-9d3c-0e7f2a9c1b2d',
  '0b8f7d3e5a604a3e9d3c0e7f2a9c1b2d',
  'AA',
  'AA=',
  'AA==\n',
  'A_-=',
  '2026-2-28',
  '20260228',
  '2026-W01-1',
  '1.',
  '.5',
  '00.5',
  '1,5',
];

/** A value of a type, seldom a wrong one. */
export function makeValue(type: Node, fixture: Fixture, random: Random, broken: number, depth = 0): unknown {
  if (random.chance(broken)) return random.pick(odd);
  const again = (inner: Node): unknown => makeValue(inner, fixture, random, broken, depth + 1);
  const count = depth > 3 ? 0 : random.below(4);
  switch (type.getName()) {
    case 'string':
      return random.pick(texts);
    case 'int':
      return random.pick(ints);
    case 'enum':
      return random.pick(type.getArguments() as unknown[]);
    case 'list':
      return Array.from({ length: count }, () => again(typeOf(type)));
    case 'map':
      return Object.fromEntries(
        Array.from({ length: count }, () => [random.pick(texts), again(typeOf(type))]),
      );
    case 'nullable':
      return random.chance(0.3) ? null : again(typeOf(type));
    case 'union':
      return again(random.pick(childrenOf(type)));
    case 'struct':
      return makeObject(fieldsOf(type, 'field'), fixture, random, broken, depth);
    case 'ref':
      return again(fixture.types.get(String(type.getArgument(0))) as Node);
    default:
      return random.pick(scalars[type.getName()] ?? [null]);
  }
}

/** An object of fields: defaults and optional ones often absent, seldom one missing or one too many. */
export function makeObject(
  fields: Map<string, FixtureField>,
  fixture: Fixture,
  random: Random,
  broken: number,
  depth = 0,
): Record<string, unknown> {
  const entries: [string, unknown][] = [];
  for (const [name, field] of fields) {
    const free = field.optional || field.hasDefault;
    if (free ? random.chance(0.4) : random.chance(broken)) continue;
    entries.push([name, makeValue(field.type, fixture, random, broken, depth + 1)]);
  }
  if (random.chance(broken))
    entries.push([random.pick(['extra', 'Extra', '__proto__', '1', 'constructor', 'user_id']), 1]);
  if (random.chance(0.3)) entries.reverse();
  return Object.fromEntries(entries);
}
