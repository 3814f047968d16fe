import { MizanErrorBase as MizanError } from '@mizan/core';
import type { Answer } from './transport.ts';

/** An object of JSON. */
export type JsonObject = Record<string, unknown>;

/** The value if it is an object with keys, which every answer of the protocol is; else an empty one. */
export function objectOf(value: unknown): JsonObject {
  return typeof value === 'object' && value && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** An error of the wire as the class that users catch. */
export function readError(wire: unknown, status = 500): MizanError {
  const { code, message, details, id, contract } = objectOf(wire);
  const error = new MizanError(`${code}` as 'INTERNAL', `${message}`, status, details);
  return Object.assign(error, id && { id }, contract && { contract });
}

/** The body of an answer that went well. Throws its error, and for what is none of ours `BAD_RESPONSE`. */
export function readAnswer({ status, body }: Answer): JsonObject {
  const { error } = objectOf(body);
  if (error) throw readError(error, status);
  if (status < 300 && objectOf(body) === body) return body as JsonObject;
  throw badResponse(`${status} without Mizan's JSON`, status < 300 ? 0 : status);
}

/** What came is not an answer of this protocol. */
export function badResponse(message: string, status = 0): MizanError {
  return new MizanError('BAD_RESPONSE', message, status);
}
