import { MizanErrorBase as MizanError } from '@mizan/core';
import type { Answer } from './transport.ts';

/** An object of JSON. */
export type JsonObject = Record<string, unknown>;

/** The value if it is an object with keys, as every answer of the protocol is; else an empty one. */
export function objectOf(value: unknown): JsonObject {
  return Object(value) === value && !Array.isArray(value) ? (value as JsonObject) : {};
}

/**
 * An error of the wire as the class that users catch. What is none of ours, or nothing, is `BAD_RESPONSE`, whose
 * status is that of a refusal, so that nothing ran, or 0.
 */
export function readError(wire?: unknown, status = 0): MizanError {
  const { code, message, details, id, contract } = objectOf(wire);
  const error = new MizanError(
    (code ? `${code}` : 'BAD_RESPONSE') as 'BAD_RESPONSE',
    message as string | undefined,
    code || (status > 399 && status < 500) ? status : 0,
  );
  return Object.assign(error, { details, id, contract }) as MizanError;
}

/** The body of an answer that went well; throws its error. */
export function readAnswer({ status, body }: Answer): JsonObject {
  const read = objectOf(body);
  // Not on success: a member of a bundle may be called error.
  if (status > 299 || read !== body) throw readError(read.error, status);
  return read;
}
