import type { Finding } from '@mizan/core';
import type { App } from './app.ts';
import { type Failure, refusal } from './failure.ts';
import type { WireRequest } from './wire.ts';

const ID = /^[0-9a-f]{16}$/;

/** The contract that a request was made under, when it is not the server's (SKEW-1, SKEW-2). */
export function otherContract(app: App, wire: WireRequest): string | undefined {
  const id = wire.header('x-mizan-contract');
  return id === undefined || id === app.contractId || !ID.test(id) ? undefined : id;
}

const MISMATCH = 'The page and the server are of different versions; reload';

/** What the server does not know: not found, or a mismatch under another contract (SKEW-4). */
export function unknownName(what: string, other: string | undefined): Failure {
  return other === undefined ? refusal('NOT_FOUND', what) : refusal('CONTRACT_MISMATCH', MISMATCH);
}

/** Findings of arguments or parameters (SKEW-4). */
export function invalid(findings: readonly Finding[], other: string | undefined): Failure {
  const [first] = findings;
  if (other !== undefined && findings.some(isUnknownName))
    return refusal('CONTRACT_MISMATCH', MISMATCH, findings);
  const message = first === undefined ? 'Not valid' : `${first.path || 'The value'} ${first.message}`;
  return refusal('VALIDATION_FAILED', message, findings);
}

function isUnknownName({ code, path }: Finding): boolean {
  return code === 'unknown' && path.startsWith('/') && !path.includes('/', 1);
}

/** The refusal of a function that changed since the client's released contract (SKEW-5). */
export function changedSince(
  app: App,
  other: string | undefined,
  names: readonly string[],
): Failure | undefined {
  const changed = other === undefined ? undefined : app.changed.get(other);
  if (changed === undefined || !names.some((name) => changed.has(name))) return undefined;
  return refusal('CONTRACT_MISMATCH', MISMATCH);
}
