import type { StandardSchemaV1 } from '@standard-schema/spec';
import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { type } from 'arktype';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { client } from './index.ts';
import { harness } from './testing/harness.ts';

type Three = [zod: () => unknown, valibot: () => unknown, arktype: () => unknown];

const format = (name: string): Three => [
  () => z.string().meta({ format: name }),
  () => v.pipe(v.string(), v.metadata({ format: name })),
  () => type('string').configure({ format: name } as never),
];

/** The constructs that spec/ir/constructs.md promises, and the type that each stands for, as the contract prints it. */
const constructs: Record<string, { brands: Three; prints: string }> = {
  string: { brands: [() => z.string(), () => v.string(), () => type('string')], prints: 'string' },
  'string with lengths': {
    brands: [
      () => z.string().min(1).max(80),
      () => v.pipe(v.string(), v.minLength(1), v.maxLength(80)),
      () => type('1 <= string <= 80'),
    ],
    prints: 'string maxLength=80 minLength=1',
  },
  'string with a pattern': {
    brands: [
      () => z.string().regex(/^[a-z]+(-[a-z]+)*$/),
      () => v.pipe(v.string(), v.regex(/^[a-z]+(-[a-z]+)*$/)),
      () => type(/^[a-z]+(-[a-z]+)*$/),
    ],
    prints: 'string pattern="[a-z]+(-[a-z]+)*"',
  },
  'string with a pattern in shorthand': {
    brands: [
      () => z.string().regex(/^(?:\d{3})-\w+$/),
      () => v.pipe(v.string(), v.regex(/^(?:\d{3})-\w+$/)),
      () => type(/^(?:\d{3})-\w+$/),
    ],
    prints: 'string pattern="([0-9]{3})-[A-Za-z0-9_]+"',
  },
  'string with a format of its own': {
    brands: [() => z.email(), () => v.pipe(v.string(), v.email()), () => type('string.email')],
    prints: 'string',
  },
  int: {
    brands: [() => z.int(), () => v.pipe(v.number(), v.integer()), () => type('number.integer')],
    prints: 'int',
  },
  'int with bounds': {
    brands: [
      () => z.int().min(1).max(10),
      () => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10)),
      () => type('1 <= number.integer <= 10'),
    ],
    prints: 'int max=10 min=1',
  },
  'int with exclusive bounds': {
    brands: [
      () => z.int().gt(0).lt(10),
      () => v.pipe(v.number(), v.integer(), v.gtValue(0), v.ltValue(10)),
      () => type('0 < number.integer < 10'),
    ],
    prints: 'int max=9 min=1',
  },
  'int with multipleOf': {
    brands: [
      () => z.int().multipleOf(5),
      () => v.pipe(v.number(), v.integer(), v.multipleOf(5)),
      () => type('number.integer % 5'),
    ],
    prints: 'int multipleOf=5',
  },
  float: { brands: [() => z.number(), () => v.number(), () => type('number')], prints: 'float' },
  'float with bounds': {
    brands: [
      () => z.number().min(0.5).max(2),
      () => v.pipe(v.number(), v.minValue(0.5), v.maxValue(2)),
      () => type('0.5 <= number <= 2'),
    ],
    prints: 'float max=2 min=(float)"0.5"',
  },
  bool: { brands: [() => z.boolean(), () => v.boolean(), () => type('boolean')], prints: 'bool' },
  uuid: {
    brands: [() => z.uuid(), () => v.pipe(v.string(), v.uuid()), () => type('string.uuid')],
    prints: 'uuid',
  },
  'datetime by format': { brands: format('date-time'), prints: 'datetime' },
  'date by format': { brands: format('date'), prints: 'date' },
  'time by format': { brands: format('time'), prints: 'time' },
  'duration by format': { brands: format('duration'), prints: 'duration' },
  bigint: { brands: format('bigint'), prints: 'bigint' },
  decimal: { brands: format('decimal'), prints: 'decimal' },
  bytes: { brands: format('bytes'), prints: 'bytes' },
  datetime: {
    brands: [
      () => z.iso.datetime({ offset: true }),
      () => v.pipe(v.string(), v.isoTimestamp()),
      format('date-time')[2],
    ],
    prints: 'datetime',
  },
  date: {
    brands: [() => z.iso.date(), () => v.pipe(v.string(), v.isoDate()), format('date')[2]],
    prints: 'date',
  },
  'bytes as base64': {
    brands: [() => z.base64(), () => v.pipe(v.string(), v.base64()), format('bytes')[2]],
    prints: 'bytes',
  },
  json: {
    brands: [
      () => z.unknown().meta({ format: 'json' }),
      () => v.pipe(v.unknown(), v.metadata({ format: 'json' })),
      () => type('unknown').configure({ format: 'json' } as never),
    ],
    prints: 'json',
  },
  enum: {
    brands: [() => z.enum(['b', 'a', 'c']), () => v.picklist(['b', 'a', 'c']), () => type("'b' | 'a' | 'c'")],
    prints: 'enum "a" "b" "c"',
  },
  'a literal text': {
    brands: [() => z.literal('x'), () => v.literal('x'), () => type("'x'")],
    prints: 'enum "x"',
  },
  'a literal number': {
    brands: [() => z.literal(3), () => v.literal(3), () => type('3')],
    prints: 'int max=3 min=3',
  },
  nullable: {
    brands: [() => z.string().nullable(), () => v.nullable(v.string()), () => type('string | null')],
    prints: 'nullable {\n        string\n      }',
  },
  'a nullable enum': {
    brands: [
      () => z.enum(['a', 'b']).nullable(),
      () => v.nullable(v.picklist(['a', 'b'])),
      () => type("'a' | 'b' | null"),
    ],
    prints: 'nullable {\n        enum "a" "b"\n      }',
  },
  'a nullable bool': {
    brands: [() => z.boolean().nullable(), () => v.nullable(v.boolean()), () => type('boolean | null')],
    prints: 'nullable {\n        bool\n      }',
  },
  list: {
    brands: [
      () => z.array(z.int()),
      () => v.array(v.pipe(v.number(), v.integer())),
      () => type('number.integer[]'),
    ],
    prints: 'list {\n        int\n      }',
  },
  'list with bounds': {
    brands: [
      () => z.array(z.string()).min(1).max(3),
      () => v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(3)),
      () => type('1 <= string[] <= 3'),
    ],
    prints: 'list maxItems=3 minItems=1 {\n        string\n      }',
  },
  map: {
    brands: [
      () => z.record(z.string(), z.number()),
      () => v.record(v.string(), v.number()),
      () => type({ '[string]': 'number' }),
    ],
    prints: 'map {\n        float\n      }',
  },
  'a union of kinds': {
    brands: [
      () => z.union([z.string(), z.int(), z.array(z.boolean())]),
      () => v.union([v.string(), v.pipe(v.number(), v.integer()), v.array(v.boolean())]),
      () => type('string | number.integer | boolean[]'),
    ],
    prints: 'union tag=#null {',
  },
  'a nullable union': {
    brands: [
      () => z.union([z.string(), z.number(), z.null()]),
      () => v.union([v.string(), v.number(), v.null()]),
      () => type('string | number | null'),
    ],
    prints: 'nullable {\n        union tag=#null {',
  },
};

