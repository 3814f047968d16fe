import type { FindingCode } from './generated/tables.ts';

/** One thing that is wrong with a value. `path` is a JSON Pointer into it; only path and code are normative. */
export interface Finding {
  path: string;
  code: FindingCode;
  message: string;
}

/** Writes the segments of a path as a JSON Pointer (RFC 6901). */
export function formatPointer(segments: readonly (string | number)[]): string {
  let text = '';
  for (const segment of segments) text += `/${escapeSegment(String(segment))}`;
  return text;
}

function escapeSegment(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1');
}
