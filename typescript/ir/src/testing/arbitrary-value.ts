import type { Field, Json, Type, TypeDecl } from '@mizan/core';
import fc from 'fast-check';

/** Values of a type that is not recursive, of those kinds that `validContract` makes. */
export function valuesOf(type: Type, types: readonly TypeDecl[]): fc.Arbitrary<Json> {
  switch (type.kind) {
    case 'int':
      return fc.integer({ min: type.min ?? -3, max: type.max ?? 3 });
    case 'float':
      return fc.constantFrom(-1, 0, 0.5, 2);
    case 'string':
      return fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: type.maxLength ?? 12 });
    case 'bool':
      return fc.boolean();
    case 'date':
      return fc.constant('2026-01-31');
    case 'enum':
      return fc.constantFrom(...type.values);
    case 'list':
      return fc.array(valuesOf(type.items, types), { maxLength: 2 });
    case 'map':
      return fc.dictionary(fc.constantFrom('k', 'l'), valuesOf(type.values, types), {
        maxKeys: 2,
        noNullPrototype: true,
      });
    case 'nullable':
      return fc.option(valuesOf(type.of, types), { freq: 1 });
    case 'union':
      return fc.oneof(...type.arms.map((arm) => valuesOf(arm, types)));
    case 'ref': {
      const body = types.find(({ name }) => name === type.name)?.type;
      if (body?.kind === 'struct') return objectsOf(body.fields, types);
      if (body === undefined) throw new Error(`there is no type ${type.name}`);
      return valuesOf(body, types);
    }
    default:
      return fc.constant(null);
  }
}

/** Objects with these fields; those that may be absent sometimes are. */
export function objectsOf(
  fields: readonly Field[],
  types: readonly TypeDecl[],
): fc.Arbitrary<Record<string, Json>> {
  const record = Object.fromEntries(fields.map((field) => [field.name, valuesOf(field.type, types)]));
  const requiredKeys = fields.filter((field) => !field.optional).map((field) => field.name);
  return fc.record(record, { requiredKeys, noNullPrototype: true });
}

/** Types without their bounds, which say nothing to who reads a value. */
export function withoutBounds(types: readonly TypeDecl[]): TypeDecl[] {
  return types.map((decl) => ({
    ...decl,
    type:
      decl.type.kind === 'struct'
        ? {
            kind: 'struct',
            fields: decl.type.fields.map((field) => ({ ...field, type: unbound(field.type) })),
          }
        : decl.type,
  }));
}

/** A type without its bounds. */
export function unbound(type: Type): Type {
  switch (type.kind) {
    case 'string':
    case 'int':
    case 'float':
      return { kind: type.kind };
    case 'list':
      return { kind: 'list', items: unbound(type.items) };
    case 'map':
      return { kind: 'map', values: unbound(type.values) };
    case 'nullable':
      return { kind: 'nullable', of: unbound(type.of) };
    case 'union':
      return { ...type, arms: type.arms.map(unbound) };
    default:
      return type;
  }
}
