import type { Identity } from './identity.ts';
import type { FunctionPlan } from './plan.ts';
import type { RequestState } from './request.ts';

/** Asks a guard function; the static guard has made sure that there is somebody. */
export function guardHolds(
  guard: NonNullable<FunctionPlan['guard']>,
  request: RequestState,
  args: unknown,
): boolean | Promise<boolean> {
  return guard(request.identity as Identity, args);
}
