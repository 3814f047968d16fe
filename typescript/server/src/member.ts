import type { App } from './app.ts';
import { type Failure, failureOf } from './failure.ts';
import { guardRefusal } from './guard.ts';
import { isPromise, type Maybe } from './maybe.ts';
import type { FunctionPlan } from './plan.ts';
import type { RequestState } from './request.ts';
import { invalid } from './skew.ts';
import type { Validated } from './validate.ts';

/** A member's output in its one form. */
export class Output {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

/** What a member came to: its output, or why there is none. */
export type MemberAnswer = Output | Failure;

/** Runs one member with its own parameters; its static guard has let the caller through. */
export function runMember(
  app: App,
  plan: FunctionPlan,
  values: Readonly<Record<string, unknown>>,
  request: RequestState,
): Maybe<MemberAnswer> {
  try {
    const args = plan.validate(values);
    const answer = isPromise(args)
      ? args.then((late) => guarded(plan, late as Validated, request))
      : guarded(plan, args as Validated, request);
    if (!isPromise(answer)) return answer as MemberAnswer;
    return (answer as Promise<MemberAnswer>).catch((error: unknown) => broken(app, plan, error));
  } catch (error) {
    return broken(app, plan, error);
  }
}

function guarded(plan: FunctionPlan, args: Validated, request: RequestState): Maybe<MemberAnswer> {
  if (Array.isArray(args)) return invalid(args, undefined);
  const { identity } = request;
  if (plan.guard === undefined || identity === null) return run(plan, args, request);
  const held = plan.guard(identity, args);
  if (isPromise(held)) return held.then((late) => (late ? run(plan, args, request) : guardRefusal()));
  return held ? run(plan, args, request) : guardRefusal();
}

function run(plan: FunctionPlan, args: unknown, request: RequestState): Maybe<MemberAnswer> {
  const result = plan.handler(args, request);
  return isPromise(result) ? result.then((late) => encoded(plan, late)) : encoded(plan, result);
}

function encoded(plan: FunctionPlan, result: unknown): Maybe<Output> {
  const output = plan.encode(result);
  return isPromise(output) ? output.then((late) => new Output(late)) : new Output(output);
}

function broken(app: App, plan: FunctionPlan, error: unknown): Failure {
  return failureOf(error, { log: app.log, name: plan.name, errors: plan.errors });
}
