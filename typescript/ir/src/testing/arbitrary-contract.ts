import type {
  ContextDecl,
  Contract,
  ErrorDecl,
  Field,
  FunctionDecl,
  Json,
  ScopeParam,
  Type,
  TypeDecl,
} from '@mizan/core';
import fc from 'fast-check';

/** Texts that break software: controls, marks, quotes, all of Unicode, and the words of the document itself. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => !/\p{Surrogate}/u.test(text)),
  fc.string({
    unit: fc.constantFrom('"', '\\', '\n', '\r', '{', '}', '#', '/', '*', ';', '=', '(', ')', ' ', 'u', '0'),
    maxLength: 8,
  }),
  fc.string({
    unit: fc.constantFrom(
      '\u0000',
      '\u0085',
      '\u200e',
      '\u2028',
      '\u202e',
      '\u2067',
      '\ufeff',
      '\u{1f600}',
      '\u007f',
    ),
  }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    '#null',
    'null',
    '(float)"1"',
    '//',
    '/*',
    '/-',
    '"""',
    '#"',
    '\\u{0}',
  ),
);

const integer = fc.maxSafeInteger().map((value) => value + 0);
const count = fc.nat(1000);
const number = fc.oneof(
  integer,
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
);

/** Any JSON value that a default may be. */
export const jsonValue: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(fc.constant(null), fc.boolean(), number, hostileText),
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .array(fc.tuple(hostileText, tie('value')), { maxLength: 3 })
      .map((entries) =>
        JSON.parse(`{${entries.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join(',')}}`),
      ),
  ),
})).value;

/** Any type that a document can hold, whether or not it makes sense. */
export const anyType: fc.Arbitrary<Type> = fc.letrec<{ type: Type }>((tie) => ({
  type: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    optional(
      { kind: fc.constant('string' as const) },
      { minLength: count, maxLength: count, pattern: hostileText },
    ),
    optional({ kind: fc.constant('int' as const) }, { min: integer, max: integer, multipleOf: integer }),
    optional({ kind: fc.constant('bigint' as const) }, { min: hostileText, max: hostileText }),
    optional(
      { kind: fc.constant('decimal' as const) },
      { min: hostileText, max: hostileText, multipleOf: hostileText },
    ),
    optional({ kind: fc.constant('float' as const) }, { min: number, max: number }),
    fc
      .constantFrom('bool', 'null', 'datetime', 'date', 'time', 'duration', 'uuid', 'bytes', 'json')
      .map((kind) => ({ kind }) as Type),
    optional(
      { kind: fc.constant('upload' as const) },
      { maxSize: count, accept: fc.array(hostileText, { minLength: 1, maxLength: 3 }) },
    ),
    fc.array(hostileText, { minLength: 1, maxLength: 4 }).map((values): Type => ({ kind: 'enum', values })),
    hostileText.map((name): Type => ({ kind: 'ref', name })),
    optional(
      { kind: fc.constant('list' as const), items: tie('type') },
      { minItems: count, maxItems: count },
    ),
    optional(
      { kind: fc.constant('map' as const), values: tie('type') },
      { minItems: count, maxItems: count },
    ),
    tie('type').map((of): Type => ({ kind: 'nullable', of })),
    optional(
      { kind: fc.constant('union' as const), arms: fc.array(tie('type'), { minLength: 1, maxLength: 3 }) },
      { tag: hostileText },
    ),
  ) as fc.Arbitrary<Type>,
})).type;

const documented = { doc: hostileText.filter((text) => text !== ''), deprecated: hostileText };

const field: fc.Arbitrary<Field> = optional(
  { name: hostileText, type: anyType, optional: fc.boolean() },
  { default: jsonValue, ...documented },
) as fc.Arbitrary<Field>;

const fields = fc.uniqueArray(field, { maxLength: 3, selector: ({ name }) => name });
const names = fc.uniqueArray(hostileText, { maxLength: 3 });

const scope: fc.Arbitrary<ScopeParam[]> = fc.uniqueArray(
  fc.record({
    param: hostileText,
    from: fc.constantFrom('args' as const, 'result' as const),
    field: hostileText,
  }),
  { maxLength: 2, selector: ({ param }) => param },
);

const typeDecl = optional(
  {
    name: hostileText,
    type: fc.oneof(
      fields.map((inner) => ({ kind: 'struct' as const, fields: inner })),
      anyType.filter((type) => type.kind === 'enum' || type.kind === 'union'),
    ),
  },
  documented,
) as fc.Arbitrary<TypeDecl>;

const fn = optional(
  {
    name: hostileText,
    input: fields,
    output: anyType,
    errors: names,
    auth: fc.constantFrom('none', 'user', 'staff', 'superuser', 'custom'),
    private: fc.boolean(),
    stream: fc.boolean(),
    websocket: fc.boolean(),
    affects: fc.array(optional({ context: hostileText, params: scope }, { member: hostileText }), {
      maxLength: 2,
    }),
    merge: fc.array(fc.record({ function: hostileText, params: scope }), { maxLength: 2 }),
  },
  { context: hostileText, ...documented },
) as fc.Arbitrary<FunctionDecl>;

const context = optional(
  {
    name: hostileText,
    params: fields,
    members: names,
    cacheClass: fc.constantFrom('public', 'user'),
    rev: count,
  },
  { doc: documented.doc, cache: count },
) as fc.Arbitrary<ContextDecl>;

const error = optional(
  { name: hostileText, status: count, fields },
  { doc: documented.doc },
) as fc.Arbitrary<ErrorDecl>;

/** Any contract that a document can hold, whether or not it makes sense. */
export const anyContract: fc.Arbitrary<Contract> = fc.record({
  contexts: unique(context),
  errors: unique(error),
  functions: unique(fn),
  types: unique(typeDecl),
});

function unique<T extends { name: string }>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.uniqueArray(one, { maxLength: 3, selector: ({ name }) => name });
}

function optional<T, O>(
  required: { [K in keyof T]: fc.Arbitrary<T[K]> },
  others: { [K in keyof O]: fc.Arbitrary<O[K]> },
) {
  return fc.record({ ...required, ...others } as never, {
    requiredKeys: Object.keys(required) as never,
  }) as fc.Arbitrary<T & Partial<O>>;
}
