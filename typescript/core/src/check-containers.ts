import { isFreeKey, isObject, isPlain, type JsonObject, refuseKey, sortedKeys } from './check-object.ts';
import { BAD, isTooDeep, type Node, refuse } from './check-walk.ts';

/** How many items or entries a container may have. */
export interface Count {
  minItems?: number;
  maxItems?: number;
}

/** Items of one type; the given array when no item changes. */
export function listNode(items: Node, count: Count): Node {
  const least = count.minItems ?? 0;
  const most = count.maxItems ?? Number.POSITIVE_INFINITY;
  return (value, walk, depth) => {
    if (!Array.isArray(value)) return refuse(walk, 'type', 'must be an array');
    if (isTooDeep(walk, depth)) return BAD;
    let bad = false;
    if (value.length < least) bad = refuse(walk, 'minItems', `must have at least ${least} items`) === BAD;
    if (value.length > most) bad = refuse(walk, 'maxItems', `must have at most ${most} items`) === BAD;
    if (bad && walk === undefined) return BAD;
    let copy: unknown[] | undefined;
    for (let at = 0; at < value.length; at++) {
      const given: unknown = value[at];
      const result =
        walk === undefined ? items(given, walk, depth + 1) : walk.descend(at, items, given, depth + 1);
      if (result === BAD) {
        if (walk === undefined || walk.full) return BAD;
        bad = true;
      } else {
        if (copy === undefined && !Object.is(result, given)) copy = value.slice(0, at);
        copy?.push(result);
      }
    }
    return bad ? BAD : (copy ?? value);
  };
}

/** Values of one type under any keys but two; always a fresh object. */
export function mapNode(values: Node, count: Count): Node {
  const least = count.minItems ?? 0;
  const most = count.maxItems ?? Number.POSITIVE_INFINITY;
  return (value, walk, depth) => {
    if (!isObject(value) || !isPlain(value)) return refuse(walk, 'type', 'must be an object');
    if (isTooDeep(walk, depth)) return BAD;
    const keys = walk === undefined ? Object.keys(value) : sortedKeys(value);
    let bad = false;
    if (keys.length < least) bad = refuse(walk, 'minItems', `must have at least ${least} entries`) === BAD;
    if (keys.length > most) bad = refuse(walk, 'maxItems', `must have at most ${most} entries`) === BAD;
    if (bad && walk === undefined) return BAD;
    const copy: JsonObject = {};
    for (const key of keys) {
      const result = !isFreeKey(key)
        ? refuseKey(walk, key)
        : walk === undefined
          ? values(value[key], walk, depth + 1)
          : walk.descend(key, values, value[key], depth + 1);
      if (result === BAD) {
        if (walk === undefined || walk.full) return BAD;
        bad = true;
      } else copy[key] = result;
    }
    return bad ? BAD : copy;
  };
}
