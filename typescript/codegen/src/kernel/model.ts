import type { ContextDecl, Contract, ErrorDecl, FunctionDecl, Sources, Type, TypeDecl } from '@mizan/core';
import { compareText, visibleContract } from '@mizan/core';

/** What targets print from: the contract as clients see it, sorted, with the facts that every target asks for. */
export interface Model {
  /** First 16 hex digits of the contract's hash. */
  id: string;
  contexts: ContextModel[];
  /** Mutations and plain calls. */
  calls: FunctionDecl[];
  errors: ErrorDecl[];
  types: TypeModel[];
  /** Functions that no client of this version can call, and why; nothing else here speaks of them. */
  leftOut: { name: string; why: string }[];
  /** Where things stand in the source; empty when the backend did not say. */
  sources: Partial<Sources>;
}

/** A context and the queries that are its members, by name. */
export interface ContextModel {
  decl: ContextDecl;
  members: FunctionDecl[];
}

/** A named type and how it is used. */
export interface TypeModel {
  decl: TypeDecl;
  /** Clients send it. */
  input: boolean;
  /** Clients receive it. */
  output: boolean;
  /** A default somewhere below makes what is sent another type than what is received. */
  differs: boolean;
}

/** Makes the model of a contract. Pure: equal contracts give equal models, in whatever order their lists are. */
export function createModel(contract: Contract, id: string, sources: Partial<Sources> = {}): Model {
  const all = visibleContract(contract);
  const leftOut = findLeftOut(all);
  const visible = leftOut.length === 0 ? all : visibleContract(without(all, leftOut));
  const functions = byName(visible.functions);
  const contexts = byName(visible.contexts).map((decl) => ({
    decl: { ...decl, params: byName(decl.params) },
    members: functions.filter((fn) => fn.context === decl.name),
  }));
  const errors = byName(visible.errors);
  const sent = new Set<string>();
  const received = new Set<string>();
  const types = new Map(visible.types.map((decl) => [decl.name, decl]));
  for (const { decl } of contexts) for (const param of decl.params) reach(param.type, types, sent);
  for (const error of errors) for (const field of error.fields) reach(field.type, types, received);
  for (const fn of functions) {
    for (const field of fn.input) reach(field.type, types, sent);
    reach(fn.output, types, received);
  }
  const differing = findDiffering(types);
  return {
    id,
    contexts: contexts.filter((context) => context.members.length > 0),
    calls: functions.filter((fn) => fn.context === undefined),
    errors,
    types: byName(visible.types).map((decl) => ({
      decl,
      input: sent.has(decl.name),
      output: received.has(decl.name),
      differs: differing.has(decl.name),
    })),
    leftOut,
    sources,
  };
}

/** What the runtime packages cannot do yet: streams, and files. */
function findLeftOut(contract: Contract): Model['leftOut'] {
  const types = new Map(contract.types.map((decl) => [decl.name, decl]));
  const withFile = findReaching(types, ({ type }) =>
    type.kind === 'struct' ? type.fields.some((field) => holdsUpload(field.type)) : holdsUpload(type),
  );
  const takesFile = (type: Type): boolean => {
    let found = holdsUpload(type);
    if (withFile.size > 0) {
      eachRef(type, (name) => {
        found ||= withFile.has(name);
      });
    }
    return found;
  };
  return byName(contract.functions).flatMap(({ input, name, stream }) => {
    if (stream) return [{ name, why: 'it streams' }];
    return input.some((field) => takesFile(field.type)) ? [{ name, why: 'it takes a file' }] : [];
  });
}

function holdsUpload(type: Type): boolean {
  switch (type.kind) {
    case 'upload':
      return true;
    case 'list':
      return holdsUpload(type.items);
    case 'map':
      return holdsUpload(type.values);
    case 'nullable':
      return holdsUpload(type.of);
    case 'union':
      return type.arms.some(holdsUpload);
    default:
      return false;
  }
}

/** The contract as if these functions were private. */
function without(contract: Contract, names: readonly { name: string }[]): Contract {
  const hidden = new Set(names.map(({ name }) => name));
  return {
    ...contract,
    functions: contract.functions.map((fn) => (hidden.has(fn.name) ? { ...fn, private: true } : fn)),
  };
}

/** Calls `visit` with the name of every type that a type names by itself, without following references. */
export function eachRef(type: Type, visit: (name: string) => void): void {
  switch (type.kind) {
    case 'ref':
      visit(type.name);
      break;
    case 'list':
      eachRef(type.items, visit);
      break;
    case 'map':
      eachRef(type.values, visit);
      break;
    case 'nullable':
      eachRef(type.of, visit);
      break;
    case 'union':
      for (const arm of type.arms) eachRef(arm, visit);
  }
}

function eachRefOfDecl(decl: TypeDecl, visit: (name: string) => void): void {
  if (decl.type.kind !== 'struct') eachRef(decl.type, visit);
  else for (const field of decl.type.fields) eachRef(field.type, visit);
}

function reach(root: Type, types: ReadonlyMap<string, TypeDecl>, found: Set<string>): void {
  eachRef(root, (name) => {
    if (found.has(name)) return;
    const open = [name];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const decl = types.get(next);
      if (!decl || found.has(next)) continue;
      found.add(next);
      eachRefOfDecl(decl, (ref) => open.push(ref));
    }
  });
}

/** Types with a default in them, and all that reach one: a field with a default may be left out, but always comes back. */
function findDiffering(types: ReadonlyMap<string, TypeDecl>): Set<string> {
  return findReaching(
    types,
    ({ type }) => type.kind === 'struct' && type.fields.some((field) => field.default !== undefined),
  );
}

/** Names of the types that hold something themselves, and of all that reach one of these. */
function findReaching(types: ReadonlyMap<string, TypeDecl>, holds: (decl: TypeDecl) => boolean): Set<string> {
  const found = new Set<string>();
  const open: string[] = [];
  for (const decl of types.values()) if (holds(decl)) open.push(decl.name);
  if (open.length === 0) return found;
  const usedBy = new Map<string, string[]>();
  for (const decl of types.values()) {
    eachRefOfDecl(decl, (name) => {
      const users = usedBy.get(name);
      if (users) users.push(decl.name);
      else usedBy.set(name, [decl.name]);
    });
  }
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(usedBy.get(next) ?? []));
  }
  return found;
}

function byName<T extends { name: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => compareText(a.name, b.name));
}
