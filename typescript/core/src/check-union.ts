import { isInherited, isObject } from './check-object.ts';
import { type Node, refuse } from './check-walk.ts';

/** The kinds of JSON value that arms of a union may be told apart by. */
export type JsonKind = 'string' | 'number' | 'boolean' | 'array' | 'object';

/** Arms of different JSON kinds. */
export function kindUnionNode(arms: ReadonlyMap<JsonKind, Node>): Node {
  const message = `must be one of these: ${[...arms.keys()].join(', ')}`;
  const string = arms.get('string');
  const number = arms.get('number');
  const boolean = arms.get('boolean');
  const array = arms.get('array');
  const object = arms.get('object');
  return (value, walk, depth) => {
    const node =
      typeof value === 'string'
        ? string
        : typeof value === 'number'
          ? number
          : typeof value === 'boolean'
            ? boolean
            : Array.isArray(value)
              ? array
              : isObject(value)
                ? object
                : undefined;
    return node === undefined ? refuse(walk, 'union', message) : node(value, walk, depth);
  };
}

/** Structs told apart by the text of one field. */
export function taggedUnionNode(tag: string, arms: ReadonlyMap<string, Node>): Node {
  const message = `must be one of ${[...arms.keys()].map((value) => JSON.stringify(value)).join(', ')}`;
  const inherited = isInherited(tag);
  return (value, walk, depth) => {
    if (!isObject(value)) return refuse(walk, 'type', 'must be an object');
    const given = inherited && !Object.hasOwn(value, tag) ? undefined : value[tag];
    const node = typeof given === 'string' ? arms.get(given) : undefined;
    if (node !== undefined) return node(value, walk, depth);
    if (given === undefined) walk?.noteAt(tag, 'required', 'is required');
    else walk?.noteAt(tag, 'union', message);
    return refuse(undefined, 'union', message);
  };
}
