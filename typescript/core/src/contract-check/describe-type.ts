import type { Type, TypeDecl } from '../contract.ts';

/** A type in a few words, for messages: `int`, `list of Profile`, `"open" or "closed"`, `date or null`. */
export function describeType(type: Type | TypeDecl['type']): string {
  switch (type.kind) {
    case 'ref':
      return type.name;
    case 'list':
      return `list of ${describeType(type.items)}`;
    case 'map':
      return `map of ${describeType(type.values)}`;
    case 'nullable':
      return `${describeType(type.of)} or null`;
    case 'enum':
      return listOr(type.values.map((value) => JSON.stringify(value)));
    case 'union':
      return listOr(type.arms.map(describeType));
    default:
      return type.kind;
  }
}

function listOr(words: readonly string[]): string {
  const shown = words.length > 6 ? [...words.slice(0, 5), `${words.length - 5} more`] : words;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}
