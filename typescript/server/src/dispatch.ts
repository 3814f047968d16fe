import { HEADERS } from '@mizan/core';
import { identityHash } from '@mizan/core/hash';
import type { App } from './app.ts';
import { answerBundle } from './bundle.ts';
import { answerCall } from './call.ts';
import { type Failure, failureOf, refusal } from './failure.ts';
import { identifyCaller } from './identify.ts';
import { RequestState } from './request.ts';
import { contractHeader, failed, type Header, privateJson, privateText } from './respond.ts';
import { otherContract } from './skew.ts';
import type { WireRequest, WireResponse } from './wire.ts';

/** The host took the body before us; it says so because only the developer can mend it. */
export class BodyTaken extends Error {
  override readonly name = 'BodyTaken';
  constructor() {
    super('The request body was already read: mount mizan before body parsers such as express.json()');
  }
}

/** Answers one request: by its route, and never by throwing. */
export async function dispatch(app: App, wire: WireRequest): Promise<WireResponse> {
  try {
    const { path } = wire;
    const end = path.length > 1 && path.endsWith('/') ? path.length - 1 : path.length;
    if (path.startsWith('/ctx/')) return await bundleRoute(app, wire, path.slice(5, end));
    switch (path.slice(0, end)) {
      case '/call':
        return await callRoute(app, wire);
      case '/session':
        return await readRoute(app, wire, sessionAnswer, contractHeader(app.contractId));
      case '/contract':
        if (app.contractText !== undefined) return await readRoute(app, wire, contractAnswer);
    }
    return refuse(app, wire, refusal('NOT_FOUND', 'No such route'));
  } catch (error) {
    return refuse(app, wire, failureOf(error, { log: app.log, name: 'mizan' }));
  }
}

function refuse(app: App, wire: WireRequest, failure: Failure, ...more: Header[]): WireResponse {
  return failed(failure, otherContract(app, wire) === undefined ? undefined : app.contractId, [], ...more);
}

function bundleRoute(app: App, wire: WireRequest, rest: string): WireResponse | Promise<WireResponse> {
  const [context, member, ...deeper] = rest.split('/');
  if (!context || member === '' || deeper.length > 0)
    return refuse(app, wire, refusal('NOT_FOUND', 'No such route'));
  if (wire.method !== 'GET' && wire.method !== 'HEAD') return refuseMethod(app, wire, 'GET, HEAD');
  return app.tracer.span('mizan.read', { 'mizan.context': context }, () =>
    answerBundle(app, wire, context, member),
  );
}

function refuseMethod(app: App, wire: WireRequest, allow: string, ...more: Header[]): WireResponse {
  return refuse(app, wire, refusal('METHOD_NOT_ALLOWED', `Use ${allow}`), ['Allow', allow], ...more);
}

async function readRoute(
  app: App,
  wire: WireRequest,
  answer: (app: App, wire: WireRequest) => Promise<WireResponse>,
  ...more: Header[]
): Promise<WireResponse> {
  if (wire.method === 'GET' || wire.method === 'HEAD') return answer(app, wire);
  return refuseMethod(app, wire, 'GET, HEAD', ...more);
}

async function callRoute(app: App, wire: WireRequest): Promise<WireResponse> {
  const contract = contractHeader(app.contractId);
  if (wire.method !== 'POST') return refuseMethod(app, wire, 'POST', contract);
  const encoding = wire.header('content-encoding');
  if (
    !isJson(wire.header('content-type')) ||
    (encoding !== undefined && encoding.toLowerCase() !== 'identity')
  )
    return refuse(app, wire, refusal('UNSUPPORTED_MEDIA_TYPE', 'Send application/json in UTF-8'), contract);
  let body: Uint8Array | 'too-large';
  try {
    body = await wire.body(app.limits.bodyBytes);
  } catch (error) {
    return refuse(app, wire, bodyFailure(app, error), contract);
  }
  if (body === 'too-large')
    return refuse(
      app,
      wire,
      refusal('PAYLOAD_TOO_LARGE', `A body has at most ${app.limits.bodyBytes} bytes`),
      contract,
    );
  return answerCall(app, wire, body);
}

function bodyFailure(app: App, error: unknown): Failure {
  if (!(error instanceof BodyTaken)) return refusal('BAD_REQUEST', 'The body ended too early');
  const failure = failureOf(error, { log: app.log, name: 'mizan' });
  return { ...failure, error: { ...failure.error, message: error.message } };
}

const PLAIN_JSON = 'application/json';
const JSON_TYPE = /^\s*application\/json\s*(?:;\s*charset\s*=\s*(?:utf-8|"utf-8")\s*)?;?\s*$/i;

function isJson(type: string | undefined): boolean {
  return type === PLAIN_JSON || (type !== undefined && JSON_TYPE.test(type));
}

/** `GET /session/` (SES-1). */
async function sessionAnswer(app: App, wire: WireRequest): Promise<WireResponse> {
  const request = new RequestState(wire, app);
  const refused = await identifyCaller(app, request);
  const contract = contractHeader(app.contractId);
  if (refused !== undefined) return refuse(app, wire, refused, contract);
  const identity = identityHash(app.secret, request.identity?.id ?? null);
  const body = JSON.stringify({ csrf: null, contract: app.contractId, identity });
  return privateJson(200, body, contract, [HEADERS.identity, identity]);
}

async function contractAnswer(app: App): Promise<WireResponse> {
  return privateText(app.contractText as string);
}