const Leaf = {
  zod: z.object({ name: z.string(), note: z.string().optional() }).meta({ title: 'Leaf' }),
  valibot: v.pipe(v.object({ name: v.string(), note: v.optional(v.string()) }), v.title('Leaf')),
  arktype: type({ name: 'string', 'note?': 'string' }).configure({ title: 'Leaf' } as never),
};

const shapes: Record<string, Three> = {
  'a struct with all presences': [
    () =>
      z.object({
        needed: z.string(),
        optional: z.string().optional(),
        nullable: z.string().nullable(),
        both: z.string().nullable().optional(),
      }),
    () =>
      v.object({
        needed: v.string(),
        optional: v.optional(v.string()),
        nullable: v.nullable(v.string()),
        both: v.nullish(v.string()),
      }),
    () =>
      type({
        needed: 'string',
        'optional?': 'string',
        nullable: 'string | null',
        'both?': 'string | null',
      }),
  ],
  'a strict struct': [
    () => z.strictObject({ a: z.int() }),
    () => v.strictObject({ a: v.pipe(v.number(), v.integer()) }),
    () => type({ '+': 'reject', a: 'number.integer' }),
  ],
  'nested structs without names': [
    () => z.object({ inner: z.object({ list: z.array(z.object({ a: z.string() })) }) }),
    () => v.object({ inner: v.object({ list: v.array(v.object({ a: v.string() })) }) }),
    () => type({ inner: { list: type({ a: 'string' }).array() } }),
  ],
  'structs with a title': [
    () => z.object({ one: Leaf.zod, many: z.array(Leaf.zod), maybe: Leaf.zod.nullable() }),
    () => v.object({ one: Leaf.valibot, many: v.array(Leaf.valibot), maybe: v.nullable(Leaf.valibot) }),
    () => type({ one: Leaf.arktype, many: Leaf.arktype.array(), maybe: Leaf.arktype.or('null') }),
  ],
  'a tagged union': [
    () =>
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('circle'), radius: z.number() }),
        z.object({ kind: z.literal('square'), side: z.int() }),
      ]),
    () =>
      v.variant('kind', [
        v.object({ kind: v.literal('circle'), radius: v.number() }),
        v.object({ kind: v.literal('square'), side: v.pipe(v.number(), v.integer()) }),
      ]),
    () => type({ kind: "'circle'", radius: 'number' }).or({ kind: "'square'", side: 'number.integer' }),
  ],
  'a struct that contains itself': [
    () => {
      const Tree: z.ZodType = z
        .object({
          label: z.string(),
          get children() {
            return z.array(Tree);
          },
        })
        .meta({ title: 'Tree' });
      return Tree;
    },
    () => {
      const Tree: v.GenericSchema = v.pipe(
        v.object({ label: v.string(), children: v.array(v.lazy(() => Tree)) }),
        v.title('Tree'),
      );
      return Tree;
    },
    () => type({ label: 'string', children: 'this[]' }).configure({ title: 'Tree' } as never),
  ],
  'documentation of fields and types': [
    () => z.object({ a: z.string().describe('The a.'), b: z.object({ c: z.int() }).describe('A b.') }),
    () =>
      v.object({
        a: v.pipe(v.string(), v.description('The a.')),
        b: v.pipe(v.object({ c: v.pipe(v.number(), v.integer()) }), v.description('A b.')),
      }),
    () => type({ a: type('string').describe('The a.'), b: type({ c: 'number.integer' }).describe('A b.') }),
  ],
};

