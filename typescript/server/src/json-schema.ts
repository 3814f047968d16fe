import { compareText, type Json } from '@mizan/core';
import { deprecatedOf, docOf, namedBy } from './json-annotations.ts';
import { readNumber } from './json-number.ts';
import { pattern as contractPattern } from './json-pattern.ts';
import { isAnyJson, resolve } from './json-reference.ts';
import type { FieldNode, ListNode, MapNode, Node, ScalarNode, StructNode, UnionNode } from './schema-node.ts';
import { joinStructs, makeUnion } from './schema-union.ts';

/** A JSON Schema (2020-12) as a brand prints it. */
export type JsonSchema = { readonly [key: string]: unknown };

/** Something that a schema says and no contract can. `path` leads into the type, for the message only. */
export interface SchemaProblem {
  path: string;
  message: string;
  /** How to mend it. */
  mend?: string;
}

/** What one reading of a schema gives. */
export interface Reading {
  node: Node | undefined;
  problems: SchemaProblem[];
}

/** Reads a JSON Schema into a type of the contract, whatever brand printed it (spec/ir/constructs.md). */
export function readJsonSchema(schema: JsonSchema): Reading {
  const reader = new SchemaReader(schema);
  const node = reader.read(schema, '');
  return { node: reader.problems.length === 0 ? node : undefined, problems: reader.problems };
}

/** What stands in where a problem was found, so that reading goes on. */
const UNREADABLE: ScalarNode = { kind: 'scalar', type: { kind: 'json' } };

/** Formats that are types of the contract. */
const FORMATS: Readonly<Record<string, ScalarNode['type']['kind']>> = {
  bigint: 'bigint',
  decimal: 'decimal',
  'date-time': 'datetime',
  datetime: 'datetime',
  date: 'date',
  time: 'time',
  duration: 'duration',
  uuid: 'uuid',
  bytes: 'bytes',
  base64: 'bytes',
};

export class SchemaReader {
  readonly problems: SchemaProblem[] = [];
  private readonly known = new Map<JsonSchema, Node>();
  private readonly open = new Set<JsonSchema>();
  private readonly root: JsonSchema;

  constructor(root: JsonSchema) {
    this.root = root;
  }

  read(schema: JsonSchema, path: string): Node {
    const known = this.known.get(schema);
    if (known) return known;
    if (this.open.has(schema))
      return this.refuse(
        path,
        'a type contains itself without an object in between',
        'Put an object in between.',
      );
    this.open.add(schema);
    const node = this.readNew(schema, path);
    this.open.delete(schema);
    return node;
  }

  private readNew(schema: JsonSchema, path: string): Node {
    if (typeof schema.$ref === 'string') return this.reference(schema, schema.$ref, path);
    if (schema.format === 'json' || isAnyJson(schema, this.root))
      return { kind: 'scalar', type: { kind: 'json' } };
    const text = textOf(schema);
    if (text !== undefined) return this.text(schema, text, path);
    for (const key of ['anyOf', 'oneOf']) {
      const arms = schema[key];
      if (Array.isArray(arms)) return this.union(schema, arms as JsonSchema[], path);
    }
    if (Array.isArray(schema.allOf)) return this.intersection(schema, schema.allOf as JsonSchema[], path);
    if (Array.isArray(schema.type))
      return this.union(
        schema,
        schema.type.map((type) => ({ ...schema, title: undefined, type })),
        path,
      );
    if (Array.isArray(schema.enum)) return this.literals(schema, schema.enum, path);
    if ('const' in schema) return this.literals(schema, [schema.const], path);
    switch (schema.type) {
      case 'string':
        return this.text(schema, undefined, path);
      case 'integer':
      case 'number':
        return readNumber(schema);
      case 'boolean':
        return { kind: 'scalar', type: { kind: 'bool' } };
      case 'null':
        return { kind: 'scalar', type: { kind: 'null' } };
      case 'array':
        return this.list(schema, path);
      case 'object':
        return this.object(schema, path);
    }
    return this.refuse(path, ...formless(schema));
  }

