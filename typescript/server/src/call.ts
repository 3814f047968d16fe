import { HEADERS, type MergeTarget, normalizeScopes, type Revision } from '@mizan/core';
import { identityHash } from '@mizan/core/hash';
import type { App } from './app.ts';
import { isPromise } from './direct-call.ts';
import { readEnvelope } from './envelope.ts';
import { type Failure, failureOf, refusal } from './failure.ts';
import { guardRefusal, staticGuard } from './guard.ts';
import { identifyCaller } from './identify.ts';
import { instancesOf, mergeEntries } from './merge.ts';
import { lastOf, takeNumbers } from './numbers.ts';
import type { FunctionPlan } from './plan.ts';
import { RequestState } from './request.ts';
import { failed, type Header, privateJson } from './respond.ts';
import { guardHolds } from './run.ts';
import { watchScopes } from './scope-watch.ts';
import { type Flight, readShown } from './single-flight.ts';
import { changedSince, invalid, otherContract, unknownName } from './skew.ts';
import type { Validated } from './validate.ts';
import type { WireRequest, WireResponse } from './wire.ts';

/** Answers `POST /call/`; the route, method, content type and size have passed, `body` is whole. */
export async function answerCall(app: App, wire: WireRequest, body: Uint8Array): Promise<WireResponse> {
  const other = otherContract(app, wire);
  const answered = other === undefined ? undefined : app.contractId;
  const fail = (failure: Failure): WireResponse =>
    failed(failure, answered, [], [HEADERS.contract, app.contractId]);
  const envelope = readEnvelope(body);
  const plan = 'fn' in envelope ? app.plans.functions.get(envelope.fn) : undefined;
  // The numbers that merges rest on come before anything that touches data (MRG-4), so before the refusals.
  const first =
    plan === undefined || plan.mergeContexts.length === 0 ? undefined : await firstNumbers(app, plan);
  const request = new RequestState(wire, app);
  let refused = identifyCaller(app, request);
  if (isPromise(refused)) refused = await refused;
  if (refused !== undefined) return fail(refused);
  if (!('fn' in envelope)) return fail(envelope);
  if (plan === undefined) return fail(unknownName('No such function', other));
  const changed = changedSince(app, other, [plan.name]);
  if (changed !== undefined) return fail(changed);
  if (plan.decl.private) return fail(refusal('FORBIDDEN', 'Not callable from outside'));
  const closed = staticGuard(plan.decl.auth, request.identity);
  if (closed !== undefined) return fail(closed);
  const checked = plan.check(envelope.args);
  if (!checked.ok) return fail(invalid(checked.findings, other));
  const values = checked.value as Record<string, unknown>;
  let args: Validated;
  try {
    const validated = plan.validate(values);
    args = isPromise(validated) ? ((await validated) as Validated) : (validated as Validated);
    if (Array.isArray(args)) return fail(invalid(args, other));
    if (plan.guard !== undefined) {
      const held = guardHolds(plan.guard, request, args);
      if (!(isPromise(held) ? await held : held)) return fail(guardRefusal());
    }
  } catch (error) {
    return fail(failureOf(error, { log: app.log, name: plan.name, errors: plan.errors }));
  }
  const watched = app.development ? await watchScopes(app, plan, wire, envelope.shows) : undefined;
  const outcome = await runHandler(app, plan, args, request);
  const response = finish(app, plan, wire, request, envelope.shows, values, outcome, first, answered);
  const answer = isPromise(response) ? await response : (response as WireResponse);
  await watched?.(request.announced);
  return answer;
}

/** What the handler and its transaction came to. */
interface Outcome {
  /** Whether what it wrote stands. */
  committed: boolean;
  /** The result in its one form; undefined when there is none. */
  output: unknown;
  failure: Failure | undefined;
}

async function firstNumbers(app: App, plan: FunctionPlan): Promise<Map<string, Revision | undefined>> {
  const first = new Map<string, Revision | undefined>();
  for (const context of plan.mergeContexts) first.set(context, await lastOf(app, context));
  return first;
}

