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
  const responses = new Responses();
  return (request, _env, context) => {
    const { url } = request;
    if (url !== last.url) last = targetOf(url, base);
    const { path, query } = last;
    if (path === undefined) return Promise.resolve(new Response(null, { status: 404 }));
    const sent = query !== '' && 'nextUrl' in request ? restoreQuery(query) : query;
    const wire = new FetchRequest(request, path, sent, context);
    answer(wire, (response) => wire.respond(responses.make(wire.method, response)));
    return wire.reading ?? Promise.resolve(wire.response());
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

/** Makes the Responses of one handler. */
class Responses {
  /**
   * All calls that go well share a list of headers, and what was made of it is kept: Bun copies the headers of a
   * Response in half the time of a list.
   */
  private kept:
    | { of: WireResponse['headers']; status: number; by: typeof Response; init: ResponseInit }
    | undefined;

  make(method: string, { status, headers, body }: WireResponse): Response {
    if (body === null || method !== 'HEAD')
      return new Response(body as BodyInit | null, this.initOf(status, headers));
    const length = typeof body === 'string' ? new Blob([body]).size : body.byteLength;
    const list = [...headers, ['Content-Length', String(length)]];
    return new Response(null, { status, headers: list as [string, string][] });
  }

  private initOf(status: number, given: WireResponse['headers']): ResponseInit {
    const { kept } = this;
    if (kept?.of === given && kept.status === status && kept.by === Response) return kept.init;
    const init = { status, headers: given as [string, string][] };
    if (!Object.isFrozen(given)) return init;
    const whole = new Response(null, init);
    // Some hosts have a Response of their own that copies nothing: a middleware would change the headers of all answers.
    const copies = new Response(null, whole).headers !== whole.headers;
    this.kept = { of: given, status, by: Response, init: copies ? whole : init };
    return this.kept.init;
  }
}

class FetchRequest implements WireRequest {
  readonly raw: Request;
  readonly method: string;
  readonly headers: Headers;
  readonly path: string;
  readonly query: string;
  /** Ends with the answer, where the body is asked for: a promise of its own would make every call wait once more. */
  reading: Promise<Response> | undefined;
  private readonly context: ExecutionContext | undefined;
  private given: Response | undefined;
  private resolve: ((response: Response) => void) | undefined;

  constructor(request: Request, path: string, query: string, context: unknown) {
    this.raw = request;
    this.method = request.method;
    this.headers = request.headers;
    this.path = path;
    this.query = query;
    this.context =
      typeof context === 'object' && context !== null ? (context as ExecutionContext) : undefined;
  }

  header(name: string): string | undefined {
    return this.headers.get(name) ?? undefined;
  }

  get signal(): AbortSignal {
    return this.raw.signal;
  }

  waitUntil(work: Promise<unknown>): void {
    this.context?.waitUntil?.(work);
  }

  body(limit: number, take: (body: WireBody) => void): void {
    const { raw } = this;
    // Zero where there is none.
    const length = Number(this.headers.get('content-length'));
    if (length > limit) take('too-large');
    else if (raw.bodyUsed) take(new BodyTaken());
    // What has a length is at most that long, and hosts read it faster in one go than we do piece by piece.
    else if (length > 0) this.read(bytesOf(raw), limit, take);
    else if (raw.body === null) take(new Uint8Array(0));
    else this.read(collect(raw.body, limit), limit, take);
  }

  private read(reading: Promise<Collected>, limit: number, take: (body: WireBody) => void): void {
    this.reading = reading.then(
      (body) => {
        take(typeof body !== 'string' && body.byteLength > limit ? 'too-large' : body);
        return this.response();
      },
      (thrown: unknown) => {
        take(new Error('The body cannot be read', { cause: thrown }));
        return this.response();
      },
    );
  }

  respond(response: Response): void {
    if (this.resolve === undefined) this.given = response;
    else this.resolve(response);
  }

  /** The answer, at once where nothing must be waited for. */
  response(): Response | Promise<Response> {
    return (
      this.given ??
      new Promise((resolve) => {
        this.resolve = resolve;
      })
    );
  }
}

type Collected = Exclude<WireBody, Error>;

async function collect(stream: ReadableStream<Uint8Array>, limit: number): Promise<Collected> {
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
