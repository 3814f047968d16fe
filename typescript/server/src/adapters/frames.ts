import { checkJson, HEADERS, type Json } from '@mizan/core';
import type { WireBody, WireRequest, WireResponse } from '../wire.ts';

type Handle = (request: WireRequest) => Promise<WireResponse>;
type Frame = { [key: string]: Json };

/** How frames of one connection become requests. */
export interface FrameOptions {
  /** Writes one frame as JSON text. */
  send(frame: string): void;
  /** Headers that stand for the token of an `auth` frame; none by default. */
  authenticate?(token: string): Record<string, string>;
  /** What the host calls the connection. */
  raw?: unknown;
}

/** One connection that carries frames: a socket, a pipe, an IPC channel. */
export interface FrameConnection {
  /** Answers one frame; resolves when its answer is sent. Never throws. */
  receive(text: string): Promise<void>;
  /** Aborts what is still running. */
  close(): void;
}

/**
 * Answers the frames `call`, `fetch`, `auth` and `ping` (FRM) by the same dispatch as every other adapter.
 * The answer to a call has the body that HTTP would have; the one to a fetch has `revision` and `data`.
 */
export function frameConnection(handle: Handle, options: FrameOptions): FrameConnection {
  const closed = new AbortController();
  let identity: Record<string, string> = {};
  let contract: Record<string, string> = {};
  const refuse = (id: Json | undefined, message: string): void =>
    options.send(
      JSON.stringify({
        ...(id === undefined ? {} : { id }),
        ok: false,
        error: { code: 'BAD_REQUEST', message },
      }),
    );
  return {
    async receive(text) {
      const frame = parseFrame(text);
      if (frame === undefined) return refuse(undefined, 'A frame is one JSON object');
      const { op, id } = frame;
      if (op === 'ping') return;
      if (op === 'auth') {
        const token = typeof frame.token === 'string' ? frame.token : '';
        identity = token === '' ? {} : (options.authenticate?.(token) ?? {});
        const said = frame.contract;
        contract = typeof said === 'string' && said !== '' ? { [HEADERS.contract.toLowerCase()]: said } : {};
        return;
      }
      if (typeof id !== 'string' || id === '')
        return refuse(undefined, 'A frame has an id, a text of its own');
      // Before it is written out again for dispatch, which could no longer see it (VAL-20).
      const fault = checkJson(frame);
      if (fault !== undefined && op !== 'call') return refuse(id, fault);
      // Dispatch sees the same fault in the text as it came, and says whose contract this is (SKEW-3).
      const unsound = fault === undefined ? undefined : text;
      const headers = { ...identity, ...contract };
      const request = requestOf(frame, headers, closed.signal, options.raw, unsound);
      if (request === undefined) return refuse(id, 'op is call, fetch, auth or ping; a fetch has an address');
      options.send(answerOf(id, op === 'fetch', await handle(request)));
    },
    close: () => closed.abort(),
  };
}

function parseFrame(text: string): Frame | undefined {
  try {
    const frame = JSON.parse(text) as Json;
    return typeof frame === 'object' && frame !== null && !Array.isArray(frame) ? frame : undefined;
  } catch {
    return undefined;
  }
}

function requestOf(
  { op, id: _id, address, min, ...rest }: Frame,
  headers: Record<string, string>,
  signal: AbortSignal,
  raw: unknown,
  unsound: string | undefined,
): WireRequest | undefined {
  if (op === 'call') {
    const body = new TextEncoder().encode(unsound ?? JSON.stringify(rest));
    const all = { ...headers, 'content-type': 'application/json' };
    return new FrameRequest('POST', '/call/', '', all, body, signal, raw);
  }
  if (op !== 'fetch' || typeof address !== 'string') return undefined;
  const mark = address.indexOf('?');
  const path = `/ctx/${mark < 0 ? address : address.slice(0, mark)}`;
  const query = mark < 0 ? '' : address.slice(mark + 1);
  const asked = typeof min === 'string' ? `$min=${min}` : '';
  return new FrameRequest(
    'GET',
    path,
    [query, asked].filter((part) => part !== '').join('&'),
    headers,
    undefined,
    signal,
    raw,
  );
}

/** The answer is put together as text: the body is JSON already. */
function answerOf(id: string, fetch: boolean, { status, headers, body }: WireResponse): string {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body ?? new Uint8Array());
  const head = `{"id":${JSON.stringify(id)},"ok":${status === 200}`;
  if (!fetch || status !== 200) return text === '{}' ? `${head}}` : `${head},${text.slice(1)}`;
  const said = (name: string): string | undefined => headers.find(([header]) => header === name)?.[1];
  const identity = said(HEADERS.identity);
  const whose = identity === undefined ? '' : `,"identity":${JSON.stringify(identity)}`;
  return `${head},"revision":${JSON.stringify(said(HEADERS.revision) ?? null)}${whose},"data":${text}}`;
}

class FrameRequest implements WireRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly signal: AbortSignal;
  readonly raw: unknown;
  readonly #headers: Record<string, string>;
  readonly #body: Uint8Array | undefined;

  constructor(
    method: string,
    path: string,
    query: string,
    headers: Record<string, string>,
    body: Uint8Array | undefined,
    signal: AbortSignal,
    raw: unknown,
  ) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.signal = signal;
    this.raw = raw;
    this.#headers = headers;
    this.#body = body;
  }

  header(name: string): string | undefined {
    return this.#headers[name];
  }

  get headers(): Headers {
    return new Headers(this.#headers);
  }

  body(limit: number, take: (body: WireBody) => void): void {
    const body = this.#body ?? new Uint8Array();
    take(body.byteLength > limit ? 'too-large' : body);
  }
}
