import type { Answerer } from '../dispatch.ts';
import { BodyTaken, type WireBody, type WireRequest, type WireResponse } from '../wire.ts';
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
  return (request, _env, context) => {
    const { url } = request;
    const start = url.indexOf('/', url.indexOf('://') + 3);
    const hash = url.indexOf('#', start);
    const end = hash < 0 ? url.length : hash;
    const mark = url.indexOf('?', start);
    const path = start < 0 ? '/' : url.slice(start, mark < 0 || mark > end ? end : mark);
    if (!path.startsWith(base) || (path.length > base.length && path.charCodeAt(base.length) !== 47))
      return Promise.resolve(new Response(null, { status: 404 }));
    const sent = mark < 0 || mark > end ? '' : url.slice(mark + 1, end);
    const query = sent !== '' && 'nextUrl' in request ? restoreQuery(sent) : sent;
    const wire = new FetchRequest(request, path.slice(base.length), query, context);
    return new Promise((resolve) => answer(wire, (response) => resolve(toResponse(request, response))));
  };
}

function toResponse(request: Request, { status, headers, body }: WireResponse): Response {
  if (body === null || request.method !== 'HEAD')
    return new Response(body as BodyInit | null, { status, headers: headersOf(headers) });
  const length = typeof body === 'string' ? new Blob([body]).size : body.byteLength;
  const list = [...headers, ['Content-Length', String(length)]];
  return new Response(null, { status, headers: list as [string, string][] });
}

/** Made of the lists that are always the same: a Response copies Headers in half the time of a list. */
const made = new WeakMap<WireResponse['headers'], Headers>();

function headersOf(list: WireResponse['headers']): HeadersInit {
  const known = made.get(list);
  if (known !== undefined) return known;
  if (!Object.isFrozen(list)) return list as [string, string][];
  const headers = new Headers(list as [string, string][]);
  made.set(list, headers);
  return headers;
}

class FetchRequest implements WireRequest {
  readonly raw: Request;
  readonly path: string;
  readonly query: string;
  readonly #context: ExecutionContext | undefined;

  constructor(request: Request, path: string, query: string, context: unknown) {
    this.raw = request;
    this.path = path;
    this.query = query;
    this.#context =
      typeof context === 'object' && context !== null ? (context as ExecutionContext) : undefined;
  }

  get method(): string {
    return this.raw.method;
  }

  header(name: string): string | undefined {
    return this.raw.headers.get(name) ?? undefined;
  }

  get headers(): Headers {
    return this.raw.headers;
  }

  get signal(): AbortSignal {
    return this.raw.signal;
  }

  waitUntil(work: Promise<unknown>): void {
    this.#context?.waitUntil?.(work);
  }

  body(limit: number, take: (body: WireBody) => void): void {
    const { raw } = this;
    const given = raw.headers.get('content-length') ?? '';
    const length = DIGITS.test(given) ? Number(given) : Number.NaN;
    const fail = (thrown: unknown) => take(new Error('The body cannot be read', { cause: thrown }));
    if (length > limit) take('too-large');
    else if (raw.bodyUsed) take(new BodyTaken());
    // What has a length is at most that long, and hosts read it faster in one go than we do piece by piece.
    else if (length <= limit)
      raw.arrayBuffer().then((buffer) => take(atMost(limit, new Uint8Array(buffer))), fail);
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

function atMost(limit: number, body: Uint8Array): WireBody {
  return body.byteLength > limit ? 'too-large' : body;
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
