import { AsyncResource } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answerer } from '../dispatch.ts';
import { BodyTaken, type WireBody, type WireRequest, type WireResponse } from '../wire.ts';
import { belowBase } from './below-base.ts';

type Incoming = IncomingMessage & { originalUrl?: string; body?: unknown };

/** A listener for `node:http` that makes no Request or Response; `next` gets what is outside of the base. */
export function nodeAdapter(
  answer: Answerer,
  base: string,
): (req: IncomingMessage, res: ServerResponse, next?: (error?: Error) => void) => void {
  return (req, res, next) => {
    // Express shortens `url` below a mount point.
    const url = (req as Incoming).originalUrl ?? req.url ?? '/';
    const mark = url.indexOf('?');
    const path = mark < 0 ? url : url.slice(0, mark);
    const below = belowBase(path, base);
    if (below === undefined) {
      if (next !== undefined) next();
      else {
        res.statusCode = 404;
        res.end();
      }
      return;
    }
    const wire = new NodeRequest(req, res, below, mark < 0 ? '' : url.slice(mark + 1));
    answer(wire, (response) => write(req, res, response));
  };
}

function write(req: IncomingMessage, res: ServerResponse, { status, headers, body }: WireResponse): void {
  if (res.destroyed || res.headersSent) return;
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body?.byteLength;
  const close = !req.complete && leavesMuch(req);
  // Node takes a list as it is, but only where nobody has set a header before.
  if (res.getHeaderNames().length === 0) res.writeHead(status, listOf(headers, length, close));
  else {
    res.statusCode = status;
    for (const [name, value] of headers) res.setHeader(name, value);
    if (length !== undefined) res.setHeader('Content-Length', length);
    if (close) res.setHeader('Connection', 'close');
  }
  if (body === null || req.method === 'HEAD') res.end();
  // As many bytes as characters are ASCII, which Node copies faster when it is told so.
  else if (length === body.length) res.end(body, 'latin1');
  else res.end(body);
}

/** Names and values in turn, in a list of just that size: one that grows takes twice the memory. */
function listOf(headers: WireResponse['headers'], length: number | undefined, close: boolean): string[] {
  const list = new Array<string>(2 * (headers.length + (length === undefined ? 0 : 1) + (close ? 1 : 0)));
  let end = 0;
  for (let at = 0; at < headers.length; at++) {
    const [name, value] = headers[at] as readonly [string, string];
    list[end++] = name;
    list[end++] = value;
  }
  if (length !== undefined) {
    list[end++] = 'Content-Length';
    list[end++] = String(length);
  }
  if (close) {
    list[end++] = 'Connection';
    list[end++] = 'close';
  }
  return list;
}

/** Node reads and drops what we did not want of a body; more than this is cheaper dropped with the connection. */
const LITTLE = 65536;

function leavesMuch({ method, headers }: IncomingMessage): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > LITTLE;
}

class NodeRequest implements WireRequest {
  readonly path: string;
  readonly query: string;
  readonly raw: IncomingMessage;
  readonly #res: ServerResponse;
  #headers: Headers | undefined;
  #signal: AbortSignal | undefined;

  constructor(req: IncomingMessage, res: ServerResponse, path: string, query: string) {
    this.raw = req;
    this.#res = res;
    this.path = path;
    this.query = query;
  }

  get method(): string {
    return this.raw.method ?? 'GET';
  }

  /** Looks through the raw list: making the host's object of headers costs more than all of ours. */
  header(name: string): string | undefined {
    const { rawHeaders } = this.raw;
    let found: string | undefined;
    for (let at = 0; at < rawHeaders.length; at += 2) {
      const key = rawHeaders[at] as string;
      if (key.length !== name.length || (key !== name && key.toLowerCase() !== name)) continue;
      const value = rawHeaders[at + 1] as string;
      found = found === undefined ? value : `${found}, ${value}`;
    }
    return found;
  }

  get headers(): Headers {
    if (this.#headers === undefined) {
      this.#headers = new Headers();
      const { rawHeaders } = this.raw;
      for (let at = 0; at + 1 < rawHeaders.length; at += 2)
        this.#headers.append(rawHeaders[at] as string, rawHeaders[at + 1] as string);
    }
    return this.#headers;
  }

  get signal(): AbortSignal {
    if (this.#signal === undefined) {
      const controller = new AbortController();
      const res = this.#res;
      if (res.destroyed) controller.abort();
      else res.once('close', () => res.writableFinished || controller.abort());
      this.#signal = controller.signal;
    }
    return this.#signal;
  }

  body(limit: number, take: (body: WireBody) => void): void {
    const req = this.raw;
    if (Number(this.header('content-length')) > limit) take('too-large');
    else if (req.readableDidRead || (req as Incoming).body !== undefined) take(new BodyTaken());
    else collect(req, limit, take);
  }
}

function collect(req: IncomingMessage, limit: number, take: (body: WireBody) => void): void {
  // Events run in the context of the connection. What hosts keep for a request in AsyncLocalStorage comes along.
  const context = new AsyncResource('MizanBody');
  let first: Buffer | undefined;
  let rest: Buffer[] | undefined;
  let size = 0;
  let taken = false;
  const end = (body: WireBody) => {
    if (taken) return;
    taken = true;
    context.runInAsyncScope(take, undefined, body);
  };
  req.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > limit) {
      req.pause();
      end('too-large');
    } else if (first === undefined) first = chunk;
    else if (rest === undefined) rest = [first, chunk];
    else rest.push(chunk);
  });
  req.on('end', () => end(rest === undefined ? (first ?? EMPTY) : Buffer.concat(rest, size)));
  // Every request closes; an error costs as much as the rest of this, so it is made only where it is one.
  req.on('close', () => {
    if (!taken) end(new Error('The connection closed'));
  });
}

const EMPTY = new Uint8Array(0);
