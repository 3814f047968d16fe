import type { JsonSchema } from './json-schema.ts';
import type { ScalarNode } from './schema-node.ts';

/** Reads `integer` and `number`. Bounds of the safe range go: one brand prints them, others do not. */
export function readNumber(schema: JsonSchema): ScalarNode {
  return schema.type === 'integer' ? readInt(schema) : readFloat(schema);
}

function readInt(schema: JsonSchema): ScalarNode {
  const type: Extract<ScalarNode['type'], { kind: 'int' }> = { kind: 'int' };
  const min = highest(whole(schema.minimum, Math.ceil), after(schema.exclusiveMinimum));
  const max = lowest(whole(schema.maximum, Math.floor), before(schema.exclusiveMaximum));
  if (min !== undefined && min > Number.MIN_SAFE_INTEGER) type.min = min;
  if (max !== undefined && max < Number.MAX_SAFE_INTEGER) type.max = max;
  if (typeof schema.multipleOf === 'number' && Number.isInteger(schema.multipleOf) && schema.multipleOf > 1)
    type.multipleOf = schema.multipleOf;
  return { kind: 'scalar', type };
}

/** Exclusive bounds of floats have no form in the contract; the validator keeps them. */
function readFloat(schema: JsonSchema): ScalarNode {
  const type: Extract<ScalarNode['type'], { kind: 'float' }> = { kind: 'float' };
  if (typeof schema.minimum === 'number' && schema.minimum !== Number.MIN_SAFE_INTEGER)
    type.min = schema.minimum;
  if (typeof schema.maximum === 'number' && schema.maximum !== Number.MAX_SAFE_INTEGER)
    type.max = schema.maximum;
  return { kind: 'scalar', type };
}

function whole(value: unknown, round: (value: number) => number): number | undefined {
  return typeof value === 'number' ? round(value) : undefined;
}

function after(value: unknown): number | undefined {
  return typeof value === 'number' ? Math.floor(value) + 1 : undefined;
}

function before(value: unknown): number | undefined {
  return typeof value === 'number' ? Math.ceil(value) - 1 : undefined;
}

function highest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || (b !== undefined && b > a) ? b : a;
}

function lowest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || (b !== undefined && b < a) ? b : a;
}