  private reference(schema: JsonSchema, ref: string, path: string): Node {
    const target = resolve(this.root, ref);
    if (target === undefined) return this.refuse(path, `the reference ${ref} leads nowhere`);
    const name = /^#\/\$defs\/([A-Z][A-Za-z0-9]*)$/.exec(ref)?.[1];
    const titled = name === undefined || target.title !== undefined ? target : titledDefinition(target, name);
    const node = this.read(titled, path);
    // A description beside the reference belongs to the place, not to the type.
    if (schema.title === undefined || !('title' in node)) return node;
    return { ...node, title: String(schema.title) };
  }

  private text(schema: JsonSchema, format: string | undefined, path: string): Node {
    const kind = format === undefined ? undefined : FORMATS[format];
    if (kind === 'bigint' || kind === 'decimal')
      return { kind: 'scalar', type: { kind, ...textBounds(schema) } };
    if (kind !== undefined) return { kind: 'scalar', type: { kind } as ScalarNode['type'] };
    const type: Extract<ScalarNode['type'], { kind: 'string' }> = { kind: 'string' };
    if (typeof schema.minLength === 'number' && schema.minLength > 0) type.minLength = schema.minLength;
    if (typeof schema.maxLength === 'number') type.maxLength = schema.maxLength;
    // The pattern of a format is each brand's own, so it stays with the validator.
    if (format === undefined && typeof schema.pattern === 'string') {
      const read = contractPattern(schema.pattern);
      if ('problem' in read) return this.refuse(path, read.problem, read.mend);
      type.pattern = read.pattern;
    }
    return { kind: 'scalar', type };
  }

  private literals(schema: JsonSchema, values: unknown[], path: string): Node {
    const rest = values.filter((value) => value !== null);
    if (rest.length === 0) return { kind: 'scalar', type: { kind: 'null' } };
    const inner = this.values(schema, rest, path);
    return rest.length === values.length ? inner : { kind: 'nullable', of: inner };
  }

  private values(schema: JsonSchema, values: unknown[], path: string): Node {
    if (values.every((value) => typeof value === 'string'))
      return { kind: 'enum', values: [...new Set(values as string[])].sort(compareText), ...namedBy(schema) };
    if (values.every((value) => typeof value === 'boolean'))
      return { kind: 'scalar', type: { kind: 'bool' } };
    if (values.every(Number.isSafeInteger)) {
      // The contract has no enum of numbers: the bounds go in, the validator keeps the rest.
      const numbers = values as number[];
      return { kind: 'scalar', type: { kind: 'int', max: Math.max(...numbers), min: Math.min(...numbers) } };
    }
    return this.refuse(path, 'an enum has only texts, or only whole numbers', 'Use a union, or texts.');
  }

  /** A union may contain itself, so it is known before its arms are read. */
  private union(schema: JsonSchema, arms: JsonSchema[], path: string): Node {
    const rest = arms.filter((arm) => arm.type !== 'null' && arm.const !== null);
    const union: UnionNode = { kind: 'union', arms: [], tag: undefined, ...namedBy(schema) };
    const outer: Node = rest.length < arms.length ? { kind: 'nullable', of: union } : union;
    this.known.set(schema, outer);
    const made = makeUnion(
      rest.map((arm) => this.read(arm, path)),
      namedBy(schema),
    );
    if ('problem' in made) return this.refuse(path, made.problem, made.mend);
    if (made.node.kind === 'union') Object.assign(union, made.node);
    else if (outer.kind === 'nullable') outer.of = made.node.kind === 'nullable' ? made.node.of : made.node;
    else this.known.set(schema, made.node);
    return this.known.get(schema) as Node;
  }

  private intersection(schema: JsonSchema, parts: JsonSchema[], path: string): Node {
    const joined = joinStructs(
      parts.map((part) => this.read(part, path)),
      namedBy(schema),
    );
    return 'problem' in joined ? this.refuse(path, joined.problem) : joined.node;
  }

  private list(schema: JsonSchema, path: string): Node {
    if (schema.prefixItems !== undefined || Array.isArray(schema.items))
      return this.refuse(
        path,
        'a tuple has no form in the contract',
        'Use an object with a field for each item.',
      );
    if (typeof schema.items !== 'object' || schema.items === null)
      return this.refuse(path, 'a list says nothing of its items', 'Give the schema of one item.');
    const list: ListNode = {
      kind: 'list',
      items: UNREADABLE,
      minItems: bound(schema.minItems),
      maxItems: typeof schema.maxItems === 'number' ? schema.maxItems : undefined,
    };
    this.known.set(schema, list);
    list.items = this.read(schema.items as JsonSchema, `${path}[]`);
    return list;
  }

