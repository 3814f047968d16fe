import type { Type, TypeDecl } from '@mizan/core';

type Types = ReadonlyMap<string, TypeDecl>;

/** Which arm of the one union is which of the other, by what tells arms apart: the tag's text or the kind of JSON value. */
export function matchArms(
  old: readonly Type[],
  now: readonly Type[],
  tags: readonly [string | undefined, string | undefined],
  oldTypes: Types,
  nowTypes: Types,
): { added: Type[]; removed: Type[]; pairs: [Type, Type][] } {
  const tag = tags[0] ?? tags[1];
  const before = new Map(old.map((arm) => [keyOf(arm, tag, oldTypes), arm]));
  const after = new Map(now.map((arm) => [keyOf(arm, tag, nowTypes), arm]));
  const added: Type[] = [];
  const removed: Type[] = [];
  const pairs: [Type, Type][] = [];
  for (const [key, arm] of after) {
    const earlier = before.get(key);
    if (earlier === undefined) added.push(arm);
    else pairs.push([earlier, arm]);
  }
  for (const [key, arm] of before) if (!after.has(key)) removed.push(arm);
  return { added, removed, pairs };
}

function keyOf(arm: Type, tag: string | undefined, types: Types): string {
  const body = bodyOf(arm, types);
  if (body.kind === 'struct' && tag !== undefined) {
    const field = body.fields.find((one) => one.name === tag);
    const type = field && bodyOf(field.type, types);
    if (type?.kind === 'enum') return `= ${type.values.join(' ')}`;
  }
  switch (body.kind) {
    case 'int':
    case 'float':
      return 'number';
    case 'bool':
      return 'boolean';
    case 'list':
      return 'array';
    case 'map':
    case 'struct':
      return 'object';
    case 'union':
      return 'union';
    case 'ref':
      return body.name;
    default:
      return 'string';
  }
}

function bodyOf(type: Type, types: Types): Type | TypeDecl['type'] {
  return type.kind === 'ref' ? (types.get(type.name)?.type ?? type) : type;
}
