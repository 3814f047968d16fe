import { compareText, type FunctionDecl, isName } from '@mizan/core';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { FoundFunction } from './collect.ts';
import { contextDefinition, isSchema } from './define.ts';
import { type ErrorDefinition, errorDefinition } from './error.ts';
import { trimDoc } from './json-annotations.ts';
import { type Mistake, suggest } from './mistake.ts';
import type { Desk, RegisteredFunction } from './registry.ts';
import { readField, readSchema } from './schema.ts';
import type { FieldNode } from './schema-node.ts';
import { pascal } from './type-names.ts';
import type { AnyOptions, Fields } from './types.ts';

/** A registered function whose targets are still to be resolved. */
export type Draft = RegisteredFunction;

/** Reads one declaration: input, output, errors and flags; what it affects comes when all are known. */
export function draftFunction(desk: Desk, name: string, found: FoundFunction): Draft {
  const { definition, self } = found;
  const { options } = definition;
  const complain = complainer(desk, name, definition.place);
  checkOptions(options, complain);
  const context = contextDefinition(options.context);
  const decl: FunctionDecl = {
    name,
    input: [],
    output: { kind: 'null' },
    errors: [],
    auth:
      typeof options.auth === 'function' ? 'custom' : options.auth === true ? 'user' : options.auth || 'none',
    private: options.private === true,
    stream: false,
    websocket: options.websocket === true,
    affects: [],
    merge: [],
  };
  if (context !== undefined) decl.context = context.name;
  const doc = trimDoc(options.doc ?? '');
  if (doc !== undefined) decl.doc = doc;
  if (options.deprecated !== undefined && options.deprecated !== false)
    decl.deprecated = options.deprecated === true ? '' : options.deprecated.trim();
  const draft: Draft = {
    decl,
    definition,
    self,
    fields: [],
    whole: undefined,
    output: undefined,
    errors: [],
  };
  readInput(desk, draft, context?.fields ?? {}, complain);
  readOutput(desk, draft, complain);
  draft.errors = readErrors(options, complain);
  decl.errors = [...new Set(draft.errors.map((error) => error.code))].sort(compareText);
  return draft;
}

/** Notes mistakes about one function. */
export type Complainer = (message: string, help?: string, snippet?: Mistake['snippet']) => void;

export function complainer(desk: Desk, subject: string, place: Mistake['place']): Complainer {
  return (message, help, snippet) => {
    desk.mistakes.push({
      place,
      subject,
      message,
      ...(help === undefined ? {} : { help }),
      ...(snippet === undefined ? {} : { snippet }),
    });
  };
}

const OPTIONS = [
  'context',
  'input',
  'output',
  'affects',
  'merge',
  'errors',
  'auth',
  'private',
  'websocket',
  'name',
  'doc',
  'deprecated',
  'defaults',
];

function checkOptions(options: AnyOptions, complain: Complainer): void {
  for (const key of Object.keys(options)) {
    if (OPTIONS.includes(key)) continue;
    const meant = suggest(key, OPTIONS);
    complain(`there is no option "${key}"`, meant === undefined ? undefined : `Did you mean ${meant}?`);
  }
  if (options.context !== undefined && contextDefinition(options.context) === undefined)
    complain(
      `context is ${shown(options.context)}, not what context(…) made`,
      "export const UserContext = context('user', …), then context: UserContext.",
    );
  if (options.context !== undefined && (options.affects !== undefined || options.merge !== undefined))
    complain(
      'it has a context and affects or merge',
      'A read that writes cannot be cached: drop one, or make two functions of it.',
    );
  if (options.context !== undefined && options.output === undefined)
    complain('it is a query and returns nothing', 'Say what it returns: output: Profile.');
  if (options.auth !== undefined && !['boolean', 'function'].includes(typeof options.auth)) {
    if (!['staff', 'superuser'].includes(options.auth as string))
      complain(
        `auth is ${shown(options.auth)}`,
        "It is true, 'staff', 'superuser', or a function of (who, args).",
      );
  }
}

