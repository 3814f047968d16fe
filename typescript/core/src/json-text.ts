import { checkJson } from './json.ts';

/** A JSON text read, or a sentence that says what keeps it from being one of the protocol. */
export type JsonReading = { ok: true; value: unknown } | { ok: false; fault: string };

let decoder: TextDecoder | undefined;

/** Reads a body as a JSON text (spec clause VAL-20). The answer to a fault is `BAD_REQUEST`. */
export function readJson(bytes: Uint8Array): JsonReading {
  decoder ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let text: string;
  let value: unknown;
  try {
    text = decoder.decode(bytes);
  } catch {
    return { ok: false, fault: 'The body is not UTF-8' };
  }
  try {
    value = JSON.parse(text);
  } catch {
    // The words of a SyntaxError quote the body.
    return { ok: false, fault: text === '' ? 'The body is empty' : 'The body is not JSON' };
  }
  const fault = checkJson(value, text);
  return fault === undefined ? { ok: true, value } : { ok: false, fault: `The body: ${fault}` };
}
