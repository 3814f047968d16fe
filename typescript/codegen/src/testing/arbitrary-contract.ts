import type { ContextDecl, Contract, Field, FunctionDecl, Type, TypeDecl } from '@mizan/core';
import fc from 'fast-check';

const words = [
  'user',
  'delete',
  'call',
  'context',
  'member',
  'hook',
  'then',
  'contract',
  'a',
  'a1',
  'a10',
  'aB',
  'item',
];

/** Wire names that clash with words, with runtime names, with each other once derived from, or that fill a line. */
const name = fc.oneof(
  fc.constantFrom(...words, 'useUser', 'userState', 'userParams', 'typeof', 'state'),
  fc.tuple(fc.constantFrom(...words), fc.nat(40)).map(([word, length]) => word + 'x'.repeat(length)),
);

const pascal = name.map((text) => text.charAt(0).toUpperCase() + text.slice(1));

const typeName = fc.oneof(
  pascal,
  fc.constantFrom('UserContext', 'UserParams', 'Promise', 'Record', 'Map', 'Json', 'Blob'),
);

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'abc xyz0äßéñ漢字かなカ한글😀🚀'), maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom("'", '"', '\\', '*', '/', '\n', '\r', '\t', '\u2028', '\u202e', '@', '{', ' '),
    maxLength: 12,
  }),
  fc.constantFrom('', '*/', '@deprecated', 'x'.repeat(120), "it's", 'a */ b'),
);

function type(refs: readonly string[]): fc.Arbitrary<Type> {
  const named =
    refs.length === 0 ? [] : [fc.constantFrom(...refs).map((ref): Type => ({ kind: 'ref', name: ref }))];
  return fc.letrec<{ type: Type }>((tie) => ({
    type: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom<Type>(
        { kind: 'string' },
        { kind: 'string', minLength: 1, maxLength: 80, pattern: '[*/]+' },
        { kind: 'int' },
        { kind: 'int', min: 0, multipleOf: 5 },
        { kind: 'float', max: 0.5 },
        { kind: 'bigint', min: '0' },
        { kind: 'decimal' },
        { kind: 'bool' },
        { kind: 'null' },
        { kind: 'datetime' },
        { kind: 'uuid' },
        { kind: 'bytes' },
        { kind: 'json' },
        { kind: 'upload', accept: ['image/*'] },
      ),
      fc.uniqueArray(text, { minLength: 1, maxLength: 6 }).map((values): Type => ({ kind: 'enum', values })),
      ...named,
      tie('type').map((items): Type => ({ kind: 'list', items })),
      tie('type').map((values): Type => ({ kind: 'map', values })),
      tie('type').map((of): Type => ({ kind: 'nullable', of })),
      fc.array(tie('type'), { minLength: 1, maxLength: 3 }).map((arms): Type => ({ kind: 'union', arms })),
    ) as fc.Arbitrary<Type>,
  })).type;
}

function fields(refs: readonly string[], most: number): fc.Arbitrary<Field[]> {
  const field = fc
    .record(
      {
        name,
        type: type(refs),
        optional: fc.boolean(),
        default: fc.constantFrom(1, null, 'x', [], {}),
        doc: text,
        deprecated: text,
      },
      { requiredKeys: ['name', 'type', 'optional'] },
    )
    .map((one) => one as Field);
  return fc.uniqueArray(field, { maxLength: most, selector: (one) => one.name.toLowerCase() });
}

function params(): fc.Arbitrary<Field[]> {
  const kinds: Type[] = [
    { kind: 'string' },
    { kind: 'int' },
    { kind: 'uuid' },
    { kind: 'datetime' },
    { kind: 'bool' },
  ];
  const field = fc
    .record(
      {
        name: name.filter((one) => !['then', 'children', 'key', 'ref'].includes(one)),
        type: fc.constantFrom(...kinds, ...kinds.map((of): Type => ({ kind: 'nullable', of }))),
        optional: fc.boolean(),
        default: fc.constantFrom(1, true, 'x', 'y'.repeat(100), "it's"),
      },
      { requiredKeys: ['name', 'type', 'optional'] },
    )
    .map((one): Field => (one.type.kind === 'nullable' ? { ...one, default: null } : (one as Field)));
  return fc.uniqueArray(field, { maxLength: 5, selector: (one) => one.name.toLowerCase() });
}

/**
 * Contracts that are hard to print: the values of defaults do not fit their types, which no printer looks at, and
 * everything else is as `checkContract` asks for it.
 */
export const arbitraryContract: fc.Arbitrary<Contract> = fc
  .record({
    types: fc.uniqueArray(typeName, { maxLength: 5, selector: (one) => one.toLowerCase() }),
    errors: fc.uniqueArray(pascal, { maxLength: 2, selector: (one) => one.toLowerCase() }),
    contexts: fc.uniqueArray(name, { maxLength: 3, selector: (one) => one.toLowerCase() }),
    functions: fc.uniqueArray(name, { minLength: 1, maxLength: 6, selector: (one) => one.toLowerCase() }),
  })
  .chain(({ contexts, errors: errorNames, functions, types }) => {
    const errors = errorNames.filter(
      (one) => !types.some((other) => other.toLowerCase() === one.toLowerCase()),
    );
    const decls = fc.tuple(
      ...types.map((one) =>
        fc
          .record(
            {
              type: fc.oneof(
                fields(types, 4).map((all): TypeDecl['type'] => ({ kind: 'struct', fields: all })),
                fc
                  .uniqueArray(text, { minLength: 1, maxLength: 6 })
                  .map((values): TypeDecl['type'] => ({ kind: 'enum', values })),
              ),
              doc: text,
              deprecated: text,
            },
            { requiredKeys: ['type'] },
          )
          .map((rest): TypeDecl => ({ name: one, ...rest })),
      ),
    );
    const fns = fc.tuple(
      ...functions.map((one) =>
        fc
          .record(
            {
              context: fc.option(fc.constantFrom(...contexts, ''), { nil: '' }),
              input: fields(types, 3),
              output: type(types),
              errors: fc.subarray(errors),
              doc: text,
              deprecated: text,
            },
            { requiredKeys: ['context', 'input', 'output', 'errors'] },
          )
          .map(({ context, input, ...rest }): FunctionDecl => {
            const query = context === '' ? { input } : { context, input: [] };
            const plain = {
              auth: 'none',
              private: false,
              stream: false,
              websocket: false,
              affects: [],
              merge: [],
            } as const;
            return { name: one, ...plain, affects: [], merge: [], ...query, ...rest };
          }),
      ),
    );
    const params5 = fc.tuple(...contexts.map(() => params()));
    const errorFields = fc.tuple(...errors.map(() => fields(types, 2)));
    return fc.tuple(decls, fns, params5, errorFields, fc.array(text, { maxLength: 3 })).map(
      ([typeDecls, functionDecls, paramsOf, fieldsOf, docs]): Contract => ({
        contexts: contexts.map(
          (one, at): ContextDecl => ({
            name: one,
            params: paramsOf[at] as Field[],
            members: functionDecls.filter((fn) => fn.context === one).map((fn) => fn.name),
            cacheClass: at % 2 === 0 ? 'public' : 'user',
            rev: at,
            ...(docs[at] && { doc: docs[at] }),
          }),
        ),
        errors: errors.map((one, at) => ({ name: one, status: 409, fields: fieldsOf[at] as Field[] })),
        functions: functionDecls,
        types: typeDecls,
      }),
    );
  });
