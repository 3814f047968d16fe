import type { JsonSchema } from './json-schema.ts';
import type { Named } from './schema-node.ts';

/** What a schema says of itself. */
export function namedBy(schema: JsonSchema): Named {
  return {
    title: typeof schema.title === 'string' ? schema.title : undefined,
    doc: docOf(schema),
    deprecated: deprecatedOf(schema),
  };
}

/** A description without its outer blanks; ArkType writes one of its own for a UUID. */
export function docOf(schema: JsonSchema): string | undefined {
  if (typeof schema.description !== 'string' || (schema.format === 'uuid' && schema.description === 'a UUID'))
    return undefined;
  return trimDoc(schema.description);
}

/** Documentation in its one form: lines joined by LF, trimmed; undefined when there is none. */
export function trimDoc(text: string): string | undefined {
  const trimmed = text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .join('\n')
    .trim();
  return trimmed === '' ? undefined : trimmed;
}

/** The reason, possibly empty; undefined when it is not deprecated. */
export function deprecatedOf(schema: JsonSchema): string | undefined {
  if (typeof schema.deprecated === 'string') return schema.deprecated;
  return schema.deprecated === true ? '' : undefined;
}
