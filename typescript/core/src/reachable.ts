import type { Contract, Field, Type, TypeDecl } from './contract.ts';

/**
 * Names of the types that `roots` reach, through fields, arms and references, in order of discovery.
 * Unknown names are left out. No recursion over references: types may refer to each other in circles.
 */
export function reachableTypes(contract: Pick<Contract, 'types'>, roots: Iterable<Type>): Set<string> {
  const byName = new Map(contract.types.map((type) => [type.name, type]));
  const found = new Set<string>();
  const add = (name: string) => {
    if (byName.has(name)) found.add(name);
  };
  for (const root of roots) eachRef(root, add);
  // A set that grows while it is walked visits what was added.
  for (const name of found) eachRefOfDecl((byName.get(name) as TypeDecl).type, add);
  return found;
}

/** Calls `visit` with each type name that a type refers to by itself. */
export function eachRef(type: Type, visit: (name: string) => void): void {
  if (type.kind === 'ref') visit(type.name);
  else if (type.kind === 'list') eachRef(type.items, visit);
  else if (type.kind === 'map') eachRef(type.values, visit);
  else if (type.kind === 'nullable') eachRef(type.of, visit);
  else if (type.kind === 'union') for (const arm of type.arms) eachRef(arm, visit);
}

/** Types that stand in a contract outside of the type declarations, in the given functions, contexts and errors. */
export function* rootTypes(part: Pick<Contract, 'contexts' | 'errors' | 'functions'>): Generator<Type> {
  const types = (fields: Field[]) => fields.map((field) => field.type);
  for (const context of part.contexts) yield* types(context.params);
  for (const error of part.errors) yield* types(error.fields);
  for (const fn of part.functions) {
    yield* types(fn.input);
    yield fn.output;
  }
}

function eachRefOfDecl(type: TypeDecl['type'], visit: (name: string) => void): void {
  if (type.kind !== 'struct') eachRef(type, visit);
  else for (const field of type.fields) eachRef(field.type, visit);
}
