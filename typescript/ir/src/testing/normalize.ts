import {
  type Contract,
  compareText,
  type Field,
  type Json,
  type ScopeParam,
  type Type,
  type TypeDecl,
} from '@mizan/core';

/** A contract with its lists in one order and nothing said twice, written apart from the printer. */
export function normalize(contract: Contract): Contract {
  return {
    contexts: byName(contract.contexts).map((one) => ({
      ...one,
      params: fieldsOf(one.params),
      members: [...one.members].sort(compareText),
    })),
    errors: byName(contract.errors).map((one) => ({ ...one, fields: fieldsOf(one.fields) })),
    functions: byName(contract.functions).map((fn) => ({
      ...fn,
      input: fieldsOf(fn.input),
      output: typeOf(fn.output),
      errors: [...fn.errors].sort(compareText),
      affects: once(fn.affects.map((one) => ({ ...one, params: scopeOf(one.params) }))),
      merge: once(fn.merge.map((one) => ({ ...one, params: scopeOf(one.params) }))),
    })),
    types: byName(contract.types).map((decl) => ({ ...decl, type: bodyOf(decl.type) })),
  };
}

function once<T>(items: T[]): T[] {
  const texts = new Map(items.map((item) => [stable(item), item]));
  return [...texts].sort(([a], [b]) => compareText(a, b)).map(([, item]) => item);
}

function bodyOf(type: TypeDecl['type']): TypeDecl['type'] {
  return type.kind === 'struct'
    ? { ...type, fields: fieldsOf(type.fields) }
    : (typeOf(type) as TypeDecl['type']);
}

function typeOf(type: Type): Type {
  switch (type.kind) {
    case 'list':
      return { ...type, items: typeOf(type.items) };
    case 'map':
      return { ...type, values: typeOf(type.values) };
    case 'nullable':
      return { ...type, of: typeOf(type.of) };
    case 'enum':
      return { ...type, values: [...type.values].sort(compareText) };
    case 'upload':
      return type.accept === undefined ? type : { ...type, accept: [...type.accept].sort(compareText) };
    case 'union':
      return { ...type, arms: type.arms.map(typeOf).sort((a, b) => compareText(stable(a), stable(b))) };
    default:
      return type;
  }
}

function fieldsOf(fields: readonly Field[]): Field[] {
  return byName(fields).map((field) => ({ ...field, type: typeOf(field.type) }));
}

function scopeOf(params: readonly ScopeParam[]): ScopeParam[] {
  return [...params].sort((a, b) => compareText(a.param, b.param));
}

function byName<T extends { name: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => compareText(a.name, b.name));
}

/** JSON with sorted keys. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_key, inner: Json) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => compareText(a, b)))
      : inner,
  );
}
