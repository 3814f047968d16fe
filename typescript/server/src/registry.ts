import type { Contract, ErrorDecl, FunctionDecl, TypeDecl } from '@mizan/core';
import { compareText, isErrorCode, isName, isTypeName } from '@mizan/core';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { collect, type Found, type FoundFunction } from './collect.ts';
import type { ContextDefinition, FunctionDefinition } from './define.ts';
import { type ErrorDefinition, errorDefinition } from './error.ts';
import { type Mistake, printPlace, RegistrationError } from './mistake.ts';
import { validateContract } from './register-checks.ts';
import { registerContexts } from './register-context.ts';
import { type Draft, draftFunction } from './register-function.ts';
import { resolveTargets } from './register-targets.ts';
import { readField } from './schema.ts';
import { TypeNames } from './type-names.ts';

/** A function as the server runs it. */
export interface RegisteredFunction {
  decl: FunctionDecl;
  definition: FunctionDefinition;
  self: unknown;
  /** The schema of each field; with `whole`, of the context's parameters only. */
  fields: readonly (readonly [name: string, schema: StandardSchemaV1])[];
  /** One object schema for the function's own fields. */
  whole: { schema: StandardSchemaV1; names: readonly string[] } | undefined;
  output: StandardSchemaV1 | undefined;
  errors: readonly ErrorDefinition[];
}

/** Everything that a server is made of, checked. */
export interface Registry {
  functions: RegisteredFunction[];
  contexts: ContextDefinition[];
  errors: ErrorDefinition[];
  contract: Contract;
  found: Found;
}

/** What the steps of a registration share. */
export interface Desk {
  root: string;
  found: Found;
  mistakes: Mistake[];
  names: TypeNames;
  drafts: Map<string, Draft>;
  contexts: Map<string, ContextDefinition>;
}

/** Reads the modules into a contract; throws a `RegistrationError` with everything that is wrong. */
export function register(modules: readonly unknown[], root: string): Registry {
  const mistakes: Mistake[] = [];
  const found = collect(modules, mistakes);
  const desk: Desk = {
    root,
    found,
    mistakes,
    names: new TypeNames(found.schemas),
    drafts: new Map(),
    contexts: new Map(),
  };
  if (found.functions.length === 0 && mistakes.length === 0)
    mistakes.push({
      place: undefined,
      subject: 'createMizan',
      message: 'the modules hold no server function',
      help: 'Export what client(…) returns and pass the module: import * as users from "./users.ts".',
    });
  for (const item of nameFunctions(desk))
    desk.drafts.set(item.name, draftFunction(desk, item.name, item.found));
  const contexts = registerContexts(desk);
  const errors = registerErrors(desk);
  resolveTargets(desk, contexts);
  const contract: Contract = {
    contexts,
    errors: errors.decls,
    functions: [...desk.drafts.values()].map((draft) => draft.decl),
    types: desk.names.declarations(),
  };
  validateContract(desk, contract);
  if (mistakes.length > 0) throw new RegistrationError(inOrder(mistakes), root);
  return {
    functions: [...desk.drafts.values()],
    contexts: [...desk.contexts.values()],
    errors: errors.definitions,
    contract,
    found,
  };
}

/** By file and line, so that one reads them from top to bottom. */
function inOrder(mistakes: readonly Mistake[]): Mistake[] {
  return [...mistakes].sort(
    (a, b) =>
      compareText(a.place?.file ?? '', b.place?.file ?? '') || (a.place?.line ?? 0) - (b.place?.line ?? 0),
  );
}

