import { createMizan, type LogEntry, type Mizan, type MizanOptions, type WireRequest } from '../index.ts';

/** What a test sends; the body is JSON unless it is text or bytes. */
export interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
  signal?: AbortSignal;
}

/** An answer as tests look at it. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it freely
  body: any;
}

/** A server under test without a network. */
export interface Harness {
  mizan: Mizan;
  log: LogEntry[];
  send(target: string, sent?: Sent): Promise<Answer>;
  get(target: string, headers?: Record<string, string>): Promise<Answer>;
  call(
    fn: string,
    args?: unknown,
    more?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<Answer>;
}

export const SECRET = 'a secret of at least 32 bytes, for tests';

/** Makes a server with a fixed clock and epoch; `log` keeps what it said. */
export function harness(modules: object | object[], options: Partial<MizanOptions> = {}): Harness {
  const log: LogEntry[] = [];
  const mizan = createMizan({
    modules: Array.isArray(modules) ? modules : [modules],
    secret: SECRET,
    clock: () => 1000,
    epoch: () => 'e',
    log: (entry) => log.push(entry),
    ...options,
  });
  const send = (target: string, sent: Sent = {}) => exchange(mizan, target, sent);
  return {
    mizan,
    log,
    send,
    get: (target, headers = {}) => send(target, { headers }),
    call: (fn, args, more, headers = {}) =>
      send('/call/', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: { fn, ...(args === undefined ? {} : { args }), ...more },
      }),
  };
}

async function exchange(mizan: Mizan, target: string, sent: Sent): Promise<Answer> {
  const { status, headers, body } = await mizan.handle(wireRequest(target, sent));
  const text = body === null ? '' : typeof body === 'string' ? body : new TextDecoder().decode(body);
  const isJson = headers.some(([name, value]) => name === 'Content-Type' && value === 'application/json');
  return {
    status,
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    text,
    body: isJson && text !== '' ? JSON.parse(text) : undefined,
  };
}

/** A request as an adapter would hand it over. */
export function wireRequest(
  target: string,
  { method = 'GET', headers = {}, body, signal }: Sent = {},
): WireRequest {
  const [path = '', ...query] = target.split('?');
  const bytes =
    body instanceof Uint8Array
      ? body
      : new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body ?? ''));
  return {
    method,
    path,
    query: query.join('?'),
    header: (name) => headers[name],
    headers: new Headers(headers),
    signal: signal ?? new AbortController().signal,
    raw: undefined,
    body: (limit, take) => take(bytes.byteLength > limit ? 'too-large' : bytes),
  };
}

/** A promise that a test settles. */
export function gate<T = void>(): { promise: Promise<T>; open(value: T): void } {
  let open: (value: T) => void = () => {};
  const promise = new Promise<T>((resolve) => {
    open = resolve;
  });
  return { promise, open };
}