  private object(schema: JsonSchema, path: string): Node {
    const extra = schema.additionalProperties;
    const open = extra === true || (typeof extra === 'object' && extra !== null);
    const properties = schema.properties as Readonly<Record<string, JsonSchema>> | undefined;
    const count = properties === undefined ? 0 : Object.keys(properties).length;
    if (open && count > 0)
      return this.refuse(
        path,
        'an object has fields and other keys besides',
        'Move the other keys into a field of type record.',
      );
    if (open && extra !== true) return this.map(schema, extra as JsonSchema, path);
    if (open || properties === undefined)
      return this.refuse(path, 'an object says nothing of its fields', 'Name its fields, or use a record.');
    return this.struct(schema, properties, path);
  }

  private map(schema: JsonSchema, values: JsonSchema, path: string): Node {
    const map: MapNode = {
      kind: 'map',
      values: UNREADABLE,
      minItems: bound(schema.minProperties),
      maxItems: typeof schema.maxProperties === 'number' ? schema.maxProperties : undefined,
    };
    this.known.set(schema, map);
    map.values = this.read(values, `${path}{}`);
    return map;
  }

  private struct(schema: JsonSchema, properties: Readonly<Record<string, JsonSchema>>, path: string): Node {
    const node: StructNode = { kind: 'struct', fields: [], ...namedBy(schema) };
    this.known.set(schema, node);
    const required = new Set(Array.isArray(schema.required) ? (schema.required as string[]) : []);
    for (const name of Object.keys(properties).sort(compareText)) {
      const property = properties[name] as JsonSchema;
      node.fields.push(this.field(name, property, required.has(name), path));
    }
    return node;
  }

  private field(name: string, schema: JsonSchema, required: boolean, path: string): FieldNode {
    const node = this.read(schema, `${path}.${name}`);
    const hasDefault = schema.default !== undefined;
    // A struct's description is the type's own; anything else is described at its place.
    const own = node.kind !== 'struct' && !('title' in node && node.title !== undefined);
    return {
      name,
      node,
      optional: !required && !hasDefault,
      default: hasDefault ? (schema.default as Json) : undefined,
      doc: own ? docOf(schema) : undefined,
      deprecated: own ? deprecatedOf(schema) : undefined,
    };
  }

  private refuse(path: string, message: string, mend?: string): Node {
    this.problems.push(mend === undefined ? { path, message } : { path, message, mend });
    return UNREADABLE;
  }
}

/** The format under which a schema is a text, if it is one with a format. ArkType prints `uuid` as a union. */
function textOf(schema: JsonSchema): string | undefined {
  if (schema.contentEncoding === 'base64') return 'base64';
  if (typeof schema.format !== 'string') return undefined;
  if (schema.type === 'string' || schema.type === undefined) return schema.format;
  return undefined;
}

const titled = new WeakMap<JsonSchema, JsonSchema>();

/** Zod's `meta({ id })` names the definition; one object each, because recursion is told by identity. */
function titledDefinition(schema: JsonSchema, title: string): JsonSchema {
  const known = titled.get(schema);
  if (known) return known;
  const copy = { ...schema, title };
  titled.set(schema, copy);
  return copy;
}

function textBounds(schema: JsonSchema): { min?: string; max?: string } {
  const bounds: { min?: string; max?: string } = {};
  if (typeof schema.min === 'string') bounds.min = schema.min;
  if (typeof schema.max === 'string') bounds.max = schema.max;
  return bounds;
}

function bound(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}

function formless(schema: JsonSchema): [string, string] {
  const keys = Object.keys(schema).filter((key) => key !== '$schema' && key !== 'description');
  if (keys.length === 0)
    return [
      'a schema that says nothing has no wire form',
      'A Date, a bigint, a transform? Give it a text with format "date-time", "bigint", …; for any JSON give format "json".',
    ];
  return [
    `${keys.map((key) => `"${key}"`).join(', ')} has no form in the contract`,
    'See the list of constructs in the documentation.',
  ];
}
