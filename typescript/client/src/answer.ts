import { MizanErrorBase as MizanError } from '@mizan/core';
import type { Answer } from './transport.ts';

/** An object of JSON. */
export type JsonObject = Record<string, unknown>;

/** The value if it is an object with keys, as every answer of the protocol is; else an empty one. */
export function objectOf(value: unknown): JsonObject {
  return Object(value) === value && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** The value if it is a list; else another. */
export function listOf(value: unknown, other: unknown[] = []): unknown[] {
  return Array.isArray(value) ? value : other;
}

/** An error of the wire as the class that users catch. */
export function readError(wire: unknown, status?: number): MizanError {
  const { code, message, details, id, contract } = objectOf(wire);
  const error = new MizanError(`${code}` as 'INTERNAL', `${message}`, status);
  return Object.assign(error, { details, id, contract }) as MizanError;
}

/** The body of an answer that went well. Throws its error, and for what is none of ours `BAD_RESPONSE`. */
export function readAnswer({ status, body }: Answer): JsonObject {
  const read = objectOf(body);
  // Not on success: a member of a bundle may be called error.
  if (status > 299 && objectOf(read.error).code) throw readError(read.error, status);
  if (status > 299 || read !== body) throw badResponse(status > 399 && status < 500 ? status : 0);
  return read;
}

/** What came is not an answer of this protocol. The status is that of a refusal, so that nothing ran. */
export function badResponse(status?: number): MizanError {
  return new MizanError('BAD_RESPONSE', undefined, status);
}
