import { type ContextDecl, compareText, type Field, isName, LIMITS, paramFault } from '@mizan/core';
import { type ContextDefinition, contextDefinition } from './define.ts';
import { trimDoc } from './json-annotations.ts';
import { printPlace } from './mistake.ts';
import { complainer, type Draft } from './register-function.ts';
import type { Desk } from './registry.ts';
import { sameJson } from './schema-node.ts';

/** Makes the contexts of all members, their parameters the union of the members'. */
export function registerContexts(desk: Desk): ContextDecl[] {
  nameContexts(desk);
  return [...desk.contexts.values()].map((definition) => declare(desk, definition));
}

/** Contexts that have members; two of one name are a mistake. */
function nameContexts(desk: Desk): void {
  const taken = new Map<string, ContextDefinition>();
  const all = [
    ...[...desk.drafts.values()].flatMap(
      (draft) => contextDefinition(draft.definition.options.context) ?? [],
    ),
    ...desk.found.contexts.map(({ definition }) => definition),
  ];
  for (const definition of new Set(all)) {
    const complain = complainer(desk, `context "${definition.name}"`, definition.place);
    const other = taken.get(definition.name.toLowerCase());
    if (other !== undefined) {
      const at = other.place === undefined ? '' : ` at ${printPlace(other.place, desk.root)}`;
      complain(`there is another context "${other.name}"${at}`, 'Rename one of them, or share the one.');
      continue;
    }
    taken.set(definition.name.toLowerCase(), definition);
    if (!isName(definition.name))
      complain(
        `"${definition.name}" is no wire name`,
        'Names are lowerCamelCase, ASCII, at most 64 letters and digits.',
      );
    for (const key of ['cache', 'rev'] as const) {
      const value = definition[key];
      if (value !== undefined && (!Number.isSafeInteger(value) || value < (key === 'cache' ? 1 : 0)))
        complain(
          `${key} is ${value}`,
          key === 'cache'
            ? 'It is whole seconds, from 1; leave it out where nothing may be kept.'
            : 'It is a whole number, from 0.',
        );
    }
    if (membersOf(desk, definition).length > 0) desk.contexts.set(definition.name, definition);
  }
}

/** The members of a context, by name. */
export function membersOf(desk: Desk, definition: ContextDefinition): Draft[] {
  return [...desk.drafts.values()].filter(
    (draft) => contextDefinition(draft.definition.options.context) === definition,
  );
}

function declare(desk: Desk, definition: ContextDefinition): ContextDecl {
  const members = membersOf(desk, definition);
  const decl: ContextDecl = {
    name: definition.name,
    params: params(desk, definition, members),
    members: members.map((draft) => draft.decl.name).sort(compareText),
    cacheClass: members.some((draft) => draft.decl.auth !== 'none') ? 'user' : 'public',
    rev: definition.rev,
  };
  if (definition.cache !== undefined) decl.cache = definition.cache;
  const doc = trimDoc(definition.doc ?? '');
  if (doc !== undefined) decl.doc = doc;
  return decl;
}

/** One name means one type and one default. */
function params(desk: Desk, definition: ContextDefinition, members: readonly Draft[]): Field[] {
  const types = new Map(desk.names.declarations().map((type) => [type.name, type]));
  const taken = new Map<string, { field: Field; by: Draft }>();
  for (const draft of members) {
    for (const field of draft.decl.input) {
      const known = taken.get(field.name);
      if (known === undefined) taken.set(field.name, { field, by: draft });
      else if (!sameParam(known.field, field)) {
        const at = known.by.definition.place;
        complainer(
          desk,
          draft.decl.name,
          draft.definition.place,
        )(
          `"${field.name}" is not what it is in ${known.by.decl.name}${at === undefined ? '' : ` (${printPlace(at, desk.root)})`}`,
          `In one context a name means one type and one default: put it into context('${definition.name}', { input: { ${field.name}: … } }).`,
        );
      }
    }
  }
  const fields = [...taken.values()];
  for (const { field, by } of fields) {
    const fault = paramFault(field, types);
    const shared = Object.hasOwn(definition.fields, field.name);
    const complain = shared
      ? complainer(desk, `context "${definition.name}"`, definition.place)
      : complainer(desk, by.decl.name, by.definition.place);
    if (fault !== undefined)
      complain(`the parameter "${field.name}" cannot stand in an address`, `${sentence(fault)}`);
  }
  if (fields.length > LIMITS.contextParams)
    complainer(
      desk,
      `context "${definition.name}"`,
      definition.place,
    )(
      `it has ${fields.length} parameters, at most ${LIMITS.contextParams} are allowed`,
      `They are ${fields.map(({ field }) => field.name).join(', ')}.`,
    );
  return fields.map(({ field }) => field).sort((a, b) => compareText(a.name, b.name));
}

function sameParam(a: Field, b: Field): boolean {
  return a.optional === b.optional && sameJson(a.default, b.default) && sameJson(a.type, b.type);
}

function sentence(text: string): string {
  return `${text[0]?.toUpperCase()}${text.slice(1)}.`;
}
