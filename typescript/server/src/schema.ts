import type { Json } from '@mizan/core';
import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec';
import { deprecatedOf, docOf } from './json-annotations.ts';
import { type JsonSchema, readJsonSchema, type SchemaProblem } from './json-schema.ts';
import { type FieldNode, type Node, type StructNode, sameNode } from './schema-node.ts';

export type Direction = 'input' | 'output';

/** A schema as one type of the contract, or what keeps it from being one. */
export type SchemaReading = { node: Node } | { problems: SchemaProblem[] };

const readings = new WeakMap<StandardSchemaV1, Partial<Record<Direction, SchemaReading>>>();

/** The type that a schema takes in or gives out. Read once a schema and direction. */
export function readSchema(schema: StandardSchemaV1, direction: Direction): SchemaReading {
  const known = readings.get(schema) ?? {};
  readings.set(schema, known);
  known[direction] ??= direction === 'input' ? readInput(schema) : readOutput(schema);
  return known[direction];
}

/** A field of an input: whether it may be left out is asked of the schema itself, JSON Schema does not say. */
export function readField(
  name: string,
  schema: StandardSchemaV1,
  given: { value: unknown } | undefined,
): { field: FieldNode } | { problems: SchemaProblem[] } {
  const json = printed(schema, 'input');
  if ('problems' in json) return json;
  const reading = readSchema(schema, 'input');
  if ('problems' in reading) return reading;
  const absent = given ?? whenAbsent(schema, reading.node, json.schema);
  const field: FieldNode = {
    name,
    node: reading.node,
    optional: absent !== undefined && absent.value === undefined,
    default: absent?.value as Json | undefined,
    doc: reading.node.kind === 'struct' ? undefined : docOf(json.schema),
    deprecated: deprecatedOf(json.schema),
  };
  return { field };
}

function readInput(schema: StandardSchemaV1): SchemaReading {
  const json = printed(schema, 'input');
  if ('problems' in json) return json;
  return asReading(readJsonSchema(json.schema));
}

/** Brands differ in what they say of defaults on the way out; the way in has them. */
function readOutput(schema: StandardSchemaV1): SchemaReading {
  const json = printed(schema, 'output');
  if ('problems' in json) return json;
  const reading = asReading(readJsonSchema(json.schema));
  if ('problems' in reading) return reading;
  const input = readSchema(schema, 'input');
  if ('node' in input && !sameNode(input.node, reading.node))
    takeDefaults(reading.node, input.node, new Set());
  return reading;
}

function takeDefaults(output: Node, input: Node, seen: Set<Node>): void {
  if (output.kind !== input.kind || seen.has(output)) return;
  seen.add(output);
  if (output.kind === 'nullable') takeDefaults(output.of, (input as typeof output).of, seen);
  else if (output.kind === 'list') takeDefaults(output.items, (input as typeof output).items, seen);
  else if (output.kind === 'map') takeDefaults(output.values, (input as typeof output).values, seen);
  else if (output.kind === 'union') {
    const arms = (input as typeof output).arms;
    for (const [at, arm] of output.arms.entries()) if (arms[at]) takeDefaults(arm, arms[at], seen);
  } else if (output.kind === 'struct') takeFieldDefaults(output, input as StructNode, seen);
}

function takeFieldDefaults(output: StructNode, input: StructNode, seen: Set<Node>): void {
  for (const field of output.fields) {
    const other = input.fields.find((candidate) => candidate.name === field.name);
    if (!other) continue;
    if (field.default === undefined && other.default !== undefined && sameNode(field.node, other.node)) {
      field.default = other.default;
      field.optional = false;
    }
    takeDefaults(field.node, other.node, seen);
  }
}

/** What an absent value becomes: undefined where it must be given. Any JSON must be given. */
function whenAbsent(schema: StandardSchemaV1, node: Node, json: JsonSchema): { value: unknown } | undefined {
  if (json.default !== undefined) return { value: json.default };
  if (node.kind === 'scalar' && node.type.kind === 'json') return undefined;
  try {
    const result = schema['~standard'].validate(undefined);
    if (result instanceof Promise) {
      result.catch(() => {});
      return undefined;
    }
    return result.issues === undefined ? { value: asJson(result.value) } : undefined;
  } catch {
    return undefined;
  }
}

/** A default that a transform made into something else is the validator's own business. */
function asJson(value: unknown): unknown {
  try {
    return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
  } catch {
    return undefined;
  }
}

function asReading({ node, problems }: { node: Node | undefined; problems: SchemaProblem[] }): SchemaReading {
  return node === undefined ? { problems } : { node };
}

const TARGET = { target: 'draft-2020-12' } as const;

/** The JSON Schema of a schema, if its brand prints one. */
function printed(
  schema: StandardSchemaV1,
  direction: Direction,
): { schema: JsonSchema } | { problems: SchemaProblem[] } {
  const standard = schema['~standard'] as StandardSchemaV1.Props & Partial<StandardJSONSchemaV1.Props>;
  if (standard.jsonSchema === undefined) return { problems: [noJsonSchema(standard.vendor)] };
  try {
    const json: JsonSchema = standard.jsonSchema[direction](TARGET);
    return { schema: json };
  } catch (error) {
    const said = error instanceof Error ? error.message.split('\n')[0] : String(error);
    const way = direction === 'input' ? 'takes in' : 'gives out';
    return {
      problems: [
        {
          path: '',
          message: `what the schema ${way} has no wire form: ${said}`,
          mend: 'Use a text with a format, such as "date-time" or "bigint", or end a transform with the schema of its result.',
        },
      ],
    };
  }
}

function noJsonSchema(vendor: string): SchemaProblem {
  const mend =
    vendor === 'valibot'
      ? "Wrap it: toStandardJsonSchema(schema) from '@valibot/to-json-schema'."
      : 'Use a brand that speaks Standard JSON Schema: Zod from 4.2, ArkType from 2.1.28, Valibot through toStandardJsonSchema.';
  return { path: '', message: `the ${vendor} schema prints no JSON Schema`, mend };
}
