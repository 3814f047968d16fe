import {
  fitHeader,
  formatEntry,
  formatInvalidateHeader,
  LIMITS,
  type Revision,
  splitAddress,
} from '@mizan/core';
import type { App } from './app.ts';
import { isPromise } from './maybe.ts';
import type { Taken } from './store.ts';

/** What an announcement came to. */
export interface Announced {
  /** The list as body and header hold it. */
  entries: readonly string[];
  /** The value of the header; empty when there is nothing to say. */
  header: string;
  /** By context: its number, and at which numbers the instances asked for had changed before. */
  taken: ReadonlyMap<string, Taken>;
}

const NOTHING: Announced = { entries: [], header: '', taken: new Map() };

/**
 * Takes one number for each context of these normalised scopes and notes it (REV-5). `instances` are those
 * whose last change must be known from before, by context. What the store refuses is announced without number.
 */
export function takeNumbers(
  app: App,
  scopes: readonly string[],
  instances?: ReadonlyMap<string, readonly string[]>,
): Announced | Promise<Announced> {
  if (scopes.length === 0) return NOTHING;
  const groups = new Map<string, string[]>();
  for (const scope of scopes) {
    const { context } = splitAddress(scope);
    const group = groups.get(context);
    if (group === undefined) groups.set(context, [scope]);
    else group.push(scope);
  }
  const taken = new Map<string, Taken>();
  const waiting: Promise<unknown>[] = [];
  for (const [context, group] of groups) {
    try {
      const one = app.store.take(context, group, instances?.get(context) ?? []);
      if (!isPromise(one)) taken.set(context, one as Taken);
      else
        waiting.push(
          one.then(
            (late) => taken.set(context, late as Taken),
            (error: unknown) => app.storeFailed(error),
          ),
        );
    } catch (error) {
      app.storeFailed(error);
    }
  }
  const finish = (): Announced => listed(scopes, taken);
  return waiting.length === 0 ? finish() : Promise.all(waiting).then(finish);
}

function listed(scopes: readonly string[], taken: ReadonlyMap<string, Taken>): Announced {
  const all = scopes.map((scope) =>
    formatEntry(scope, taken.get(splitAddress(scope).context)?.revision ?? null),
  );
  const header = formatInvalidateHeader(all);
  if (header.length <= LIMITS.invalidateBytes) return { entries: all, header, taken };
  const entries = fitHeader(all, LIMITS.invalidateBytes);
  return { entries, header: formatInvalidateHeader(entries), taken };
}

/** The last number of a context, or undefined when the store fails. */
export function lastOf(app: App, context: string): Revision | undefined | Promise<Revision | undefined> {
  try {
    const last = app.store.last(context);
    if (!isPromise(last)) return last as Revision;
    return last.then(
      (late) => late as Revision,
      (error: unknown) => {
        app.storeFailed(error);
        return undefined;
      },
    );
  } catch (error) {
    app.storeFailed(error);
    return undefined;
  }
}
