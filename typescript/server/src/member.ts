import type { App } from './app.ts';
import { isPromise } from './direct-call.ts';
import { type Failure, failureOf } from './failure.ts';
import { guardRefusal } from './guard.ts';
import type { MemberPlan } from './plan.ts';
import type { RequestState } from './request.ts';
import { guardHolds } from './run.ts';
import { invalid } from './skew.ts';
import type { Validated } from './validate.ts';

/** A member's output as JSON text, or why there is none. */
export type MemberAnswer = string | Failure;

/** Runs one member with its own parameters; its static guard has let the caller through. */
export function runMember(
  app: App,
  { plan, params }: MemberPlan,
  values: Readonly<Record<string, unknown>>,
  request: RequestState,
): MemberAnswer | Promise<MemberAnswer> {
  const own: Record<string, unknown> = {};
  for (let at = 0; at < params.length; at++) {
    const name = params[at] as string;
    if (values[name] !== undefined) own[name] = values[name];
  }
  const fail = (error: unknown): Failure =>
    failureOf(error, { log: app.log, name: plan.name, errors: plan.errors });
  const start = (args: Validated): MemberAnswer | Promise<MemberAnswer> => {
    if (Array.isArray(args)) return invalid(args, undefined);
    if (plan.guard === undefined) return answer(args);
    const held = guardHolds(plan.guard, request, args);
    if (isPromise(held)) return held.then((late) => (late ? answer(args) : guardRefusal()));
    return held ? answer(args) : guardRefusal();
  };
  const answer = (args: unknown): MemberAnswer | Promise<MemberAnswer> => {
    const result = plan.handler(args, request);
    return isPromise(result) ? result.then(print) : print(result);
  };
  const print = (result: unknown): string | Promise<string> => {
    const output = plan.encode(result);
    return isPromise(output) ? output.then(text) : text(output);
  };
  try {
    const args = plan.validate(own);
    const made = isPromise(args) ? args.then((late) => start(late as Validated)) : start(args as Validated);
    return isPromise(made) ? (made as Promise<MemberAnswer>).catch(fail) : (made as MemberAnswer);
  } catch (error) {
    return fail(error);
  }
}

function text(output: unknown): string {
  return JSON.stringify(output);
}