function printed(schema: unknown, where: 'input' | 'output'): string {
  const given = schema as StandardSchemaV1;
  const standard =
    given['~standard'].vendor === 'valibot' ? toStandardJsonSchema(schema as v.GenericSchema) : given;
  const fn =
    where === 'input'
      ? client({ input: { value: standard } }, () => {})
      : client({ output: standard }, () => undefined as never);
  return harness({ fn }).mizan.export().contract;
}

describe.each(['input', 'output'] as const)('as %s, three brands give one contract for', (where) => {
  it.each(Object.entries(constructs))('%s', (_, { brands, prints }) => {
    const [zod, valibot, arktype] = brands.map((make) => printed(make(), where));
    expect(valibot).toBe(zod);
    expect(arktype).toBe(zod);
    const inside = where === 'input' ? prints.replaceAll('\n', '\n  ') : prints.replaceAll('\n', '\n');
    expect(zod?.replaceAll('\n  ', '\n')).toContain(inside.split('\n')[0]);
  });

  it.each(Object.entries(shapes))('%s', (_, brands) => {
    const [zod, valibot, arktype] = brands.map((make) => printed(make(), where));
    expect(valibot).toBe(zod);
    expect(arktype).toBe(zod);
  });
});

describe('two brands say of structs within structs', () => {
  const both = (zod: unknown, valibot: unknown) => {
    for (const where of ['input', 'output'] as const)
      expect(printed(valibot, where)).toBe(printed(zod, where));
  };

  it('their defaults, which are always there in output', () => {
    both(
      z.object({
        a: z.int().default(1),
        b: z.string().nullable().default(null),
        c: z.array(z.int()).default([1, 2]),
      }),
      v.object({
        a: v.optional(v.pipe(v.number(), v.integer()), 1),
        b: v.optional(v.nullable(v.string()), null),
        c: v.optional(v.array(v.pipe(v.number(), v.integer())), [1, 2]),
      }),
    );
    const contract = printed(z.object({ a: z.int().default(1) }), 'output');
    expect(contract).toContain('field "a" optional=#false {\n        default 1\n        int');
  });

  it('that they are empty', () => both(z.object({}), v.object({})));
});

