import { covers, formatRevision, type Revision } from '@mizan/core';
import type { App } from './app.ts';
import { identifyCaller } from './identify.ts';
import { sameIdentity } from './identity.ts';
import { lastOf } from './numbers.ts';
import type { ContextPlan } from './plan.ts';
import { readBundle } from './read-bundle.ts';
import { RequestState } from './request.ts';
import type { WireRequest } from './wire.ts';

/** The fresh bundles of one answer. */
export interface Flight {
  /** The inside of `contexts`: addresses and bundles in the order of `shows`, empty when there are none. */
  text: string;
  /** Whether one of them is of class user. */
  forUsers: boolean;
}

/** An instance that a client shows. */
export interface Shown {
  address: string;
  context: ContextPlan;
  values: Record<string, unknown>;
}

/** An answer without bundles. */
export const NO_FLIGHT: Flight = { text: '', forUsers: false };

/** The instances of `shows` that are what they seem, each once; the others are passed over (FLT-1). */
export function shownInstances(app: App, shows: readonly string[]): Shown[] {
  const found = new Map<string, Shown>();
  for (const text of shows.slice(0, app.limits.shows)) {
    if (found.has(text)) continue;
    const question = text.indexOf('?');
    const name = question < 0 ? text : text.slice(0, question);
    const context = app.plans.contexts.get(name);
    if (context === undefined || context.members.length === 0) continue;
    const instance = context.address.parse(question < 0 ? '' : text.slice(question + 1));
    if (!instance.ok || instance.min !== undefined || instance.address !== text) continue;
    found.set(text, { address: text, context, values: instance.values });
  }
  return [...found.values()];
}

/**
 * Reads the shown instances that these scopes cover, as requests of their own, after the numbers (FLT-2 to
 * FLT-7). `merged` are instances that a merge has brought up to date already.
 */
export async function readShown(
  app: App,
  wire: WireRequest,
  request: RequestState,
  shows: readonly string[],
  scopes: readonly string[],
  merged: readonly string[],
): Promise<Flight> {
  const affected = shownInstances(app, shows)
    .filter(({ address }) => !merged.includes(address) && scopes.some((scope) => covers(scope, address)))
    .slice(0, app.limits.contexts);
  if (affected.length === 0) return NO_FLIGHT;
  const abort = new AbortController();
  const landed: (string | undefined)[] = affected.map(() => undefined);
  let strangers = false;
  const reads = affected.map(async (shown, at) => {
    const read = await readOne(app, wire, request, shown, abort.signal);
    if (read === 'stranger') strangers = true;
    else landed[at] = read;
  });
  await withinTime(Promise.all(reads), app.limits.flightMilliseconds);
  abort.abort();
  return strangers ? NO_FLIGHT : putTogether(app, affected, landed);
}

/** One bundle as an entry of `contexts`; `stranger` when the caller is no longer the one the call began with. */
async function readOne(
  app: App,
  wire: WireRequest,
  request: RequestState,
  { address, context, values }: Shown,
  signal: AbortSignal,
): Promise<string | 'stranger' | undefined> {
  const revision: Revision | undefined = await lastOf(app, context.name);
  const own = new RequestState(wire, app, signal);
  if ((await identifyCaller(app, own)) !== undefined || !sameIdentity(own.identity, request.identity))
    return 'stranger';
  if (revision === undefined) return undefined;
  const { body, failures } = await readBundle(app, context.members, values, own);
  if (body === undefined || failures > 0) return undefined;
  return `"${address}":{"revision":"${formatRevision(revision)}","data":${body}}`;
}

function putTogether(app: App, affected: readonly Shown[], landed: readonly (string | undefined)[]): Flight {
  let text = '';
  let bytes = 0;
  let forUsers = false;
  for (const [at, entry] of landed.entries()) {
    if (entry === undefined) continue;
    const size = Buffer.byteLength(entry);
    if (bytes + size > app.limits.flightBytes) continue;
    bytes += size;
    text += text === '' ? entry : `,${entry}`;
    forUsers ||= affected[at]?.context.forUsers === true;
  }
  return { text, forUsers };
}

/** Ends with the work or when the time is over; late work goes on unheard. */
async function withinTime(work: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  work.catch(() => {});
  await Promise.race([work.catch(() => {}), over]);
  clearTimeout(timer);
}
