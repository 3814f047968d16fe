import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Driver } from '../outcome.ts';

/** A server that runs in the referee, for a client under test to meet. */
export interface RefereeServer {
  /** With the base path. */
  url: string;
  /** Requests so far, as `METHOD path`. */
  seen: string[];
  close(): Promise<void>;
}

/** What a hostile server answers; it may also never end. */
export type Answering = (
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
) => void | Promise<void>;

/** Serves whatever `answering` says, on a free port of the loopback interface. */
export async function serve(answering: Answering): Promise<RefereeServer> {
  const seen: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    seen.push(`${request.method} ${(request.url ?? '').replace('/api/mizan', '')}`);
    await answering(request, response, Buffer.concat(chunks).toString('utf8'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/mizan`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Puts a driver, and the mutant in front of it, on a port: what a client meets is what a case meets. */
export function serveDriver(driver: Driver): Promise<RefereeServer> {
  return serve(async (request, response, body) => {
    const path = (request.url ?? '').replace('/api/mizan', '');
    const headers: Record<string, string> = {};
    for (const name of ['content-type', 'x-mizan-contract', 'x-test-identity', 'if-none-match']) {
      const value = request.headers[name];
      if (typeof value === 'string') headers[name] = value;
    }
    const sent = { method: request.method ?? 'GET', path, headers, ...(body === '' ? {} : { body }) };
    const outcome = await driver.request(sent);
    const {
      'content-length': _length,
      'transfer-encoding': _encoding,
      connection: _connection,
      ...kept
    } = outcome.headers;
    response.writeHead(outcome.status, kept).end(outcome.text);
  });
}
