import type { Answerer } from '../dispatch.ts';
import { BodyTaken, type WireBody, type WireRequest, type WireResponse } from '../wire.ts';
import { belowBase } from './below-base.ts';
import { restoreQuery } from './restored-query.ts';

/** What runtimes hand over beside the request, to keep them alive for work after the answer. */
interface ExecutionContext {
  waitUntil?(work: Promise<unknown>): void;
}

/** A handler from Request to Response; what is outside of the base is 404. */
export function fetchAdapter(
  answer: Answerer,
  base: string,
): (request: Request, env?: unknown, context?: unknown) => Promise<Response> {
  // All calls go to one URL: what was made of the last one is at hand.
  let last = targetOf('', base);
  return (request, _env, context) => {
    const { url } = request;
    if (url !== last.url) last = targetOf(url, base);
    const { path, query } = last;
    if (path === undefined) return Promise.resolve(new Response(null, { status: 404 }));
    const sent = query !== '' && 'nextUrl' in request ? restoreQuery(query) : query;
    const wire = new FetchRequest(request, path, sent, context);
    return new Promise((resolve) => answer(wire, (response) => resolve(toResponse(request, response))));
  };
}

/** A URL taken apart; without a path it is outside of the base. */
interface Target {
  readonly url: string;
  readonly path: string | undefined;
  readonly query: string;
}

function targetOf(url: string, base: string): Target {
  const start = url.indexOf('/', url.indexOf('://') + 3);
  const hash = url.indexOf('#', start);
  const end = hash < 0 ? url.length : hash;
  const mark = url.indexOf('?', start);
  const path = start < 0 ? '/' : url.slice(start, mark < 0 || mark > end ? end : mark);
  return {
    url,
    path: belowBase(path, base),
    query: mark < 0 || mark > end ? '' : url.slice(mark + 1, end),
  };
}

function toResponse(request: Request, { status, headers, body }: WireResponse): Response {
  if (body === null || request.method !== 'HEAD')
    return new Response(body as BodyInit | null, { status, headers: headersOf(headers) });
  const length = typeof body === 'string' ? new Blob([body]).size : body.byteLength;
  const list = [...headers, ['Content-Length', String(length)]];
  return new Response(null, { status, headers: list as [string, string][] });
}

/** What to make a Response of, for each list that is always the same: Bun copies Headers in half the time of a list. */
const made = new WeakMap<WireResponse['headers'], { for: typeof Response; headers: HeadersInit }>();

function headersOf(given: WireResponse['headers']): HeadersInit {
  const known = made.get(given);
  if (known?.for === Response) return known.headers;
  const list = given as [string, string][];
  if (!Object.isFrozen(given)) return list;
  const headers = new Headers(list);
  // Some hosts have a Response of their own that copies nothing: a middleware would change the headers of all answers.
  const copies = new Response(null, { headers }).headers !== headers;
  made.set(given, { for: Response, headers: copies ? headers : list });
  return copies ? headers : list;
}

class FetchRequest implements WireRequest {
  readonly raw: Request;
  readonly headers: Headers;
  readonly path: string;
  readonly query: string;
  readonly #context: ExecutionContext | undefined;

  constructor(request: Request, path: string, query: string, context: unknown) {
    this.raw = request;
    this.headers = request.headers;
    this.path = path;
    this.query = query;
    this.#context =
      typeof context === 'object' && context !== null ? (context as ExecutionContext) : undefined;
  }

  get method(): string {
    return this.raw.method;
  }

  header(name: string): string | undefined {
    return this.headers.get(name) ?? undefined;
  }

  get signal(): AbortSignal {
    return this.raw.signal;
  }

  waitUntil(work: Promise<unknown>): void {
    this.#context?.waitUntil?.(work);
  }

  body(limit: number, take: (body: WireBody) => void): void {
    const { raw } = this;
    const given = this.headers.get('content-length') ?? '';
    const length = DIGITS.test(given) ? Number(given) : Number.NaN;
    const fail = (thrown: unknown) => take(new Error('The body cannot be read', { cause: thrown }));
    if (length > limit) take('too-large');
    else if (raw.bodyUsed) take(new BodyTaken());
    // What has a length is at most that long, and hosts read it faster in one go than we do piece by piece.
    else if (length <= limit)
      bytesOf(raw).then((body) => take(body.byteLength > limit ? 'too-large' : body), fail);
    else if (raw.body === null) take(new Uint8Array(0));
    else collect(raw.body, limit).then(take, fail);
  }
}

const DIGITS = /^\d+$/;

async function collect(stream: ReadableStream<Uint8Array>, limit: number): Promise<WireBody> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel().catch(() => {});
      return 'too-large';
    }
    chunks.push(value);
  }
  return chunks.length === 1 ? (chunks[0] as Uint8Array) : joined(chunks, size);
}

/**
 * `bytes` is younger than Node 20 and cheaper on Bun. Not where a host's own class stands in for a Request: what it
 * inherits would not know its body.
 */
function bytesOf(request: Request & { bytes?(): Promise<Uint8Array> }): Promise<Uint8Array> {
  if (request.bytes !== undefined && Object.getPrototypeOf(request) === Request.prototype)
    return request.bytes();
  return request.arrayBuffer().then((buffer) => new Uint8Array(buffer));
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}
