import {
  type Affects,
  type ContextDecl,
  compareText,
  type Field,
  type FunctionDecl,
  type Merge,
  type ScopeParam,
  scopeByName,
  scopeExplicit,
  type Type,
  type TypeDecl,
} from '@mizan/core';
import { contextDefinition, functionDefinition } from './define.ts';
import { printPlace, suggest } from './mistake.ts';
import { type Complainer, complainer, type Draft, shown } from './register-function.ts';
import type { Desk } from './registry.ts';
import { sameJson } from './schema-node.ts';

/** What a mutation names in `affects` or `merge`. */
interface Target {
  context: ContextDecl;
  /** The query that was named. */
  member: Draft | undefined;
  map: Readonly<Record<string, string>> | undefined;
}

interface Scene {
  desk: Desk;
  contexts: ReadonlyMap<string, ContextDecl>;
  types: Map<string, TypeDecl>;
}

/** Resolves `affects` and `merge` of all functions to contexts, members and parameters. */
export function resolveTargets(desk: Desk, contexts: readonly ContextDecl[]): void {
  const scene: Scene = {
    desk,
    contexts: new Map(contexts.map((decl) => [decl.name, decl])),
    types: new Map(desk.names.declarations().map((type) => [type.name, type])),
  };
  for (const draft of desk.drafts.values()) {
    const { options, place } = draft.definition;
    const complain = complainer(desk, draft.decl.name, place);
    draft.decl.affects = listed(options.affects).flatMap((value) => affected(scene, draft, value, complain));
    draft.decl.merge = listed(options.merge).flatMap((value) => merged(scene, draft, value, complain));
    refuseTwice(draft.decl, complain);
  }
}

