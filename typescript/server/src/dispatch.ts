import type { App } from './app.ts';
import { Read } from './bundle.ts';
import { Call } from './call.ts';
import { type Failure, failureOf, refusal } from './failure.ts';
import { identifyCaller } from './identify.ts';
import { isPromise, type Maybe } from './maybe.ts';
import { RequestState } from './request.ts';
import { failed, type Header, identityHeader, privateJson, privateText } from './respond.ts';
import { otherContract } from './skew.ts';
import { BodyTaken, type WireBody, type WireRequest, type WireResponse } from './wire.ts';

/** Takes the answer to a request, once. */
export type Respond = (response: WireResponse) => void;

/** Answers the requests of an adapter. */
export type Answerer = (request: WireRequest, respond: Respond) => void;

/** Answers one request by its route. Never throws: whatever goes wrong is an answer. */
export function dispatch(app: App, wire: WireRequest, respond: Respond): void {
  attempt(app, wire, respond, route, respond);
}

/**
 * Hands on what a step answers; a step that answers nothing has left that to whoever takes the body. What the step
 * needs is handed to it: a closure for each would be one more in every request.
 */
function attempt<T>(
  app: App,
  wire: WireRequest,
  respond: Respond,
  step: (app: App, wire: WireRequest, given: T) => Maybe<WireResponse> | undefined,
  given: T,
): void {
  let answer: Maybe<WireResponse> | undefined;
  try {
    answer = step(app, wire, given);
  } catch (error) {
    answer = crashed(app, wire, error);
  }
  if (isPromise(answer))
    answer.catch((error: unknown) => crashed(app, wire, error)).then(respond as (late: unknown) => void);
  else if (answer !== undefined) respond(answer as WireResponse);
}

function crashed(app: App, wire: WireRequest, error: unknown): WireResponse {
  return refuse(app, wire, failureOf(error, { log: app.log, name: 'mizan' }));
}

function route(app: App, wire: WireRequest, respond: Respond): Maybe<WireResponse> | undefined {
  const { path } = wire;
  if (path === '/call/') return callRoute(app, wire, respond);
  const end = path.length > 1 && path.endsWith('/') ? path.length - 1 : path.length;
  if (path.startsWith('/ctx/')) return readRoute(app, wire, path.slice(5, end));
  switch (path.slice(0, end)) {
    case '/call':
      return callRoute(app, wire, respond);
    case '/session':
      return forGet(app, wire, answerSession, app.contractHeader);
    case '/contract':
      if (app.contractText !== undefined) return forGet(app, wire, answerContract);
  }
  return refuse(app, wire, refusal('NOT_FOUND', 'No such route'));
}

function refuse(app: App, wire: WireRequest, failure: Failure, ...more: Header[]): WireResponse {
  return failed(failure, otherContract(app, wire) === undefined ? undefined : app.contractId, [], ...more);
}

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

function refuseMethod(app: App, wire: WireRequest, allow: string, ...more: Header[]): WireResponse {
  return refuse(app, wire, refusal('METHOD_NOT_ALLOWED', `Use ${allow}`), ['Allow', allow], ...more);
}

function forGet(
  app: App,
  wire: WireRequest,
  answer: (app: App, wire: WireRequest) => Maybe<WireResponse>,
  ...more: Header[]
): Maybe<WireResponse> {
  return isRead(wire.method) ? answer(app, wire) : refuseMethod(app, wire, 'GET, HEAD', ...more);
}

function readRoute(app: App, wire: WireRequest, rest: string): Maybe<WireResponse> {
  const slash = rest.indexOf('/');
  const context = slash < 0 ? rest : rest.slice(0, slash);
  const member = slash < 0 ? undefined : rest.slice(slash + 1);
  if (context === '' || member === '' || member?.includes('/'))
    return refuse(app, wire, refusal('NOT_FOUND', 'No such route'));
  if (!isRead(wire.method)) return refuseMethod(app, wire, 'GET, HEAD');
  const read = new Read(app, wire, context, member);
  if (!app.tracer.active) return read.answer();
  return app.tracer.span('mizan.read', { 'mizan.context': context }, () => read.answer());
}

const PLAIN_JSON = 'application/json';
const JSON_TYPE = /^[ \t]*application\/json[ \t]*(?:;[ \t]*charset=(?:utf-8|"utf-8")[ \t]*)?$/i;

function isJson(type: string | undefined): boolean {
  return type === PLAIN_JSON || (type !== undefined && JSON_TYPE.test(type));
}

function callRoute(app: App, wire: WireRequest, respond: Respond): WireResponse | undefined {
  if (wire.method !== 'POST') return refuseMethod(app, wire, 'POST', app.contractHeader);
  const encoding = wire.header('content-encoding');
  if (
    !isJson(wire.header('content-type')) ||
    (encoding !== undefined && encoding.toLowerCase() !== 'identity')
  ) {
    const failure = refusal('UNSUPPORTED_MEDIA_TYPE', 'Send application/json in UTF-8');
    return refuse(app, wire, failure, app.contractHeader);
  }
  wire.body(app.limits.bodyBytes, (body) => attempt(app, wire, respond, bodyRoute, body));
  return undefined;
}

function bodyRoute(app: App, wire: WireRequest, body: WireBody): Maybe<WireResponse> {
  if (body === 'too-large') return refuseSize(app, wire);
  if (body instanceof Error) return refuse(app, wire, bodyFailure(app, body), app.contractHeader);
  return callOf(app, wire, body);
}

function callOf(app: App, wire: WireRequest, body: Uint8Array): Maybe<WireResponse> {
  const call = new Call(app, wire, body);
  if (!app.tracer.active) return call.answer();
  return app.tracer.span('mizan.call', { 'mizan.function': call.plan?.name ?? '' }, () => call.answer());
}

function refuseSize(app: App, wire: WireRequest): WireResponse {
  const failure = refusal('PAYLOAD_TOO_LARGE', `A body has at most ${app.limits.bodyBytes} bytes`);
  return refuse(app, wire, failure, app.contractHeader);
}

/** A body that the host took is the developer's to mend, so its message goes out. */
function bodyFailure(app: App, error: Error): Failure {
  if (!(error instanceof BodyTaken)) return refusal('BAD_REQUEST', 'The body ended too early');
  const failure = failureOf(error, { log: app.log, name: 'mizan' });
  return { ...failure, error: { ...failure.error, message: error.message } };
}

/** `GET /session/` (SES-1). */
async function answerSession(app: App, wire: WireRequest): Promise<WireResponse> {
  const request = new RequestState(wire, app);
  const refused = await identifyCaller(app, request);
  if (refused !== undefined) return refuse(app, wire, refused, app.contractHeader);
  const who = identityHeader(app.secret(), request.identity);
  const body = JSON.stringify({ csrf: null, contract: app.contractId, identity: who[1] });
  return privateJson(200, body, app.contractHeader, who);
}

function answerContract(app: App): WireResponse {
  return privateText(app.contractText as string);
}