/** Wire names, sorted; each of one function only, also when case is ignored. */
function nameFunctions(desk: Desk): { name: string; found: FoundFunction }[] {
  const taken = new Map<string, { name: string; found: FoundFunction }>();
  const names = new Map<unknown, string>();
  for (const item of desk.found.functions) {
    const { definition } = item;
    const name = definition.options.name ?? definition.method ?? item.exportName;
    const earlier = definition.method === undefined ? names.get(definition) : undefined;
    if (earlier !== undefined && earlier === name) continue;
    const complain = (message: string, help: string): void => {
      desk.mistakes.push({ place: definition.place, subject: name, message, help });
    };
    if (earlier !== undefined) {
      complain(
        `it is exported as ${earlier} too`,
        `Export it once, or give it a wire name: name: '${earlier}'.`,
      );
      continue;
    }
    names.set(definition, name);
    if (!isName(name) || (name === 'default' && definition.options.name === undefined))
      complain(
        `"${name}" is no wire name`,
        `Wire names are lowerCamelCase, ASCII, at most 64 letters and digits: name: '${wireName(name)}'.`,
      );
    const other = taken.get(name.toLowerCase());
    if (other === undefined) taken.set(name.toLowerCase(), { name, found: item });
    else complain(...clash(name, other, desk.root));
  }
  return [...taken.values()].sort((a, b) => compareText(a.name, b.name));
}

function clash(name: string, other: { name: string; found: FoundFunction }, root: string): [string, string] {
  const place = other.found.definition.place;
  const where = place === undefined ? '' : `${printPlace(place, root)} `;
  const same =
    other.name === name
      ? `and so is ${where}${other.name}`
      : `and ${where}${other.name} differs by case only`;
  return [
    `would be "${name}" on the wire, ${same}`,
    `Rename one of them, or give it a wire name: client({ name: 'other${name[0]?.toUpperCase()}${name.slice(1)}', … }).`,
  ];
}

function wireName(name: string): string {
  const plain = name
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .replace(/ ([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const lower = plain.replace(/^[0-9]+/, '').replace(/^[A-Z]/, (letter) => letter.toLowerCase());
  return isName(lower) && lower !== 'default' ? lower : 'doIt';
}

function registerErrors(desk: Desk): { decls: ErrorDecl[]; definitions: ErrorDefinition[] } {
  const byCode = new Map<string, { decl: ErrorDecl; definition: ErrorDefinition }>();
  for (const draft of desk.drafts.values()) {
    for (const definition of draft.errors) {
      const known = byCode.get(definition.code);
      if (known?.definition === definition) continue;
      const complain = (message: string, help?: string): void => {
        desk.mistakes.push({
          place: definition.place,
          subject: definition.code,
          message,
          ...(help === undefined ? {} : { help }),
        });
      };
      if (known !== undefined) {
        const at = known.definition.place;
        complain(
          `two errors are named ${definition.code}${at === undefined ? '' : `, the other at ${printPlace(at, desk.root)}`}`,
          'Rename one of them.',
        );
        continue;
      }
      if (!isTypeName(definition.code) || isErrorCode(definition.code))
        complain(`"${definition.code}" is no name for a declared error`, 'It is PascalCase: OutOfStock.');
      if (!Number.isInteger(definition.status) || definition.status < 400 || definition.status > 599)
        complain(`the status ${definition.status} is no error`, 'Use 400 to 599; 409 when left out.');
      byCode.set(definition.code, { decl: errorDecl(desk, definition, complain), definition });
    }
  }
  const all = [...byCode.values()];
  return { decls: all.map(({ decl }) => decl), definitions: all.map(({ definition }) => definition) };
}

function errorDecl(
  desk: Desk,
  definition: ErrorDefinition,
  complain: (message: string, help?: string) => void,
): ErrorDecl {
  const nodes = Object.keys(definition.fields)
    .sort(compareText)
    .flatMap((name) => {
      const read = readField(name, definition.fields[name] as StandardSchemaV1, undefined);
      if ('field' in read) return [read.field];
      for (const { path, message, mend } of read.problems) complain(`${name}${path}: ${message}`, mend);
      return [];
    });
  const decl: ErrorDecl = {
    name: definition.code,
    status: definition.status,
    fields: desk.names.fields(nodes, definition.code, complain),
  };
  const doc = definition.doc?.trim();
  if (doc) decl.doc = doc;
  return decl;
}

/** All named types of a contract by name. */
export function typesOf(contract: Contract): Map<string, TypeDecl> {
  return new Map(contract.types.map((decl) => [decl.name, decl]));
}

export { errorDefinition };
