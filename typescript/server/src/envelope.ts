import { readJson } from '@mizan/core';
import { type Failure, refusal } from './failure.ts';

/** The body of a call (CALL-1). */
export interface Envelope {
  fn: string;
  args: Record<string, unknown>;
  shows: readonly string[];
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const NO_SHOWS: readonly string[] = [];

/** Reads the body of a call: a JSON text of the protocol, then the envelope. */
export function readEnvelope(bytes: Uint8Array): Envelope | Failure {
  const read = readJson(bytes);
  return read.ok ? envelopeOf(read.value) : bad(read.fault);
}

function envelopeOf(value: unknown): Envelope | Failure {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return bad('The body is not an object');
  const body = value as Record<string, unknown>;
  let fn: unknown;
  let args: unknown;
  let shows: unknown;
  for (const key of Object.keys(body)) {
    if (key === 'fn') fn = body.fn;
    else if (key === 'args') args = body.args;
    else if (key === 'shows') shows = body.shows;
    else if (key !== 'id') return bad('The body has a key besides fn, args, shows and id');
    else if (typeof body.id !== 'string' || !UUID.test(body.id)) return bad('"id" is not a UUID');
  }
  if (typeof fn !== 'string') return bad('"fn" is not the name of a function');
  if (args !== undefined && (typeof args !== 'object' || args === null || Array.isArray(args)))
    return bad('"args" is not an object');
  if (shows !== undefined && !(Array.isArray(shows) && shows.every((item) => typeof item === 'string')))
    return bad('"shows" is not a list of texts');
  return {
    fn,
    args: (args as Record<string, unknown> | undefined) ?? {},
    shows: (shows as string[] | undefined) ?? NO_SHOWS,
  };
}

function bad(message: string): Failure {
  return refusal('BAD_REQUEST', message);
}
