import { type Contract, type Field, type Type, type TypeDecl, visibleContract } from '@mizan/core';
import fc from 'fast-check';

/** Types that hold no other, of few kinds so that two contracts often agree. */
const scalar: fc.Arbitrary<Type> = fc.oneof(
  fc.constantFrom<Type>(
    { kind: 'int' },
    { kind: 'float' },
    { kind: 'string' },
    { kind: 'bool' },
    { kind: 'date' },
  ),
  fc.constantFrom<Type>(
    { kind: 'int', min: 1 },
    { kind: 'string', maxLength: 5 },
    { kind: 'string', maxLength: 9 },
  ),
  fc.constantFrom<Type>({ kind: 'enum', values: ['a', 'b'] }, { kind: 'enum', values: ['a', 'b', 'c'] }),
);

/** A type that may name the types before `index`. */
function typeBelow(index: number): fc.Arbitrary<Type> {
  const refs = Array.from({ length: index }, (_, at): Type => ({ kind: 'ref', name: `T${at}` }));
  const flat = refs.length === 0 ? scalar : fc.oneof(scalar, fc.constantFrom(...refs));
  return fc.oneof(
    { weight: 4, arbitrary: flat },
    { weight: 1, arbitrary: flat.map((items): Type => ({ kind: 'list', items })) },
    { weight: 1, arbitrary: flat.map((values): Type => ({ kind: 'map', values })) },
    { weight: 2, arbitrary: flat.map((of): Type => ({ kind: 'nullable', of })) },
    {
      weight: 1,
      arbitrary: fc.constant<Type>({ kind: 'union', arms: [{ kind: 'int' }, { kind: 'string' }] }),
    },
  );
}

function fieldsBelow(index: number): fc.Arbitrary<Field[]> {
  const field = fc.record({
    name: fc.constantFrom('a', 'b', 'c'),
    type: typeBelow(index),
    optional: fc.boolean(),
  });
  return fc.uniqueArray(field, { maxLength: 3, selector: ({ name }) => name });
}

const type = (index: number): fc.Arbitrary<TypeDecl> =>
  fieldsBelow(index).map((fields) => ({ name: `T${index}`, type: { kind: 'struct', fields } }));

const params: fc.Arbitrary<Field[]> = fc.uniqueArray(
  fc.record({ name: fc.constantFrom('id', 'page'), type: scalar, optional: fc.boolean() }),
  { maxLength: 2, selector: ({ name }) => name },
);

/** Contracts that pass the check, of few names and types, so that two of them overlap. */
export const validContract: fc.Arbitrary<Contract> = fc
  .record({
    types: fc.tuple(type(0), type(1), type(2)),
    params: params.map((list) => list.filter((param) => param.type.kind !== 'float')),
    queries: fc.uniqueArray(fc.record({ name: fc.constantFrom('q', 'r'), output: typeBelow(3) }), {
      minLength: 1,
      selector: ({ name }) => name,
    }),
    calls: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom('f', 'g', 'h'),
        input: fieldsBelow(3),
        output: fc.oneof(typeBelow(3), fc.constant<Type>({ kind: 'null' })),
        affects: fc.boolean(),
        gone: fc.boolean(),
        auth: fc.constantFrom('none' as const, 'user' as const, 'staff' as const),
        private: fc.boolean(),
      }),
      { selector: ({ name }) => name },
    ),
    cache: fc.option(fc.constantFrom(30, 60), { nil: undefined }),
    errorFields: fieldsBelow(0),
  })
  .map(({ cache, calls, errorFields, params, queries, types }) => {
    const plain = { errors: [], private: false, stream: false, websocket: false, affects: [], merge: [] };
    const functions: Contract['functions'] = [
      ...queries.map((query) => ({
        ...plain,
        ...query,
        auth: 'none' as const,
        context: 'ctx',
        input: params,
      })),
      ...calls.map(({ affects, gone, ...call }) => ({
        ...plain,
        ...call,
        errors: gone ? ['Gone'] : [],
        affects: affects ? [{ context: 'ctx', params: [] }] : [],
      })),
    ];
    const contract: Contract = {
      contexts: [
        {
          name: 'ctx',
          params,
          members: queries.map(({ name }) => name),
          cacheClass: 'public',
          rev: 0,
          ...(cache !== undefined && { cache }),
        },
      ],
      errors: [{ name: 'Gone', status: 409, fields: errorFields }],
      functions,
      types: [...types],
    };
    return pruned(contract);
  });

/** Without what nothing reaches; private functions stay. */
function pruned(contract: Contract): Contract {
  const shown = visibleContract({
    ...contract,
    functions: contract.functions.map((fn) => ({ ...fn, private: false })),
  });
  return { ...shown, functions: contract.functions };
}
