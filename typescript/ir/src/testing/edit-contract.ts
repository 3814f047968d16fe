import type { Contract, Field, FunctionDecl, Type } from '@mizan/core';
import fc from 'fast-check';
import { checkContract } from '../index.ts';
import { validContract } from './arbitrary-valid-contract.ts';

/** Types that differ little from one: each is an edit that somebody makes. */
function editsOf(type: Type): Type[] {
  const wrapped: Type[] = [
    { kind: 'list', items: type },
    { kind: 'map', values: type },
    { kind: 'bool' },
    ...(type.kind === 'nullable' ? [type.of, type.of, type.of] : [{ kind: 'nullable' as const, of: type }]),
  ];
  return [...wrapped, ...insideOf(type)];
}

function insideOf(type: Type): Type[] {
  switch (type.kind) {
    case 'int':
      return [{ kind: 'float' }, { kind: 'int', min: 2 }, { kind: 'int', max: 0 }, { kind: 'int' }];
    case 'float':
      return [{ kind: 'int' }];
    case 'string':
      return [{ kind: 'enum', values: ['a'] }, { kind: 'string', maxLength: 1 }, { kind: 'string' }];
    case 'enum':
      return [
        { kind: 'string' },
        { kind: 'string', maxLength: 1 },
        { kind: 'enum', values: [...type.values, 'new'] },
        { kind: 'enum', values: type.values.slice(1) },
      ];
    case 'list':
      return [
        type.items,
        { ...type, minItems: 1 },
        ...editsOf(type.items).map((items): Type => ({ kind: 'list', items })),
      ];
    case 'map':
      return [type.values, ...editsOf(type.values).map((values): Type => ({ kind: 'map', values }))];
    case 'nullable':
      return editsOf(type.of).map((of): Type => ({ kind: 'nullable', of }));
    case 'union':
      return [...type.arms, { kind: 'union', arms: [...type.arms, { kind: 'bool' }] }];
    default:
      return [];
  }
}

function editField(field: Field, at: number): Field {
  const types = editsOf(field.type);
  if (at % 3 === 0) return { ...field, optional: !field.optional };
  return { ...field, type: types[at % types.length] as Type };
}

function editFields(fields: readonly Field[], place: number, at: number): Field[] {
  const index = place % (fields.length + 1);
  if (index === fields.length)
    return [...fields, { name: 'd', type: { kind: 'int' }, optional: at % 2 === 0 }];
  if (at % 7 === 0) return fields.filter((_, other) => other !== index);
  return fields.map((field, other) => (other === index ? editField(field, at) : field));
}

/** A contract and the same with one small edit: of a type, a field, or whether it may be absent. */
export const editedContract: fc.Arbitrary<[Contract, Contract]> = fc
  .tuple(validContract, fc.nat(), fc.nat(), fc.nat())
  .map(([old, place, index, at]): [Contract, Contract] => {
    const types = old.types.filter((decl) => decl.type.kind === 'struct');
    const calls = old.functions.filter((fn) => fn.context === undefined);
    const target = [...types, ...calls, ...old.functions][
      place % (types.length + calls.length + old.functions.length)
    ];
    const now: Contract = {
      ...old,
      types: old.types.map((decl) =>
        decl === target && decl.type.kind === 'struct'
          ? { ...decl, type: { kind: 'struct', fields: editFields(decl.type.fields, index, at) } }
          : decl,
      ),
      functions: old.functions.map((fn) => (fn === target ? editFunction(fn, index, at) : fn)),
    };
    return [old, now];
  })
  .filter(([, now]) => checkContract(now).length === 0);

function editFunction(fn: FunctionDecl, index: number, at: number): FunctionDecl {
  const outputs = editsOf(fn.output);
  return fn.context === undefined && index % 2 === 0
    ? { ...fn, input: editFields(fn.input, index, at) }
    : { ...fn, output: outputs[at % outputs.length] as Type };
}
