import type { JsonSchema } from './json-schema.ts';

/** Zod's `z.json()`: a union of all that JSON has, with itself inside. */
export function isAnyJson(schema: JsonSchema, root: JsonSchema): boolean {
  if (!Array.isArray(schema.anyOf) || schema.anyOf.length !== 6) return false;
  const arms = schema.anyOf as JsonSchema[];
  const refersBack = (value: unknown): boolean => {
    const ref = (value as JsonSchema | undefined)?.$ref;
    return typeof ref === 'string' && resolve(root, ref) === schema;
  };
  return (
    arms.every((arm) => typeof arm === 'object' && arm !== null) &&
    arms.some((arm) => arm.type === 'array' && refersBack(arm.items)) &&
    arms.some((arm) => arm.type === 'object' && refersBack(arm.additionalProperties))
  );
}

/** What a reference within a schema leads to. */
export function resolve(root: JsonSchema, ref: string): JsonSchema | undefined {
  if (ref === '#') return root;
  if (!ref.startsWith('#/')) return undefined;
  let at: unknown = root;
  for (const part of ref.slice(2).split('/')) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at as JsonSchema;
}
