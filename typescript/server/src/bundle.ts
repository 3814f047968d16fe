import { formatRevision, HEADERS, LIMITS, parseMin, type Revision, revisionForMin } from '@mizan/core';
import { cacheKeyLines, etag, identityHash, tags } from '@mizan/core/hash';
import type { App } from './app.ts';
import { isPromise } from './direct-call.ts';
import { identifyCaller } from './identify.ts';
import { lastOf } from './numbers.ts';
import type { ContextPlan, MemberPlan } from './plan.ts';
import { allGuardsRefuse, readBundle } from './read-bundle.ts';
import { RequestState } from './request.ts';
import { failed, type Header, json, NO_STORE } from './respond.ts';
import { changedSince, invalid, otherContract, unknownName } from './skew.ts';
import type { WireRequest, WireResponse } from './wire.ts';

/** Answers `GET /ctx/{context}` and `GET /ctx/{context}/{member}`. */
export async function answerBundle(
  app: App,
  wire: WireRequest,
  contextName: string,
  memberName: string | undefined,
): Promise<WireResponse> {
  const context = app.plans.contexts.get(contextName);
  // Before anything of the request touches data (REV-8).
  let last = context === undefined ? undefined : lastOf(app, contextName);
  if (isPromise(last)) last = await last;
  const other = otherContract(app, wire);
  const request = new RequestState(wire, app);
  let refused = identifyCaller(app, request);
  if (isPromise(refused)) refused = await refused;
  const answered = other === undefined ? undefined : app.contractId;
  if (refused !== undefined) return failed(refused, answered);

  const members = context === undefined ? [] : membersOf(context, memberName);
  if (context === undefined || members.length === 0)
    return failed(unknownName(`No ${address(contextName, memberName)}`, other), answered);
  const changed = changedSince(app, other, context.decl.members);
  if (changed !== undefined) return failed(changed, answered);
  const closed = allGuardsRefuse(members, request);
  if (closed !== undefined) return failed(closed, answered, [], ...identityHeader(app, context, request));
  const instance = context.address.parse(wire.query);
  if (!instance.ok) return failed(invalid(instance.findings, other), answered);

  let reading = readBundle(app, members, instance.values, request);
  if (isPromise(reading)) reading = await reading;
  const { body, failures, first } = reading;
  if (body === undefined && first !== undefined)
    return failed(first, answered, [], ...identityHeader(app, context, request));
  const revision = revisionOf(app, last, instance.min);
  const headers = identityHeader(app, context, request);
  if (revision !== undefined) headers.push([HEADERS.revision, formatRevision(revision)]);
  const stored = instance.min === undefined && failures === 0 && revision !== undefined && !context.forUsers;
  return stored
    ? cacheable(app, wire, context, instance.address, body as string, headers)
    : json(body as string, [NO_STORE, ...headers]);
}

function membersOf(context: ContextPlan, memberName: string | undefined): readonly MemberPlan[] {
  if (memberName === undefined) return context.members;
  return context.members.filter(({ plan }) => plan.name === memberName);
}

function address(context: string, member: string | undefined): string {
  const name = /^[A-Za-z0-9]{1,64}$/.test(context) ? ` "${context}"` : '';
  return member === undefined ? `context${name}` : `such member of context${name}`;
}

/** Answers of class user say for whom they are (BUN-12). */
function identityHeader(app: App, context: ContextPlan, request: RequestState): Header[] {
  return context.forUsers ? [[HEADERS.identity, identityHash(app.secret, request.identity?.id ?? null)]] : [];
}

function revisionOf(app: App, last: Revision | undefined, min: string | undefined): Revision | undefined {
  if (last === undefined || min === undefined) return last;
  const asked = parseMin(min);
  return asked === undefined ? last : revisionForMin(last, asked, app.clock());
}

const NO_CACHE: Header = ['Cache-Control', 'private, no-cache'];

/** A public answer with its tag of content; 304 when the caller has it (BUN-9 to BUN-13). */
function cacheable(
  app: App,
  wire: WireRequest,
  context: ContextPlan,
  instance: string,
  body: string,
  headers: Header[],
): WireResponse {
  const { cache, rev, name } = context.decl;
  if (cache === undefined) headers.push(NO_CACHE);
  else {
    const names = tags(instance).join(app.tagHeader === 'Cache-Tag' ? ',' : ' ');
    if (names.length > LIMITS.tagBytes) return json(body, [NO_STORE, ...headers]);
    headers.push(['Cache-Control', `public, max-age=0, s-maxage=${cache}`], [app.tagHeader, names]);
  }
  const lines = cacheKeyLines(instance, { rev, part: app.parts.get(name) as string });
  const tag = `"${etag(app.secret, lines, body)}"`;
  headers.push(['ETag', tag]);
  const held = wire.header('if-none-match');
  if (held !== undefined && matches(held, tag)) return { status: 304, headers, body: null };
  return json(body, headers);
}

const TAG_LIST =
  /^\s*(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"\s*(?:,\s*(?:(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*")?\s*)*$/;

/** Weak comparison with a list of entity tags; a field that is not well formed does not match (BUN-11). */
function matches(field: string, tag: string): boolean {
  if (field.trim() === '*') return true;
  if (field === tag) return true;
  if (field.length > 4096 || !TAG_LIST.test(field)) return false;
  return field.match(/"[^"]*"/g)?.includes(tag) === true;
}
