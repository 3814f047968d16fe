import type { App } from './app.ts';
import { type Failure, failureOf } from './failure.ts';
import { guardRefusal } from './guard.ts';
import { isPromise, type Maybe } from './maybe.ts';
import type { FunctionPlan, MemberPlan } from './plan.ts';
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
  member: MemberPlan,
  values: Readonly<Record<string, unknown>>,
  request: RequestState,
): Maybe<MemberAnswer> {
  const { plan } = member;
  try {
    const args = plan.validate(ownValues(member.params, values));
    const answer = isPromise(args)
      ? args.then((late) => guarded(plan, late as Validated, request))
      : guarded(plan, args as Validated, request);
    if (!isPromise(answer)) return answer as MemberAnswer;
    return (answer as Promise<MemberAnswer>).catch((error: unknown) => broken(app, plan, error));
  } catch (error) {
    return broken(app, plan, error);
  }
}

function ownValues(
  params: readonly string[],
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const own: Record<string, unknown> = {};
  for (let at = 0; at < params.length; at++) {
    const name = params[at] as string;
    if (values[name] !== undefined) own[name] = values[name];
  }
  return own;
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
