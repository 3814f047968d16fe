import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { exchange, within } from '../deadline.ts';
import type { Around, CallBody, Driver, HttpRequest, Outcome } from '../outcome.ts';

/** Speaks HTTP/1.1 to a testee at a base address such as `http://127.0.0.1:4242/api/mizan`. */
export class HttpDriver implements Driver {
  readonly transport = 'http' as const;
  readonly #base: URL;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });

  constructor(base: string) {
    this.#base = new URL(base);
  }

  call(body: CallBody, around: Around = {}): Promise<Outcome> {
    return this.request({ method: 'POST', path: '/call/', body: JSON.stringify(body) }, around);
  }

  fetch(address: string, around: Around & { min?: string } = {}): Promise<Outcome> {
    const min = around.min === undefined ? '' : `${address.includes('?') ? '&' : '?'}$min=${around.min}`;
    return this.request({ method: 'GET', path: `/ctx/${address}${min}` }, around);
  }

  request(request: HttpRequest, around: Around = {}): Promise<Outcome> {
    const headers: Record<string, string> = {
      ...(request.body === undefined ? {} : announce(request.body)),
      ...(around.as ? { 'x-test-identity': around.as } : {}),
      ...(around.contract ? { 'x-mizan-contract': around.contract } : {}),
      ...around.headers,
      ...request.headers,
    };
    const path = this.#base.pathname + request.path;
    const curl = this.#curl(request, headers, path);
    return new Promise((resolve, reject) => {
      const sent = httpRequest(
        {
          host: this.#base.hostname,
          port: this.#base.port,
          method: request.method,
          path,
          headers,
          agent: this.#agent,
          timeout: exchange.limit,
        },
        (response) => read(response, curl).then(resolve, reject),
      );
      sent.on('timeout', () => sent.destroy(new Error(`no answer within ${exchange.limit} ms`)));
      sent.on('error', reject);
      sent.end(request.body);
    });
  }

  async raw(bytes: string | Uint8Array, cut = false): Promise<string> {
    const socket = connect(Number(this.#base.port), this.#base.hostname);
    const chunks: Buffer[] = [];
    const answer = new Promise<string>((resolve) => {
      const end = (): void => resolve(Buffer.concat(chunks).toString('latin1'));
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.on('close', end);
      socket.on('error', end);
    });
    // A caller that shuts its side down has gone, for some servers: only who is cut off does.
    if (cut) socket.end(bytes);
    else socket.write(bytes);
    try {
      return await within('the raw exchange', answer, exchange.limit);
    } finally {
      socket.destroy();
    }
  }

  async close(): Promise<void> {
    this.#agent.destroy();
  }

  #curl(request: HttpRequest, headers: Record<string, string>, path: string): string {
    const parts = ['curl', '-i', '-X', request.method];
    for (const [name, value] of Object.entries(headers)) parts.push('-H', quote(`${name}: ${value}`));
    const body = request.body;
    if (typeof body === 'string')
      parts.push('--data-raw', quote(body.length > 2000 ? `${body.slice(0, 2000)}…` : body));
    else if (body) parts.push('--data-binary', `'<${body.length} bytes>'`);
    parts.push(quote(`${this.#base.origin}${path}`));
    return parts.join(' ');
  }
}

/** Node announces no length where a method seldom has a body, and sends the body all the same. */
function announce(body: string | Uint8Array): Record<string, string> {
  return { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

async function read(response: IncomingMessage, curl: string): Promise<Outcome> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  return { transport: 'http', status: response.statusCode ?? 0, headers, text, body: parse(text), curl };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