/** A value in a message. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return `the text "${value}"`;
  if (value === undefined) return 'undefined';
  return typeof value === 'object' && value !== null
    ? 'another object'
    : `${typeof value} ${String(value).slice(0, 40)}`;
}

function readInput(desk: Desk, draft: Draft, shared: Fields, complain: Complainer): void {
  const { input = {}, defaults = {} } = draft.definition.options;
  const nodes: FieldNode[] = [];
  const own = isSchema(input) ? readWhole(input, draft, complain) : readFields(input, defaults, complain);
  const given = readFields(shared, {}, complain);
  for (const node of own) {
    if (node.name in shared && Object.hasOwn(shared, node.name))
      complain(`"${node.name}" stands in its context already`, `All members have it: leave it out of input.`);
    else nodes.push(node);
  }
  nodes.push(...given);
  for (const name of Object.keys(defaults)) {
    const known = own.map((node) => node.name);
    if (known.includes(name)) continue;
    const meant = suggest(name, known);
    complain(
      `defaults names "${name}", which is no field of its input`,
      meant === undefined ? undefined : `Did you mean ${meant}?`,
    );
  }
  nodes.sort((a, b) => compareText(a.name, b.name));
  draft.decl.input = desk.names.fields(nodes, `${pascal(draft.decl.name)}Input`, complain);
  const schemas = isSchema(input) ? shared : { ...shared, ...input };
  draft.fields = nodes.flatMap(({ name }) => {
    const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    return schema === undefined ? [] : [[name, schema] as const];
  });
}

function readFields(
  fields: Fields,
  defaults: Readonly<Record<string, unknown>>,
  complain: Complainer,
): FieldNode[] {
  if (typeof fields !== 'object' || fields === null) {
    complain(`input is ${shown(fields)}`, 'Give fields, each a schema: input: { userId: z.int() }.');
    return [];
  }
  return Object.keys(fields).flatMap((name) => {
    const schema = fields[name];
    if (!isName(name)) {
      complain(
        `"${name}" is no name of a field`,
        'Names are lowerCamelCase, ASCII, at most 64 letters and digits.',
      );
      return [];
    }
    if (!isSchema(schema)) {
      complain(
        `the field "${name}" is ${shown(schema)}, not a schema`,
        'Use Zod, Valibot, ArkType or any other Standard Schema.',
      );
      return [];
    }
    const given = Object.hasOwn(defaults, name) ? { value: defaults[name] } : undefined;
    const read = readField(name, schema, given);
    if ('field' in read) return [read.field];
    for (const problem of read.problems) complain(`${name}${problem.path}: ${problem.message}`, problem.mend);
    return [];
  });
}

function readWhole(input: StandardSchemaV1, draft: Draft, complain: Complainer): FieldNode[] {
  const { defaults = {} } = draft.definition.options;
  const read = readSchema(input, 'input');
  if ('problems' in read) {
    for (const problem of read.problems) complain(`input${problem.path}: ${problem.message}`, problem.mend);
    return [];
  }
  if (read.node.kind !== 'struct') {
    complain('input is a schema, but not of an object', 'Give fields: input: { userId: z.int() }.');
    return [];
  }
  draft.whole = { schema: input, names: read.node.fields.map((field) => field.name) };
  return read.node.fields.map((field) =>
    Object.hasOwn(defaults, field.name)
      ? { ...field, optional: false, default: (defaults as Record<string, never>)[field.name] }
      : field,
  );
}

function readOutput(desk: Desk, draft: Draft, complain: Complainer): void {
  const { output } = draft.definition.options;
  if (output === undefined) return;
  if (!isSchema(output)) {
    complain(
      `output is ${shown(output)}, not a schema`,
      'Use Zod, Valibot, ArkType or any other Standard Schema.',
    );
    return;
  }
  draft.output = output;
  const read = readSchema(output, 'output');
  if ('node' in read) {
    draft.decl.output = desk.names.type(read.node, `${pascal(draft.decl.name)}Output`, complain);
    return;
  }
  for (const problem of read.problems) complain(`output${problem.path}: ${problem.message}`, problem.mend);
}

function readErrors(options: AnyOptions, complain: Complainer): ErrorDefinition[] {
  if (options.errors !== undefined && !Array.isArray(options.errors)) {
    complain(`errors is ${shown(options.errors)}`, 'It is a list: errors: [OutOfStock].');
    return [];
  }
  return (options.errors ?? []).flatMap((given) => {
    const definition = errorDefinition(given);
    if (definition !== undefined) return [definition];
    complain(
      `errors names ${shown(given)}, not what error(…) made`,
      "export const OutOfStock = error('OutOfStock', { fields: … }). Standard codes need no declaration.",
    );
    return [];
  });
}
