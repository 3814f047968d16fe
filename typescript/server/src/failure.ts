import {
  type Check,
  ERROR_STATUS,
  type ErrorCode,
  isErrorCode,
  MizanError,
  type WireError,
} from '@mizan/core';
import { definitionOfThrown, type ErrorDefinition } from './error.ts';
import type { Log } from './log.ts';

/** An error as it will be answered. */
export interface Failure {
  status: number;
  error: WireError;
}

/** Where an error came from, for the log. */
export interface Origin {
  log: Log;
  /** The function or context. */
  name: string;
  /** What the function declares, with the check of its details. */
  errors?: ReadonlyMap<ErrorDefinition, Check>;
}

/** An output that is not of its declared type. */
export class WrongOutput extends Error {
  override readonly name = 'WrongOutput';
}

/** A refusal of ours. */
export function refusal(code: ErrorCode, message: string, details?: unknown): Failure {
  const error: WireError = { code, message };
  if (details !== undefined) error.details = details;
  return { status: ERROR_STATUS[code], error };
}

/** What a thrown value is answered with; what the caller must not see goes to the log under an id (ERR-11). */
export function failureOf(thrown: unknown, origin: Origin): Failure {
  if (!(thrown instanceof MizanError)) return internal(thrown, origin);
  const error = thrown as MizanError<string>;
  const definition = definitionOfThrown(error);
  if (definition !== undefined) return declared(error, definition, origin);
  if (!isErrorCode(error.code) || ERROR_STATUS[error.code] === 0 || error.code === 'INTERNAL')
    return internal(thrown, origin);
  const wire = error.toWire();
  if (!printable(wire.details)) return internal(thrown, origin);
  if (wire.message === '') wire.message = error.code;
  return { status: ERROR_STATUS[error.code], error: wire };
}

function declared(error: MizanError<string>, definition: ErrorDefinition, origin: Origin): Failure {
  const check = origin.errors?.get(definition);
  if (check === undefined) {
    const mend = `${origin.name} raised ${definition.code} without declaring it: add errors: [${definition.code}] to its options`;
    return internal(error, origin, 'undeclared-error', mend);
  }
  const verdict = check(error.details ?? {});
  if (!verdict.ok) {
    const [finding] = verdict.findings;
    return internal(
      error,
      origin,
      'wrong-output',
      `${origin.name} raised ${definition.code} whose details${finding?.path} ${finding?.message}`,
    );
  }
  const wire: WireError = { code: definition.code, message: error.message || definition.code };
  if (Object.keys(definition.fields).length > 0) wire.details = verdict.value;
  return { status: definition.status, error: wire };
}

function internal(thrown: unknown, { log, name }: Origin, event = 'failure', message = name): Failure {
  const id = crypto.randomUUID();
  const wrong = thrown instanceof WrongOutput;
  log({
    level: 'error',
    event: wrong ? 'wrong-output' : event,
    message: wrong ? thrown.message : message,
    id,
    function: name,
    error: wrong ? thrown.cause : thrown,
  });
  return { status: 500, error: { code: 'INTERNAL', message: 'Internal error', id } };
}

function printable(value: unknown): boolean {
  try {
    JSON.stringify(value);
    return true;
  } catch {
    return false;
  }
}
