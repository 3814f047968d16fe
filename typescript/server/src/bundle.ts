import { formatRevision, HEADERS, LIMITS, parseMin, type Revision, revisionForMin } from '@mizan/core';
import { cacheKeyLines, etag, tags } from '@mizan/core/hash';
import type { App } from './app.ts';
import { matchesTag } from './entity-tag.ts';
import type { Failure } from './failure.ts';
import { identifyCaller } from './identify.ts';
import { isPromise, type Maybe } from './maybe.ts';
import { lastOf } from './numbers.ts';
import type { ContextPlan, FunctionPlan } from './plan.ts';
import { allGuardsRefuse, type BundleReading, readBundle } from './read-bundle.ts';
import type { ReadInstance } from './recent-instances.ts';
import { RequestState } from './request.ts';
import { failed, type Header, identityHeader, JSON_TYPE, NO_SNIFF, privateJson } from './respond.ts';
import { changedSince, invalid, otherContract, unknownName } from './skew.ts';
import type { WireRequest, WireResponse } from './wire.ts';

const NOBODY: readonly FunctionPlan[] = [];

/** One `GET /ctx/{context}` or `GET /ctx/{context}/{member}` on its way through the order of refusals (REF-1). */
export class Read {
  readonly app: App;
  readonly wire: WireRequest;
  readonly request: RequestState;
  readonly context: ContextPlan | undefined;
  readonly members: readonly FunctionPlan[];
  readonly other: string | undefined;
  private last: Revision | undefined;

  constructor(app: App, wire: WireRequest, context: string, member: string | undefined) {
    this.app = app;
    this.wire = wire;
    this.request = new RequestState(wire, app);
    this.other = otherContract(app, wire);
    this.context = app.plans.contexts.get(context);
    const all = this.context?.members ?? NOBODY;
    this.members = member === undefined ? all : all.filter(({ name }) => name === member);
  }

  answer(): Maybe<WireResponse> {
    if (this.context === undefined) return this.identify(undefined);
    // Before anything of the request touches data (REV-8).
    const last = lastOf(this.app, this.context.name);
    if (isPromise(last)) return last.then((late) => this.identify(late as Revision | undefined));
    return this.identify(last as Revision | undefined);
  }

  private identify(last: Revision | undefined): Maybe<WireResponse> {
    this.last = last;
    const refused = identifyCaller(this.app, this.request);
    if (isPromise(refused)) return refused.then((late) => this.check(late as Failure | undefined));
    return this.check(refused as Failure | undefined);
  }

  private check(refused: Failure | undefined): Maybe<WireResponse> {
    const { app, context, members, other, request } = this;
    if (refused !== undefined) return this.refuse(refused);
    if (context === undefined) return this.refuse(unknownName('No such context', other));
    if (members.length === 0)
      return this.refuse(unknownName(`The context ${context.name} has no such member`, other));
    const changed = other === undefined ? undefined : changedSince(app, other, context.decl.members);
    if (changed !== undefined) return this.refuse(changed);
    const closed = context.forUsers ? allGuardsRefuse(members, request) : undefined;
    if (closed !== undefined) return this.refuse(closed);
    const instance = context.instances.read(this.wire.query);
    if (!instance.ok) return this.refuse(invalid(instance.findings, other));
    const reading = readBundle(app, members, instance.values, request);
    if (isPromise(reading))
      return reading.then((late) => this.answerReading(context, instance, late as BundleReading));
    return this.answerReading(context, instance, reading as BundleReading);
  }

  private refuse(failure: Failure): WireResponse {
    const contract = this.other === undefined ? undefined : this.app.contractId;
    return failed(failure, contract, [], ...this.forWhom());
  }

  /** Answers of class user say for whom they are (BUN-12). */
  private forWhom(): Header[] {
    return this.context?.forUsers ? [identityHeader(this.app.secret(), this.request.identity)] : [];
  }

  private answerReading(
    context: ContextPlan,
    instance: ReadInstance,
    { body, failures, first }: BundleReading,
  ): WireResponse {
    if (body === undefined) return this.refuse(first as Failure);
    const revision = this.revision(instance.min);
    if (revision === undefined) return privateJson(200, body, ...this.forWhom());
    const revised: Header = [HEADERS.revision, formatRevision(revision)];
    if (context.forUsers || failures > 0 || instance.min !== undefined)
      return privateJson(200, body, revised, ...this.forWhom());
    return this.cacheable(context, instance, body, revised);
  }

  private revision(told: string | undefined): Revision | undefined {
    const min = told === undefined ? undefined : parseMin(told);
    if (this.last === undefined || min === undefined) return this.last;
    return revisionForMin(this.last, min, this.app.clock());
  }

  /** A public answer with its entity tag; 304 when the caller has it (BUN-9 to BUN-13). */
  private cacheable(
    context: ContextPlan,
    instance: ReadInstance,
    body: string,
    revised: Header,
  ): WireResponse {
    const { app, wire } = this;
    const { cache } = context.decl;
    const separator = app.tagHeader === 'Cache-Tag' ? ',' : ' ';
    const names = cache === undefined ? '' : tags(instance.address).join(separator);
    if (names.length > LIMITS.tagBytes) return privateJson(200, body, revised);
    const tag = entityTag(app, context, instance, body);
    const etagged: Header = ['ETag', tag];
    const headers: Header[] =
      cache === undefined
        ? [JSON_TYPE, NO_SNIFF, revised, NO_CACHE, etagged]
        : [JSON_TYPE, NO_SNIFF, revised, sharedFor(cache), [app.tagHeader, names], etagged];
    const held = wire.header('if-none-match');
    if (held === undefined || !matchesTag(held, tag)) return { status: 200, headers, body };
    return { status: 304, headers: headers.filter(isOfAnswer), body: null };
  }
}

/** Whether a header is of the answer itself and not of its content, which a 304 does not have. */
function isOfAnswer(header: Header): boolean {
  return header !== JSON_TYPE && header !== NO_SNIFF;
}

const NO_CACHE: Header = ['Cache-Control', 'private, no-cache'];

function sharedFor(seconds: number): Header {
  return ['Cache-Control', `public, max-age=0, s-maxage=${seconds}`];
}

/** The longest body that is remembered with its tag. */
const REMEMBERED = 8192;

/** The entity tag of a body (BUN-10). What did not change since the last answer is not hashed again. */
function entityTag(app: App, context: ContextPlan, instance: ReadInstance, body: string): string {
  if (instance.tagged?.body === body) return instance.tagged.tag;
  const lines = cacheKeyLines(instance.address, {
    rev: context.decl.rev,
    part: app.parts.get(context.name) as string,
  });
  const tag = `"${etag(app.secret(), lines, body)}"`;
  if (body.length <= REMEMBERED) instance.tagged = { body, tag };
  return tag;
}
