import type { Revision } from '@mizan/core';
import { answerOutcome, type Outcome } from './answer-call.ts';
import type { App } from './app.ts';
import { type Envelope, readEnvelope } from './envelope.ts';
import { type Failure, failureOf, type Origin, refusal } from './failure.ts';
import { guardRefusal, staticGuard } from './guard.ts';
import { identifyCaller } from './identify.ts';
import { isPromise, type Maybe } from './maybe.ts';
import { lastOf } from './numbers.ts';
import type { FunctionPlan } from './plan.ts';
import { RequestState } from './request.ts';
import { failed } from './respond.ts';
import { watchScopes } from './scope-watch.ts';
import { changedSince, invalid, otherContract, unknownName } from './skew.ts';
import type { Validated } from './validate.ts';
import type { WireRequest, WireResponse } from './wire.ts';

/**
 * One `POST /call/` on its way through the order of refusals (REF-1). Each step goes straight on to the next
 * where nothing must be waited for.
 */
export class Call {
  readonly app: App;
  readonly wire: WireRequest;
  readonly request: RequestState;
  /** The contract that the client was made from, when it is another. */
  readonly other: string | undefined;
  readonly envelope: Envelope | Failure;
  readonly plan: FunctionPlan | undefined;
  /** Numbers of the contexts that it merges into, from before anything touched data. */
  first: Map<string, Revision | undefined> | undefined;
  /** Arguments in the contract's form. */
  values: Record<string, unknown> = {};

  /** The route, method, content type and size have passed; `body` is whole. */
  constructor(app: App, wire: WireRequest, body: Uint8Array) {
    this.app = app;
    this.wire = wire;
    this.other = otherContract(app, wire);
    this.request = new RequestState(wire, app);
    this.envelope = readEnvelope(body);
    this.plan = 'fn' in this.envelope ? app.plans.functions.get(this.envelope.fn) : undefined;
  }

  /** Instances that the client shows. */
  get shows(): readonly string[] {
    return 'fn' in this.envelope ? this.envelope.shows : [];
  }

  answer(): Maybe<WireResponse> {
    const { plan } = this;
    // What merges rest on comes before anything that touches data (MRG-4), so before the refusals.
    if (plan === undefined || plan.mergeContexts.length === 0) return this.identify();
    return this.readNumbers(plan.mergeContexts).then(() => this.identify());
  }

  refuse(failure: Failure): WireResponse {
    return failed(failure, this.answeredContract, [], this.app.contractHeader);
  }

  /** The server's contract, for errors under another (SKEW-3). */
  get answeredContract(): string | undefined {
    return this.other === undefined ? undefined : this.app.contractId;
  }

  private async readNumbers(contexts: readonly string[]): Promise<void> {
    this.first = new Map();
    for (const context of contexts) this.first.set(context, await lastOf(this.app, context));
  }

  private identify(): Maybe<WireResponse> {
    const refused = identifyCaller(this.app, this.request);
    if (isPromise(refused)) return refused.then((late) => this.checkEnvelope(late as Failure | undefined));
    return this.checkEnvelope(refused as Failure | undefined);
  }

  private checkEnvelope(refused: Failure | undefined): Maybe<WireResponse> {
    if (refused !== undefined) return this.refuse(refused);
    const { app, envelope, plan, other } = this;
    if (!('fn' in envelope)) return this.refuse(envelope);
    if (plan === undefined) return this.refuse(unknownName('No such function', other));
    const changed = other === undefined ? undefined : changedSince(app, other, [plan.name]);
    if (changed !== undefined) return this.refuse(changed);
    if (plan.decl.private) return this.refuse(refusal('FORBIDDEN', 'Not callable from outside'));
    const closed = staticGuard(plan.decl.auth, this.request.identity);
    if (closed !== undefined) return this.refuse(closed);
    const checked = plan.check(envelope.args);
    if (!checked.ok) return this.refuse(invalid(checked.findings, other));
    this.values = checked.value as Record<string, unknown>;
    return this.validate(plan);
  }

