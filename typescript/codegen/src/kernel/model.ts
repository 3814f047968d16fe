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
  const visible = visibleContract(contract);
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
    sources,
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
  const usedBy = new Map<string, string[]>();
  const differing = new Set<string>();
  const open: string[] = [];
  for (const decl of types.values()) {
    if (decl.type.kind === 'struct' && decl.type.fields.some((field) => field.default !== undefined)) {
      open.push(decl.name);
    }
    eachRefOfDecl(decl, (name) => {
      const users = usedBy.get(name);
      if (users) users.push(decl.name);
      else usedBy.set(name, [decl.name]);
    });
  }
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (differing.has(next)) continue;
    differing.add(next);
    open.push(...(usedBy.get(next) ?? []));
  }
  return differing;
}

function byName<T extends { name: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => compareText(a.name, b.name));
}
