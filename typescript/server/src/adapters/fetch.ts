import { type Body, BodyTaken, type WireRequest, type WireResponse } from '../wire.ts';
import { restoreQuery } from './restored-query.ts';

type Handle = (request: WireRequest) => Promise<WireResponse>;

/** What runtimes hand over beside the request, to keep them alive for work after the answer. */
interface ExecutionContext {
  waitUntil?(work: Promise<unknown>): void;
}

/** A handler from Request to Response; what is outside of the base is 404. */
export function fetchAdapter(
  handle: Handle,
  base: string,
): (request: Request, env?: unknown, context?: unknown) => Promise<Response> {
  return async (request, _env, context) => {
    const { url } = request;
    const start = url.indexOf('/', url.indexOf('://') + 3);
    const hash = url.indexOf('#', start);
    const end = hash < 0 ? url.length : hash;
    const mark = url.indexOf('?', start);
    const path = start < 0 ? '/' : url.slice(start, mark < 0 || mark > end ? end : mark);
    if (!path.startsWith(base) || (path.length > base.length && path.charCodeAt(base.length) !== 47))
      return new Response(null, { status: 404 });
    const sent = mark < 0 || mark > end ? '' : url.slice(mark + 1, end);
    const query = 'nextUrl' in request ? restoreQuery(sent) : sent;
    const wire = new FetchRequest(request, path.slice(base.length), query, context);
    return toResponse(request, await handle(wire));
  };
}

function toResponse(request: Request, { status, headers, body }: WireResponse): Response {
  const list: [string, string][] = headers.map(([name, value]) => [name, value]);
  if (body === null) return new Response(null, { status, headers: list });
  const length = typeof body === 'string' ? new Blob([body]).size : body.byteLength;
  if (request.method === 'HEAD') list.push(['Content-Length', String(length)]);
  return new Response(request.method === 'HEAD' ? null : (body as BodyInit), { status, headers: list });
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

  body(limit: number, take: (body: Body) => void): void {
    this.#read(limit)
      .catch((thrown: unknown) => new Error('The body cannot be read', { cause: thrown }))
      .then(take);
  }

  async #read(limit: number): Promise<Body> {
    if (Number(this.raw.headers.get('content-length')) > limit) return 'too-large';
    if (this.raw.bodyUsed) return new BodyTaken();
    if (this.raw.body === null) return new Uint8Array(0);
    const reader = this.raw.body.getReader();
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
