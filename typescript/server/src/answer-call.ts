import { HEADERS, type MergeTarget, normalizeScopes, type Staleness, splitAddress } from '@mizan/core';
import type { Call } from './call.ts';
import type { Failure } from './failure.ts';
import { isPromise, type Maybe } from './maybe.ts';
import { instancesOf, type MergeEntry, mergeEntries } from './merge.ts';
import { type Announced, takeNumbers } from './numbers.ts';
import type { FunctionPlan } from './plan.ts';
import { failed, type Header, identityHeader, privateJson } from './respond.ts';
import { type Flight, NO_FLIGHT, readShown } from './single-flight.ts';
import type { WireResponse } from './wire.ts';

/** What the handler and its transaction came to. */
export interface Outcome {
  /** Whether what it wrote stands. */
  committed: boolean;
  /** The result in its one form; undefined when there is none. */
  output: unknown;
  failure: Failure | undefined;
}

const NO_MERGES: readonly MergeTarget[] = [];
const NOTHING: readonly string[] = [];

/** Steps 2 and 3 of a call (CALL-8): the numbers, then the answer, whatever the answer is (CALL-9). */
export function answerOutcome(call: Call, plan: FunctionPlan, outcome: Outcome): Maybe<WireResponse> {
  const { committed, output, failure } = outcome;
  const added = call.request.pending;
  // From here on nothing may be added: the list is taken.
  call.request.pending = null;
  call.request.ended = true;
  if (!committed || (plan.scopes === undefined && (added === null || added.length === 0))) {
    if (failure !== undefined) return call.refuse(failure);
    return {
      status: 200,
      headers: call.app.callHeaders,
      body: JSON.stringify({ result: output, invalidate: NOTHING }),
    };
  }
  const staleness: Staleness =
    plan.scopes === undefined
      ? { scopes: normalizeScopes(added ?? []), merges: [] }
      : plan.scopes.resolve(call.values, output, added ?? []);
  call.request.announced = staleness.scopes;
  const merges = failure === undefined ? staleness.merges : NO_MERGES;
  const announced = takeNumbers(
    call.app,
    staleness.scopes,
    merges.length === 0 ? undefined : instancesOf(merges),
  );
  if (isPromise(announced))
    return announced.then((late) => putTogether(call, outcome, staleness.scopes, merges, late as Announced));
  return putTogether(call, outcome, staleness.scopes, merges, announced as Announced);
}

function putTogether(
  call: Call,
  { output, failure }: Outcome,
  scopes: readonly string[],
  merges: readonly MergeTarget[],
  announced: Announced,
): Maybe<WireResponse> {
  const list: Header[] = announced.header === '' ? [] : [[HEADERS.invalidate, announced.header]];
  if (failure !== undefined)
    return failed(failure, call.answeredContract, announced.entries, call.app.contractHeader, ...list);
  const entries =
    merges.length === 0 || call.first === undefined ? [] : mergeEntries(merges, call.first, announced);
  if (call.shows.length === 0) return success(call, output, announced, entries, list, NO_FLIGHT);
  const into = new Set(entries.map((entry) => entry.into));
  const merged = merges.filter((target) => into.has(target.into)).map((target) => target.instance);
  return readShown(call.app, call.wire, call.request, call.shows, scopes, merged).then((flight) =>
    success(call, output, announced, entries, list, flight),
  );
}

function success(
  call: Call,
  output: unknown,
  announced: Announced,
  entries: readonly MergeEntry[],
  list: readonly Header[],
  flight: Flight,
): WireResponse {
  let text = `{"result":${JSON.stringify(output)},"invalidate":${JSON.stringify(announced.entries)}`;
  if (entries.length > 0) text += `,"merge":${JSON.stringify(entries)}`;
  if (flight.text !== '') text += `,"contexts":{${flight.text}}`;
  const { app } = call;
  const forUsers =
    flight.forUsers ||
    entries.some(({ into }) => app.plans.contexts.get(splitAddress(into).context)?.forUsers === true);
  const who = forUsers ? [identityHeader(app.secret(), call.request.identity)] : [];
  return privateJson(200, `${text}}`, app.contractHeader, ...list, ...who);
}
