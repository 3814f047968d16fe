import { compareText } from '@mizan/core';
import type { App } from './app.ts';
import type { Failure } from './failure.ts';
import { staticGuard } from './guard.ts';
import { isPromise } from './maybe.ts';
import { type MemberAnswer, Output, runMember } from './member.ts';
import type { FunctionPlan } from './plan.ts';
import type { RequestState } from './request.ts';

/** What the members of one instance came to. */
export interface BundleReading {
  /** The body; with `$errors` first when some failed. Undefined when every member failed. */
  body: string | undefined;
  /** How many failed. */
  failures: number;
  /** The first failure by name. */
  first: Failure | undefined;
}

/** The failure that answers when the static guard of every member refuses (BUN-7). */
export function allGuardsRefuse(
  members: readonly FunctionPlan[],
  request: RequestState,
): Failure | undefined {
  let first: Failure | undefined;
  for (const { decl } of members) {
    const refused = staticGuard(decl.auth, request.identity);
    if (refused === undefined) return undefined;
    first ??= refused;
  }
  return first;
}

/** Runs these members side by side, each once, and puts the body together in their order (BUN-1, BUN-5). */
export function readBundle(
  app: App,
  members: readonly FunctionPlan[],
  values: Readonly<Record<string, unknown>>,
  request: RequestState,
): BundleReading | Promise<BundleReading> {
  const answers = new Array<MemberAnswer | Promise<MemberAnswer>>(members.length);
  let waits = false;
  for (let at = 0; at < members.length; at++) {
    const plan = members[at] as FunctionPlan;
    const answer = staticGuard(plan.decl.auth, request.identity) ?? runMember(app, plan, values, request);
    if (isPromise(answer)) waits = true;
    answers[at] = answer;
  }
  if (!waits) return putTogether(members, answers as MemberAnswer[]);
  return Promise.all(answers).then((all) => putTogether(members, all));
}

/** Written out in one go, which takes less time than member by member. */
function putTogether(members: readonly FunctionPlan[], answers: readonly MemberAnswer[]): BundleReading {
  const bundle: Record<string, unknown> = {};
  let errors: [name: string, failure: Failure][] | undefined;
  for (let at = 0; at < members.length; at++) {
    const { name } = members[at] as FunctionPlan;
    const answer = answers[at] as MemberAnswer;
    if (answer instanceof Output) bundle[name] = answer.value;
    else if (errors === undefined) errors = [[name, answer]];
    else errors.push([name, answer]);
  }
  if (errors === undefined) return { body: JSON.stringify(bundle), failures: 0, first: undefined };
  errors.sort(([a], [b]) => compareText(a, b));
  const first = errors[0]?.[1];
  if (errors.length === members.length) return { body: undefined, failures: errors.length, first };
  const $errors = Object.fromEntries(errors.map(([name, failure]) => [name, failure.error]));
  return { body: JSON.stringify({ $errors, ...bundle }), failures: errors.length, first };
}
