import { BAD, type Walk } from './check-walk.ts';
import { isWellFormed } from './code-points.ts';
import { compareText } from './compare-text.ts';

/** An object as JSON means it, seen by its own enumerable keys. */
export type JsonObject = Record<string, unknown>;

/** Whether a text may be a key where keys are free (spec clauses VAL-23, VAL-41). */
export function isFreeKey(key: string): boolean {
  return key !== '__proto__' && key !== 'constructor' && isWellFormed(key);
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
  const prototype: object | null = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  // The Object of another realm: tests and edge runtimes run the application in one of its own.
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf');
}

/** Keys in the order of findings. */
export function sortedKeys(value: JsonObject): string[] {
  return Object.keys(value).sort(compareText);
}

/** Refuses the value under a key that is not free. */
export function refuseKey(walk: Walk | undefined, key: string): typeof BAD {
  if (isWellFormed(key)) walk?.noteAt(key, 'unknown', 'is a key that no value may have');
  else walk?.noteAt(key, 'format', 'must be valid Unicode');
  return BAD;
}
