import type { Model } from '../../kernel/model.ts';
import { kebabFromCamel, NameSpace, pascalFromCamel } from '../../kernel/name-space.ts';
import type { Named } from './module-file.ts';
import { reservedNames } from './reserved-names.ts';

/** Everything that generated TypeScript declares, by its wire name. Resolved before anything is printed. */
export interface Names {
  space: NameSpace;
  /** A type as it is received, or as it is sent when nobody receives it. */
  types: Map<string, Named>;
  /** A type as it is sent, where that is another type. */
  inputs: Map<string, Named>;
  errors: Map<string, Named>;
  details: Map<string, Named>;
  /** Members, mutations and calls. */
  functions: Map<string, Named>;
  args: Map<string, Named>;
  unions: Map<string, Named>;
  contexts: Map<string, Named>;
  params: Map<string, Named>;
  bundles: Map<string, Named>;
  contract: Named;
  /** The function of `calls.ts` that names the contract with every call; it is not exported. */
  send: Named;
}

/**
 * Resolves all names. What the contract names gets its own name first (types, errors, functions, contexts);
 * what is derived from it (`UserParams`, `BuyArgs`) gives way with `_` at its end.
 */
export function resolveNames(model: Model): Names {
  const space = new NameSpace(reservedNames);
  const take = (wanted: string, from: string, type: boolean): Named => ({
    name: space.take(wanted),
    from,
    type,
  });
  const map = <T>(items: readonly T[], key: (item: T) => string, make: (item: T) => Named) =>
    new Map(items.map((item) => [key(item), make(item)]));
  const name = (item: { name: string }) => item.name;
  const contextName = (item: Model['contexts'][number]) => item.decl.name;
  const fileOf = new Map(
    model.contexts.map(({ decl }) => [decl.name, `${kebabFromCamel(decl.name)}-context.ts`]),
  );
  const file = (context: string | undefined) => (context && fileOf.get(context)) || 'calls.ts';
  const functions = [...model.contexts.flatMap((context) => context.members), ...model.calls];

  const types = map(
    model.types,
    (type) => type.decl.name,
    (type) => take(type.decl.name, 'types.ts', true),
  );
  const errors = map(model.errors, name, (error) => take(error.name, 'errors.ts', true));
  const functionNames = map(functions, name, (fn) => take(fn.name, file(fn.context), false));
  const pascal = pascalFromCamel;
  const contexts = map(model.contexts, contextName, ({ decl }) =>
    take(`${pascal(decl.name)}Context`, file(decl.name), false),
  );
  const params = map(
    model.contexts.filter(({ decl }) => decl.params.length > 0),
    contextName,
    ({ decl }) => take(`${pascal(decl.name)}Params`, file(decl.name), true),
  );
  const bundles = map(model.contexts, contextName, ({ decl }) =>
    take(`${pascal(decl.name)}Bundle`, file(decl.name), true),
  );
  const details = map(
    model.errors.filter((error) => error.fields.length > 0),
    name,
    (error) => take(`${error.name}Details`, 'errors.ts', true),
  );
  const args = map(
    model.calls.filter((fn) => fn.input.length > 0),
    name,
    (fn) => take(`${pascal(fn.name)}Args`, 'calls.ts', true),
  );
  const unions = map(
    functions.filter((fn) => fn.errors.length > 0),
    name,
    (fn) => take(`${pascal(fn.name)}Error`, 'errors.ts', true),
  );
  const inputs = map(
    model.types.filter((type) => type.differs && type.input && type.output),
    (type) => type.decl.name,
    (type) => take(`${type.decl.name}Input`, 'types.ts', true),
  );
  const contract = take('contract', 'contract.ts', false);
  const send = take('send', 'calls.ts', false);
  return {
    space,
    types,
    inputs,
    errors,
    details,
    functions: functionNames,
    args,
    unions,
    contexts,
    params,
    bundles,
    contract,
    send,
  };
}