  private validate(plan: FunctionPlan): Maybe<WireResponse> {
    try {
      const args = plan.validate(this.values);
      if (!isPromise(args)) return this.guard(plan, args as Validated);
      return args
        .then((late) => this.guard(plan, late as Validated))
        .catch((error: unknown) => this.refuse(this.failure(plan, error)));
    } catch (error) {
      return this.refuse(this.failure(plan, error));
    }
  }

  private guard(plan: FunctionPlan, args: Validated): Maybe<WireResponse> {
    if (Array.isArray(args)) return this.refuse(invalid(args, this.other));
    const { identity } = this.request;
    if (plan.guard === undefined || identity === null) return this.start(plan, args);
    const held = plan.guard(identity, args);
    if (isPromise(held))
      return held.then((late) => (late ? this.start(plan, args) : this.refuse(guardRefusal())));
    return held ? this.start(plan, args) : this.refuse(guardRefusal());
  }

  private start(plan: FunctionPlan, args: unknown): Maybe<WireResponse> {
    if (this.app.development && this.shows.length > 0) return this.runWatched(plan, args);
    const outcome = this.run(plan, args);
    if (isPromise(outcome)) return outcome.then((late) => answerOutcome(this, plan, late as Outcome));
    return answerOutcome(this, plan, outcome as Outcome);
  }

  private async runWatched(plan: FunctionPlan, args: unknown): Promise<WireResponse> {
    const watched = await watchScopes(this.app, plan, this.wire, this.shows);
    const response = await answerOutcome(this, plan, await this.run(plan, args));
    await watched?.(this.request.announced);
    return response;
  }

  /** Step 1 (CALL-8): the handler and the transaction around it. Queries write nothing and get none. */
  private run(plan: FunctionPlan, args: unknown): Maybe<Outcome> {
    const { app, request } = this;
    const isQuery = plan.decl.context !== undefined;
    if (!isQuery) request.pending = [];
    if (app.transaction !== undefined && !isQuery) return this.runInTransaction(plan, args);
    try {
      const result = plan.handler(args, request);
      if (!isPromise(result)) return this.encode(plan, result);
      return result.then(
        (late) => this.encode(plan, late),
        (error: unknown) => this.broken(plan, error, true),
      );
    } catch (error) {
      return this.broken(plan, error, true);
    }
  }

  /** The hook's own result is not the handler's: hooks may wrap or drop it. What decides is whether it commits. */
  private async runInTransaction(plan: FunctionPlan, args: unknown): Promise<Outcome> {
    const { app, request } = this;
    let result: unknown;
    let thrown: { error: unknown } | undefined = {
      error: new Error('The transaction hook did not call run'),
    };
    try {
      await app.transaction?.(async (transaction) => {
        request.transaction = transaction;
        try {
          result = await plan.handler(args, request);
        } catch (error) {
          thrown = { error };
          throw error;
        }
        thrown = undefined;
        return result;
      }, request);
    } catch (error) {
      return this.broken(plan, error, false);
    }
    return thrown === undefined ? this.encode(plan, result) : this.broken(plan, thrown.error, true);
  }

  /** After the commit: a wrong output fails the answer and not the write. */
  private encode(plan: FunctionPlan, result: unknown): Maybe<Outcome> {
    try {
      const output = plan.encode(result);
      if (!isPromise(output)) return { committed: true, output, failure: undefined };
      return output.then(
        (late) => ({ committed: true, output: late, failure: undefined }),
        (error: unknown) => this.broken(plan, error, true),
      );
    } catch (error) {
      return this.broken(plan, error, true);
    }
  }

  private broken(plan: FunctionPlan, error: unknown, committed: boolean): Outcome {
    return { committed, output: undefined, failure: this.failure(plan, error) };
  }

  private failure(plan: FunctionPlan, error: unknown): Failure {
    const origin: Origin = { log: this.app.log, name: plan.name, errors: plan.errors };
    return failureOf(error, origin);
  }
}
