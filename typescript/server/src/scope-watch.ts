import { covers } from '@mizan/core';
import type { App } from './app.ts';
import { identifyCaller } from './identify.ts';
import type { FunctionPlan } from './plan.ts';
import { readBundle } from './read-bundle.ts';
import { RequestState } from './request.ts';
import { type Shown, shownInstances } from './single-flight.ts';
import type { WireRequest } from './wire.ts';

/**
 * In development: reads the shown instances of affected contexts before a mutation runs, and gives what reads
 * those again that its scopes left out, and warns by name when one changed (INV-14).
 */
export async function watchScopes(
  app: App,
  plan: FunctionPlan,
  wire: WireRequest,
  shows: readonly string[],
): Promise<((announced: readonly string[]) => Promise<void>) | undefined> {
  const affected = new Set([...plan.decl.affects.map((one) => one.context), ...plan.mergeContexts]);
  if (affected.size === 0) return undefined;
  const shown = shownInstances(app, shows)
    .filter(({ context }) => affected.has(context.name))
    .slice(0, app.limits.contexts);
  if (shown.length === 0) return undefined;
  const before = await Promise.all(shown.map((one) => readText(app, wire, one)));
  return async (announced) => {
    for (const [at, one] of shown.entries()) {
      if (before[at] === undefined || announced.some((scope) => covers(scope, one.address))) continue;
      const after = await readText(app, wire, one);
      if (after !== undefined && after !== before[at])
        app.log({
          level: 'warn',
          event: 'scope',
          message: `${plan.name} changed ${one.address}, which its scope ${announced.join(', ') || 'of nothing'} leaves out: widen affects, or call req.invalidate`,
          function: plan.name,
          context: one.context.name,
        });
    }
  };
}

async function readText(
  app: App,
  wire: WireRequest,
  { context, values }: Shown,
): Promise<string | undefined> {
  const request = new RequestState(wire, app);
  if ((await identifyCaller(app, request)) !== undefined) return undefined;
  const { body, failures } = await readBundle({ ...app, log: () => {} }, context.members, values, request);
  return failures === 0 ? body : undefined;
}