describe('fields', () => {
  const contract = (input: Record<string, StandardSchemaV1>, defaults?: Record<string, unknown>) =>
    harness({ fn: client({ input, ...(defaults ? { defaults } : {}) }, () => {}) }).mizan.export().contract;
  const valibot = (schema: v.GenericSchema) => toStandardJsonSchema(schema) as StandardSchemaV1;

  it('are optional or have a default in each brand, and may be mixed', () => {
    const zod = contract({
      a: z.string().optional(),
      b: z.int().default(1),
      c: z.string().nullable().default(null),
    });
    expect(
      contract({
        a: valibot(v.optional(v.string())),
        b: valibot(v.optional(v.pipe(v.number(), v.integer()), 1)),
        c: valibot(v.optional(v.nullable(v.string()), null)),
      }),
    ).toBe(zod);
    expect(
      contract(
        {
          a: z.string().optional(),
          b: type('number.integer') as never,
          c: valibot(v.optional(v.nullable(v.string()), null)),
        },
        { b: 1 },
      ),
    ).toBe(zod);
    expect(zod).toContain('field "a" optional=#true {\n        string');
    expect(zod).toContain('field "b" optional=#false {\n        default 1\n        int');
  });

  it('and one object schema are the same input', () => {
    const whole = (input: StandardSchemaV1, defaults?: Record<string, unknown>) =>
      harness({
        fn: client({ input, ...(defaults ? { defaults: defaults as never } : {}) }, () => {}),
      }).mizan.export().contract;
    const fields = contract({ a: z.string().optional(), b: z.int().default(1) });
    expect(whole(z.object({ a: z.string().optional(), b: z.int().default(1) }))).toBe(fields);
    expect(
      whole(
        valibot(v.object({ a: v.optional(v.string()), b: v.optional(v.pipe(v.number(), v.integer()), 1) })),
      ),
    ).toBe(fields);
    expect(whole(type({ 'a?': 'string', b: 'number.integer = 1' }) as never, { b: 1 })).toBe(fields);
  });

  it('hand the handler what each brand makes of them', async () => {
    const { call } = harness({
      fn: client(
        {
          input: {
            a: z.string().default('z'),
            b: valibot(v.optional(v.string(), 'v')) as StandardSchemaV1<string>,
            c: type('number.integer') as unknown as StandardSchemaV1<number>,
            d: z.string().optional(),
          },
          defaults: { c: 7 },
          output: z.unknown().meta({ format: 'json' }),
        },
        (args) => args,
      ),
    });
    expect((await call('fn')).body.result).toEqual({ a: 'z', b: 'v', c: 7 });
    expect((await call('fn', { a: '1', b: '2', c: 3, d: '4' })).body.result).toEqual({
      a: '1',
      b: '2',
      c: 3,
      d: '4',
    });
  });

  it('let no undeclared key through, whatever the brand does', async () => {
    const shape = { a: 'string' } as const;
    const { call } = harness({
      ark: client(
        { input: { value: type(shape) as never }, output: z.unknown().meta({ format: 'json' }) },
        (args) => args,
      ),
    });
    for (const key of ['b', '__proto__', 'constructor'])
      expect((await call('ark', { value: JSON.parse(`{"a":"x","${key}":{}}`) })).body.error.details).toEqual([
        { path: `/value/${key}`, code: 'unknown', message: expect.any(String) },
      ]);
  });
});
