import { isInherited, isObject, isPlain, type JsonObject, sortedKeys } from './check-object.ts';
import { BAD, isTooDeep, type Node, refuse, type Walk } from './check-walk.ts';

/** A field of a struct, compiled. */
export interface CompiledField {
  name: string;
  node: Node;
  /** May be absent and then stays so. */
  optional: boolean;
  /** Makes the default; a fresh one each time, since handlers may change what they are given. */
  fill?: () => unknown;
}

/**
 * Named fields. An object that needs no change is given back as it is; otherwise a copy with the declared
 * fields only. Unknown keys are refused, or left out when `lenient` (output).
 */
export function structNode(fields: readonly CompiledField[], lenient: boolean): Node {
  const names = fields.map((field) => field.name);
  const inherited = names.map(isInherited);
  const known = new Set(names);

  return (value, walk, depth) => {
    if (!isObject(value)) return refuse(walk, 'type', 'must be an object');
    if (isTooDeep(walk, depth)) return BAD;
    let bad = false;
    // An object of a class may write itself in a way of its own, so it never goes out as it is.
    let copy: JsonObject | undefined = isPlain(value) ? undefined : {};
    for (let at = 0; at < fields.length; at++) {
      const { name, node, optional, fill } = fields[at] as CompiledField;
      const given = inherited[at] && !Object.hasOwn(value, name) ? undefined : value[name];
      let result: unknown;
      if (given !== undefined) {
        result =
          walk === undefined ? node(given, walk, depth + 1) : walk.descend(name, node, given, depth + 1);
        if (result === BAD) {
          if (walk === undefined || walk.full) return BAD;
          bad = true;
          continue;
        }
      } else if (fill !== undefined) result = fill();
      else if (optional) continue;
      else {
        if (walk === undefined) return BAD;
        walk.noteAt(name, 'required', 'is required');
        bad = true;
        continue;
      }
      if (copy === undefined && !Object.is(result, given)) copy = copyFirst(value, names, at);
      if (copy !== undefined) copy[name] = result;
    }
    let unknown = false;
    for (const key in value) if (!known.has(key)) unknown = true;
    if (unknown && !lenient) bad = refuseUnknown(value, known, walk) || bad;
    if (bad) return BAD;
    return unknown && copy === undefined ? copyFirst(value, names, names.length) : (copy ?? value);
  };
}

/** A copy of the first `count` fields as they were given. */
function copyFirst(value: JsonObject, names: readonly string[], count: number): JsonObject {
  const copy: JsonObject = {};
  for (let at = 0; at < count; at++) {
    const name = names[at] as string;
    if (Object.hasOwn(value, name) && value[name] !== undefined) copy[name] = value[name];
  }
  return copy;
}

/** Whether there are keys with a value that no field has; a walk notes them in order. */
function refuseUnknown(value: JsonObject, known: ReadonlySet<string>, walk: Walk | undefined): boolean {
  const unknown = sortedKeys(value).filter((key) => !known.has(key) && value[key] !== undefined);
  for (const key of unknown) walk?.noteAt(key, 'unknown', 'is not known here');
  return unknown.length > 0;
}
