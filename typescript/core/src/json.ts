import { isWellFormed } from './code-points.ts';
import { LIMITS } from './generated/tables.ts';

/**
 * Says what keeps a parsed JSON text from being one of the protocol (spec clause VAL-20), or undefined:
 * nested too deep, a number beyond doubles, a lone surrogate. The answer to it is `BAD_REQUEST`.
 *
 * `text`: what it was parsed from, when that was decoded from UTF-8. Half of a pair can only stand there as an escape.
 */
export function checkJson(value: unknown, text?: string): string | undefined {
  return walk(value, 0, text?.includes('\\u') ?? true);
}

function walk(value: unknown, depth: number, escapes: boolean): string | undefined {
  if (typeof value === 'string')
    return escapes && !isWellFormed(value) ? 'a text is not valid Unicode' : undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'a number is not finite';
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth >= LIMITS.jsonDepth) return `nested deeper than ${LIMITS.jsonDepth}`;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) {
      const fault = walk(value[at], depth + 1, escapes);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }
  for (const key in value) {
    if (escapes && !isWellFormed(key)) return 'a key is not valid Unicode';
    const fault = walk((value as Record<string, unknown>)[key], depth + 1, escapes);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
