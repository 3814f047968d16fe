import { checkJson } from './json.ts';

/** A JSON text read, or what keeps it from being one of the protocol. */
export type JsonReading = { ok: true; value: unknown } | { ok: false; fault: string };

let decoder: TextDecoder | undefined;

/** Reads bytes as a JSON text (spec clause VAL-20). The answer to a fault is `BAD_REQUEST`. */
export function readJson(bytes: Uint8Array): JsonReading {
  decoder ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(bytes));
  } catch (error) {
    // A text that cannot be decoded is a TypeError. The words of a SyntaxError quote the body.
    return {
      ok: false,
      fault: error instanceof SyntaxError ? 'the body is not JSON' : 'the body is not UTF-8',
    };
  }
  const fault = checkJson(value);
  return fault === undefined ? { ok: true, value } : { ok: false, fault };
}
