import { normalizeScopes } from '@mizan/core';
import type { App } from './app.ts';
import { contextDefinition, type FunctionDefinition } from './define.ts';
import { isPromise } from './maybe.ts';
import { suggest } from './mistake.ts';
import { takeNumbers } from './numbers.ts';
import type { AnyContext } from './types.ts';

/** How long a failing store stays silent after it was logged. */
const QUIET = 10_000;

type Rest = Omit<App, 'scopeText' | 'declaredScopes' | 'announce' | 'storeFailed'>;

/** Adds what announces: scopes from symbols, and numbers for what is announced outside of a call. */
export function announceWith(rest: Rest): App {
  let lastFailure = Number.NEGATIVE_INFINITY;
  const app: App = {
    ...rest,
    scopeText: (context, params) => scopeText(app, context, params),
    declaredScopes: (definition, args, result) => declaredScopes(app, definition, args, result),
    announce(scopes) {
      const taken = takeNumbers(app, normalizeScopes(scopes));
      return isPromise(taken) ? taken.then(() => undefined) : undefined;
    },
    storeFailed(error) {
      const now = rest.clock();
      if (now - lastFailure < QUIET) return;
      lastFailure = now;
      rest.log({ level: 'error', event: 'store', message: 'the store of numbers failed', error });
    },
  };
  return app;
}

function scopeText(app: App, context: AnyContext, params: Readonly<Record<string, unknown>>): string {
  const definition = contextDefinition(context);
  if (definition === undefined)
    throw new TypeError('invalidate takes a context: invalidate(UserContext, { userId })');
  const plan = app.plans.contexts.get(definition.name);
  if (plan === undefined)
    throw new TypeError(`invalidate: the context "${definition.name}" has no member in the passed modules`);
  const known = plan.decl.params.map((param) => param.name);
  for (const name of Object.keys(params)) {
    if (known.includes(name)) continue;
    const meant = suggest(name, known);
    const has = known.length === 0 ? 'It has none.' : `It has ${known.join(', ')}.`;
    throw new TypeError(
      `invalidate: the context "${definition.name}" has no parameter "${name}". ${has}${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
    );
  }
  return plan.address.scope(params);
}

function declaredScopes(app: App, definition: FunctionDefinition, args: unknown, result: unknown): string[] {
  const plan = app.plans.byDefinition.get(definition);
  if (plan === undefined)
    throw new TypeError(
      'A function called with this request is not in the modules of its server, so nobody knows what it makes stale: pass its module to createMizan',
    );
  if (plan.scopes === undefined) return [];
  const values = typeof args === 'object' && args !== null ? (args as Record<string, unknown>) : {};
  return [...plan.scopes.resolve(values, result).scopes];
}
