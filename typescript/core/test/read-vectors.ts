import { readFileSync } from 'node:fs';

/** The content of a file of `spec/vectors`. */
export function readVectors<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(`../../../spec/vectors/${file}`, import.meta.url), 'utf8')) as T;
}