function listed(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function affected(scene: Scene, draft: Draft, value: unknown, complain: Complainer): Affects[] {
  const target = targetOf(scene, value, 'affects', complain);
  if (target === undefined) return [];
  const { context, member } = target;
  const affects: Affects = {
    context: context.name,
    params: paramsOf(scene, draft, target, 'affects', complain),
  };
  if (member !== undefined) affects.member = member.decl.name;
  return [affects];
}

function merged(scene: Scene, draft: Draft, value: unknown, complain: Complainer): Merge[] {
  const target = targetOf(scene, value, 'merge', complain);
  if (target === undefined) return [];
  const { member, context } = target;
  if (member === undefined) {
    complain(
      `merge names the context "${context.name}"`,
      'It names a query: the result replaces that member.',
    );
    return [];
  }
  if (!sameJson(member.decl.output, draft.decl.output))
    complain(
      `it returns ${typeText(draft.decl.output)}, and ${described(scene.desk, member)} returns ${typeText(member.decl.output)}`,
      draft.output === member.output
        ? 'It is one schema without a name, so each place names it: export it from a passed module, or give it a title.'
        : 'What merges replaces the value as it stands: give both the same output schema.',
    );
  const params = paramsOf(scene, draft, target, 'merge', complain);
  const given = new Set(params.map((param) => param.param));
  const missing = context.params.filter(
    (param) =>
      !param.optional &&
      param.default === undefined &&
      param.type.kind !== 'nullable' &&
      !given.has(param.name),
  );
  if (missing.length > 0)
    complain(
      `nothing says into which ${context.name} the result merges: ${missing.map(fieldText).join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing`,
      `Take it from an argument or a field of the result: merge: ${member.decl.name}.scope({ ${missing[0]?.name}: '…' }).`,
    );
  return [{ function: member.decl.name, params }];
}

function targetOf(scene: Scene, value: unknown, option: string, complain: Complainer): Target | undefined {
  const scope = isScope(value) ? value : undefined;
  const named = scope?.target ?? value;
  const map = scope?.map;
  const context = contextDefinition(named);
  if (context !== undefined) {
    const decl =
      scene.desk.contexts.get(context.name) === context ? scene.contexts.get(context.name) : undefined;
    if (decl !== undefined) return { context: decl, member: undefined, map };
    complain(
      `${option} names the context "${context.name}"${at(scene.desk, context.place)}, which has no member in the passed modules`,
      'Pass the module of its queries to createMizan, or drop it.',
    );
    return undefined;
  }
  const definition = functionDefinition(named);
  if (definition === undefined) {
    complain(
      `${option} names ${shown(named)}, neither a context nor a query`,
      option === 'affects' ? 'affects: UserContext, or a query: affects: userPosts.' : 'merge: userProfile.',
    );
    return undefined;
  }
  const member = [...scene.desk.drafts.values()].find((draft) => draft.definition === definition);
  if (member === undefined) {
    complain(
      `${option} names a function${at(scene.desk, definition.place)} that is not in the passed modules`,
      'Pass its module to createMizan.',
    );
    return undefined;
  }
  const decl = member.decl.context === undefined ? undefined : scene.contexts.get(member.decl.context);
  if (decl !== undefined) return { context: decl, member, map };
  complain(
    `${option} names ${described(scene.desk, member)}, which is no query`,
    'Only what reads can become stale.',
  );
  return undefined;
}

function paramsOf(
  scene: Scene,
  draft: Draft,
  { context, member, map }: Target,
  option: string,
  complain: Complainer,
): ScopeParam[] {
  if (map === undefined) return scopeByName(draft.decl.input, context, scene.types);
  const name = member?.decl.name ?? contextName(scene.desk, context.name);
  const text = `${option}: ${name}.scope(${mapText(map)})`;
  const { params, faults } = scopeExplicit(map, draft.decl, context, scene.types);
  for (const { param, message } of faults) {
    const known = context.params.some((other) => other.name === param);
    const mark = known ? `'${map[param]}'` : param;
    complain(
      message,
      known ? sourceHelp(scene, draft, map[param] as string) : paramHelp(scene, context, param, map),
      { text, mark },
    );
  }
  return params;
}

function paramHelp(
  { desk }: Scene,
  context: ContextDecl,
  given: string,
  map: Readonly<Record<string, string>>,
): string {
  if (context.params.length === 0) return 'It has no parameters.';
  const meant = suggest(
    given,
    context.params.map((param) => param.name),
  );
  const from = context.members.map((name) => desk.drafts.get(name)).find((draft) => draft !== undefined);
  const has = `It has ${context.params.map(fieldText).join(', ')}, from ${from === undefined ? 'its members' : described(desk, from)}.`;
  return meant === undefined ? has : `${has} Did you mean ${meant}: '${map[given]}'?`;
}

function sourceHelp(scene: Scene, draft: Draft, given: string): string {
  const fields = [...draft.decl.input, ...outputFields(scene, draft.decl.output)];
  if (fields.length === 0) return 'It has neither arguments nor a result with fields.';
  const meant = suggest(
    given,
    fields.map((field) => field.name),
  );
  const has = `There are ${[...new Set(fields.map(fieldText))].join(', ')}.`;
  return meant === undefined || meant === given ? has : `${has} Did you mean '${meant}'?`;
}

function outputFields({ types }: Scene, type: Type): readonly Field[] {
  const bare = type.kind === 'nullable' ? type.of : type;
  const named = bare.kind === 'ref' ? types.get(bare.name)?.type : undefined;
  return named?.kind === 'struct' ? named.fields : [];
}

/** One context twice in one scope says nothing; in two scopes it is meant. */
function refuseTwice(decl: FunctionDecl, complain: Complainer): void {
  const seen = new Set<string>();
  for (const affects of decl.affects) {
    const text = JSON.stringify([affects.context, affects.member, affects.params]);
    if (seen.has(text))
      complain(`affects names ${affects.member ?? `"${affects.context}"`} twice`, 'Once is enough.');
    seen.add(text);
  }
}

function isScope(value: unknown): value is { target: unknown; map: Readonly<Record<string, string>> } {
  return typeof value === 'object' && value !== null && 'target' in value && 'map' in value;
}

function fieldText(field: Field): string {
  return `${field.name}: ${typeText(field.type)}`;
}

/** A type in a message, short. */
export function typeText(type: Type): string {
  switch (type.kind) {
    case 'ref':
      return type.name;
    case 'list':
      return `a list of ${typeText(type.items)}`;
    case 'map':
      return `a map of ${typeText(type.values)}`;
    case 'nullable':
      return `${typeText(type.of)} or null`;
    case 'null':
      return 'nothing';
    default:
      return type.kind;
  }
}

function mapText(map: Readonly<Record<string, string>>): string {
  const inner = Object.keys(map).map((key) => `${key}: '${map[key]}'`);
  return `{ ${inner.join(', ')} }`;
}

function described(desk: Desk, draft: Draft): string {
  return `${draft.decl.name}${at(desk, draft.definition.place)}`;
}

function at(desk: Desk, place: Draft['definition']['place']): string {
  return place === undefined ? '' : ` (${printPlace(place, desk.root)})`;
}

/** What the user's code calls a context. */
function contextName(desk: Desk, name: string): string {
  const exported = desk.found.contexts.filter(({ definition }) => definition.name === name);
  return exported.map(({ exportName }) => exportName).sort(compareText)[0] ?? `context '${name}'`;
}
