import { isFreeKey, isObject, isPlain, type JsonObject, refuseKey, sortedKeys } from './check-object.ts';
import { BAD, isTooDeep, type Node, refuse } from './check-walk.ts';
import { isWellFormed } from './code-points.ts';

/** Any JSON value whose numbers are finite, and safe where they are whole and written out (spec clause VAL-85). */
export const jsonNode: Node = (value, walk, depth) => {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') {
    return isWellFormed(value) ? value : refuse(walk, 'format', 'must be valid Unicode');
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return refuse(walk, 'type', 'must be a finite number');
    if (isRounded(value)) return refuse(walk, 'type', 'must lie within 2^53-1 where it is whole');
    return value + 0;
  }
  if (Array.isArray(value)) return isTooDeep(walk, depth) ? BAD : arrayOf(value, walk, depth);
  if (!isObject(value) || !isPlain(value)) return refuse(walk, 'type', 'must be a JSON value');
  return isTooDeep(walk, depth) ? BAD : objectOf(value, walk, depth);
};

/** Whether a number may have been a larger whole number in full, which no double holds. */
function isRounded(value: number): boolean {
  return Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21;
}

function arrayOf(value: readonly unknown[], ...[walk, depth]: Place): unknown {
  const copy: unknown[] = [];
  let bad = false;
  for (let at = 0; at < value.length; at++) {
    const result =
      walk === undefined
        ? jsonNode(value[at], walk, depth + 1)
        : walk.descend(at, jsonNode, value[at], depth + 1);
    if (result !== BAD) copy.push(result);
    else if (walk === undefined || walk.full) return BAD;
    else bad = true;
  }
  return bad ? BAD : copy;
}

function objectOf(value: JsonObject, ...[walk, depth]: Place): unknown {
  const copy: JsonObject = {};
  let bad = false;
  for (const key of walk === undefined ? Object.keys(value) : sortedKeys(value)) {
    // As JSON.stringify does.
    if (value[key] === undefined) continue;
    const result = !isFreeKey(key)
      ? refuseKey(walk, key)
      : walk === undefined
        ? jsonNode(value[key], walk, depth + 1)
        : walk.descend(key, jsonNode, value[key], depth + 1);
    if (result !== BAD) copy[key] = result;
    else if (walk === undefined || walk.full) return BAD;
    else bad = true;
  }
  return bad ? BAD : copy;
}

type Place = [walk: Parameters<Node>[1], depth: number];
