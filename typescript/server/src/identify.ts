import type { App } from './app.ts';
import { type Failure, failureOf } from './failure.ts';
import type { Identity } from './identity.ts';
import { identity as toIdentity } from './identity.ts';
import { isPromise } from './maybe.ts';
import type { RequestState } from './request.ts';

/** Resolves who is calling into the request; a credential that is refused is the failure. */
export function identifyCaller(
  app: App,
  request: RequestState,
): Failure | undefined | Promise<Failure | undefined> {
  if (app.identify === undefined) return undefined;
  const take = (who: Identity | null | undefined): undefined => {
    request.identity = who === null || who === undefined ? null : toIdentity(who);
    return undefined;
  };
  const fail = (error: unknown): Failure => failureOf(error, { log: app.log, name: 'identify' });
  try {
    const who = app.identify(request);
    if (isPromise(who)) return who.then((late) => take(late as Identity | null)).catch(fail);
    return take(who as Identity | null);
  } catch (error) {
    return fail(error);
  }
}
