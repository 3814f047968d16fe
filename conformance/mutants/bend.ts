import { type Mutant, type Sent, withBody, withError, withHeader } from '../src/mutant.ts';
import type { CallBody, Outcome } from '../src/outcome.ts';

type Json = Record<string, unknown>;

/** The call that a request carries, however it was sent. */
export function callOf(sent: Sent): CallBody | undefined {
  if (sent.kind === 'call') return sent.body;
  if (sent.kind === 'fetch' || !sent.request.path.startsWith('/call')) return undefined;
  try {
    return JSON.parse(String(sent.request.body)) as CallBody;
  } catch {
    return undefined;
  }
}

/** The address that a request reads. */
export function addressOf(sent: Sent): string | undefined {
  if (sent.kind === 'fetch') return sent.address;
  if (sent.kind !== 'request' || !sent.request.path.startsWith('/ctx/')) return undefined;
  return sent.request.path.slice('/ctx/'.length);
}

export const errorOf = (outcome: Outcome): { code: string; details?: unknown } | undefined =>
  (outcome.body as { error?: { code: string; details?: unknown } } | undefined)?.error;
export const codeOf = (outcome: Outcome): string | undefined => errorOf(outcome)?.code;
export const announced = (outcome: Outcome): string[] =>
  ((outcome.body as { invalidate?: string[] } | undefined)?.invalidate ?? []) as string[];

/** The outcome as a success with this result. */
export function success(outcome: Outcome, result: unknown): Outcome {
  return withHeader(
    withBody({ ...outcome, status: 200 }, { result, invalidate: [] }),
    'x-mizan-invalidate',
    null,
  );
}

/** A mutant that changes the result of successful calls. */
export function onResult(
  id: string,
  breaks: string,
  clauses: string[],
  change: (result: unknown, call: CallBody) => unknown,
): Mutant {
  return {
    id,
    breaks,
    clauses,
    after(outcome, sent) {
      const call = callOf(sent);
      const body = outcome.body as Json | undefined;
      if (!call || !body || !('result' in body)) return outcome;
      return withBody(outcome, { ...body, result: change(body.result, call) });
    },
  };
}

/** A mutant that answers something else in place of an error of this code. */
export function onError(
  id: string,
  breaks: string,
  clauses: string[],
  code: string,
  change: (outcome: Outcome, sent: Sent) => Outcome,
): Mutant {
  return {
    id,
    breaks,
    clauses,
    after: (outcome, sent) => (codeOf(outcome) === code ? change(outcome, sent) : outcome),
  };
}

/** A mutant that changes successful bundles. */
export function onBundle(
  id: string,
  breaks: string,
  clauses: string[],
  change: (outcome: Outcome, data: Json, sent: Sent) => Outcome,
): Mutant {
  return {
    id,
    breaks,
    clauses,
    after(outcome, sent) {
      if (addressOf(sent) === undefined || outcome.status !== 200 || errorOf(outcome)) return outcome;
      return change(outcome, (outcome.body ?? {}) as Json, sent);
    },
  };
}

/** A mutant that changes the answers of successful calls as a whole. */
export function onAnswer(
  id: string,
  breaks: string,
  clauses: string[],
  change: (outcome: Outcome, body: Json, call: CallBody, sent: Sent) => Outcome,
): Mutant {
  return {
    id,
    breaks,
    clauses,
    after(outcome, sent) {
      const call = callOf(sent);
      const body = outcome.body as Json | undefined;
      if (!call || !body || outcome.status !== 200) return outcome;
      return change(outcome, body, call, sent);
    },
  };
}

/** Keeps only some of the findings; a success when none is left. */
export function keepFindings(
  outcome: Outcome,
  keep: (finding: { path: string; code: string }, index: number) => boolean,
): Outcome {
  const error = errorOf(outcome);
  const details = ((error?.details ?? []) as { path: string; code: string }[]).filter(keep);
  return details.length > 0
    ? withError(outcome, 422, 'VALIDATION_FAILED', { details })
    : success(outcome, null);
}