/** Step 1 (CALL-8): the handler and the transaction around it. Queries write nothing and get none. */
function runHandler(
  app: App,
  plan: FunctionPlan,
  args: unknown,
  request: RequestState,
): Outcome | Promise<Outcome> {
  const fail = (error: unknown, committed: boolean): Outcome => ({
    committed,
    output: undefined,
    failure: failureOf(error, { log: app.log, name: plan.name, errors: plan.errors }),
  });
  const encode = (result: unknown): Outcome | Promise<Outcome> => {
    try {
      const output = plan.encode(result);
      if (!isPromise(output)) return { committed: true, output, failure: undefined };
      return output.then(
        (late) => ({ committed: true, output: late, failure: undefined }),
        (error: unknown) => fail(error, true),
      );
    } catch (error) {
      return fail(error, true);
    }
  };
  const isQuery = plan.decl.context !== undefined;
  if (!isQuery) request.pending = [];
  if (app.transaction !== undefined && !isQuery) {
    const run = async (transaction?: unknown): Promise<unknown> => {
      request.transaction = transaction;
      return plan.handler(args, request);
    };
    return inTransaction(app, run, request).then(encode, (error: unknown) => fail(error, false));
  }
  try {
    const result = plan.handler(args, request);
    if (!isPromise(result)) return encode(result);
    return result.then(encode, (error: unknown) => fail(error, true));
  } catch (error) {
    return fail(error, true);
  }
}

/** The hook's own result is not the handler's: hooks may wrap or drop it. */
async function inTransaction(
  app: App,
  run: (transaction?: unknown) => Promise<unknown>,
  request: RequestState,
): Promise<unknown> {
  let result: unknown;
  const keep = async (transaction?: unknown): Promise<unknown> => {
    result = await run(transaction);
    return result;
  };
  await app.transaction?.(keep, request);
  return result;
}

/** Steps 2 and 3 (CALL-8): the numbers, then the answer. */
function finish(
  app: App,
  plan: FunctionPlan,
  wire: WireRequest,
  request: RequestState,
  shows: readonly string[],
  values: Record<string, unknown>,
  { committed, output, failure }: Outcome,
  first: ReadonlyMap<string, Revision | undefined> | undefined,
  answered: string | undefined,
): WireResponse | Promise<WireResponse> {
  const contract: Header = [HEADERS.contract, app.contractId];
  const added = request.pending;
  const nothing = !committed || (plan.scopes === undefined && (added === null || added.length === 0));
  // After this nothing may be added: the list is taken.
  request.pending = null;
  if (nothing)
    return failure === undefined
      ? privateJson(200, `{"result":${JSON.stringify(output)},"invalidate":[]}`, contract)
      : failed(failure, answered, [], contract);
  const { scopes, merges } =
    plan.scopes === undefined
      ? { scopes: normalizeScopes(added as string[]), merges: [] as MergeTarget[] }
      : plan.scopes.resolve(values, output, added ?? []);
  request.announced = scopes;
  return announceAndAnswer(app, wire, request, shows, {
    scopes,
    merges,
    output,
    failure,
    first,
    answered,
    contract,
  });
}

interface Ending {
  scopes: readonly string[];
  merges: readonly MergeTarget[];
  output: unknown;
  failure: Failure | undefined;
  first: ReadonlyMap<string, Revision | undefined> | undefined;
  answered: string | undefined;
  contract: Header;
}

async function announceAndAnswer(
  app: App,
  wire: WireRequest,
  request: RequestState,
  shows: readonly string[],
  { scopes, merges, output, failure, first, answered, contract }: Ending,
): Promise<WireResponse> {
  const taking = takeNumbers(app, scopes, merges.length === 0 ? undefined : instancesOf(merges));
  const announced = isPromise(taking) ? await taking : taking;
  const list: Header[] = announced.header === '' ? [] : [[HEADERS.invalidate, announced.header]];
  if (failure !== undefined) return failed(failure, answered, announced.entries, contract, ...list);
  const entries = merges.length === 0 || first === undefined ? [] : mergeEntries(merges, first, announced);
  let flight: Flight | undefined;
  if (shows.length > 0) {
    const merged = new Set(entries.map((entry) => entry.into));
    const instances = merges.filter((target) => merged.has(target.into)).map((target) => target.instance);
    flight = await readShown(app, wire, request, shows, scopes, instances);
  }
  let text = `{"result":${JSON.stringify(output)},"invalidate":${JSON.stringify(announced.entries)}`;
  if (entries.length > 0) text += `,"merge":${JSON.stringify(entries)}`;
  if (flight !== undefined && flight.text !== '') text += `,"contexts":{${flight.text}}`;
  const who: Header[] = flight?.forUsers
    ? [[HEADERS.identity, identityHash(app.secret, request.identity?.id ?? null)]]
    : [];
  return privateJson(200, `${text}}`, contract, ...list, ...who);
}
