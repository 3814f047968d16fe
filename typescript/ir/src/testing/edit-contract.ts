import type { Contract, Field, Type } from '@mizan/core';
import fc from 'fast-check';
import { checkContract } from '../index.ts';
import { validContract } from './arbitrary-valid-contract.ts';

type Edit = (type: Type) => Type;

const edits: readonly Edit[] = [
  (type) => (type.kind === 'nullable' ? type.of : { kind: 'nullable', of: type }),
  (type) => (type.kind === 'int' ? { ...type, min: (type.min ?? 3) - 2 } : { kind: 'int' }),
  (type) => (type.kind === 'int' ? { kind: 'float' } : { kind: 'int', min: 2 }),
  (type) =>
    type.kind === 'string' ? { kind: 'string', maxLength: (type.maxLength ?? 3) + 1 } : { kind: 'string' },
  (type) =>
    type.kind === 'string' ? { kind: 'enum', values: ['a', 'b'] } : { kind: 'string', maxLength: 1 },
  (type) =>
    type.kind === 'enum'
      ? { kind: 'enum', values: type.values.length > 1 ? type.values.slice(1) : ['a', 'c'] }
      : { kind: 'enum', values: ['a'] },
  (type) => (type.kind === 'list' ? type.items : { kind: 'list', items: type }),
  (type) => (type.kind === 'list' ? { ...type, minItems: 1 } : { kind: 'map', values: type }),
  (type) =>
    type.kind === 'union' && type.arms.length === 2
      ? { kind: 'union', arms: [...type.arms, { kind: 'bool' }] }
      : { kind: 'union', arms: [{ kind: 'int' }, { kind: 'string' }] },
];

/** A contract and the same with one small edit: a type, a field, or whether it may be absent. */
export const editedContract: fc.Arbitrary<[Contract, Contract]> = fc
  .tuple(validContract, fc.nat(), fc.nat(), fc.nat(), fc.nat({ max: 4 }))
  .map(([old, place, at, edit, kind]): [Contract, Contract] => {
    const now = structuredClone(old);
    const change = edits[edit % edits.length] as Edit;
    const calls = now.functions.filter((fn) => fn.context === undefined);
    const lists: Field[][] = [
      ...now.types.flatMap((decl) => (decl.type.kind === 'struct' ? [decl.type.fields] : [])),
      ...calls.map((fn) => fn.input),
      ...now.errors.map((error) => error.fields),
    ];
    const fields = lists[place % lists.length] ?? [];
    const field = fields[at % fields.length];
    const fn = now.functions[at % now.functions.length];
    if (kind === 0 && fn !== undefined) fn.output = change(fn.output);
    else if (kind === 1) fields.push({ name: 'd', type: { kind: 'int' }, optional: edit % 2 === 0 });
    else if (kind === 2) fields.splice(at % fields.length, 1);
    else if (kind === 3 && field !== undefined) field.optional = !field.optional;
    else if (field !== undefined) field.type = change(field.type);
    return [old, now];
  })
  .filter(([, now]) => checkContract(now).length === 0);
