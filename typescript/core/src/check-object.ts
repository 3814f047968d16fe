import { refuse, type Walk } from './check-walk.ts';
import { compareText } from './compare-text.ts';

/** An object as JSON means it, seen by its own enumerable keys. */
export type JsonObject = Record<string, unknown>;

/** Keys that no value may have, wherever its keys are free (spec clause VAL-6). */
export function isForbiddenKey(key: string): boolean {
  return key === '__proto__' || key === 'constructor';
}

/** Whether every object answers to this name, so that only an own property counts. */
export function isInherited(name: string): boolean {
  return name in Object.prototype;
}

/** Whether a value is an object and neither an array nor null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether an object is of no class, so that nothing but its own keys would be written. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Keys in the order of findings. */
export function sortedKeys(value: JsonObject): string[] {
  return Object.keys(value).sort(compareText);
}

/** Refuses the value under one key; the rest is still looked at when there is a walk. */
export function refuseKey(walk: Walk | undefined, key: string): ReturnType<typeof refuse> {
  walk?.noteAt(key, 'unknown', isForbiddenKey(key) ? 'is a key that no value may have' : 'is not known here');
  return refuse(undefined, 'unknown', '');
}
