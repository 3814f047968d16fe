import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { contract, rename, UserContext } from '../testing/contexts.ts';
import { createClient } from './index.ts';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A real server that a test answers for. */
async function serve(handle: (request: IncomingMessage, response: ServerResponse, body: string) => void) {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => handle(request, response, body));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/mizan`;
}

describe('over HTTP', () => {
  it('a read is a GET of the address, with the contract and the token', async () => {
    const seen: unknown[] = [];
    const url = await serve(({ method, url, headers }, response) => {
      seen.push([method, url, headers['x-mizan-contract'], headers.authorization]);
      response.setHeader('x-mizan-revision', 'e.7').setHeader('x-mizan-identity', 'who');
      response.end('{"userPosts":[],"userProfile":{"id":5,"name":"Ada"}}');
    });
    const client = createClient({ url, token: () => 'secret' });
    expect(await UserContext.read({ userId: 5 }, { client })).toMatchObject({ userPosts: [] });
    client.tell(['user?userId=5@e.8', 'user@f.1']);
    await UserContext.read({ userId: 5 }, { client }).catch(() => {});
    expect(seen.slice(0, 2)).toEqual([
      ['GET', '/api/mizan/ctx/user?page=1&userId=5', contract, 'Bearer secret'],
      ['GET', '/api/mizan/ctx/user?page=1&userId=5&$min=e.8,f.1', contract, 'Bearer secret'],
    ]);
    expect(client.identity).toBe('who');
    expect(client.heldAt('user?page=1&userId=5')).toMatchObject({ epoch: 'e', n: 7 });
  });

  it('a call is a POST of JSON', async () => {
    const seen: unknown[] = [];
    const url = await serve(({ method, url, headers }, response, body) => {
      seen.push([method, url, headers['content-type'], headers['x-mizan-contract'], JSON.parse(body)]);
      response.statusCode = 409;
      response.end('{"error":{"code":"OutOfStock","message":"no","details":{"left":2}}}');
    });
    const { error } = await rename.safe({ userId: 5, name: 'x' }, { client: createClient({ url }) });
    expect(error).toMatchObject({ code: 'OutOfStock', status: 409, message: 'no', details: { left: 2 } });
    expect(seen).toEqual([
      [
        'POST',
        '/api/mizan/call/',
        'application/json',
        contract,
        { fn: 'rename', args: { userId: 5, name: 'x' }, shows: [] },
      ],
    ]);
  });

  it.each([
    ['takes the token of the session and is repeated once', 'token', 'token', undefined],
    ['is refused when the token is no good either', 'stale', 'token', 'FORBIDDEN'],
    ['is refused where there is no token', null, 'token', 'FORBIDDEN'],
  ])('a call that is refused as forged %s', async (_, given, good, code) => {
    const seen: unknown[] = [];
    const url = await serve(({ url, headers }, response) => {
      seen.push([url?.slice('/api/mizan'.length), headers['x-mizan-csrf']]);
      if (url?.endsWith('/session/')) response.end(JSON.stringify({ csrf: given }));
      else if (headers['x-mizan-csrf'] === good) response.end('{"result":null,"invalidate":[]}');
      else {
        response.statusCode = 403;
        response.end('{"error":{"code":"FORBIDDEN","message":"forged","details":[{"code":"csrf"}]}}');
      }
    });
    const client = createClient({ url });
    expect((await rename.safe({ userId: 5, name: 'x' }, { client })).error?.code).toBe(code);
    const first = [
      ['/call/', undefined],
      ['/session/', undefined],
    ];
    expect(seen).toEqual(given === null ? first : [...first, ['/call/', given]]);
    if (code !== undefined) return;
    // From now on it is sent at once, and never with a read.
    await rename({ userId: 5, name: 'y' }, { client });
    await UserContext.read({ userId: 5 }, { client }).catch(() => {});
    expect(seen.slice(3)).toEqual([
      ['/call/', 'token'],
      ['/ctx/user?page=1&userId=5', undefined],
    ]);
  });

  it.each<[string, (response: ServerResponse) => void, string, string]>([
    [
      'an error page',
      (response) => response.writeHead(502).end('<html>Bad Gateway'),
      'BAD_RESPONSE',
      'OUTCOME_UNKNOWN',
    ],
    [
      'a page of another place',
      (response) => response.writeHead(404).end('<html>'),
      'BAD_RESPONSE',
      'BAD_RESPONSE',
    ],
    [
      'a page that says it went well',
      (response) => response.end('<html>'),
      'BAD_RESPONSE',
      'OUTCOME_UNKNOWN',
    ],
    ['a body that was cut', (response) => response.end('{"result": {"na'), 'BAD_RESPONSE', 'OUTCOME_UNKNOWN'],
    ['no body', (response) => response.writeHead(204).end(), 'BAD_RESPONSE', 'OUTCOME_UNKNOWN'],
    ['a line that breaks', (response) => response.socket?.destroy(), 'NETWORK', 'OUTCOME_UNKNOWN'],
    [
      'a line that breaks within the body',
      (response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{"re');
        setImmediate(() => response.socket?.destroy());
      },
      'BAD_RESPONSE',
      'OUTCOME_UNKNOWN',
    ],
  ])('%s is an error of a type', async (_, answer, read, called) => {
    const url = await serve((_request, response) => answer(response));
    const client = createClient({ url, retries: 0 });
    await expect(UserContext.read({ userId: 5 }, { client })).rejects.toMatchObject({ code: read });
    expect((await rename.safe({ userId: 5, name: 'x' }, { client })).error?.code).toBe(called);
  });

  it('a body that hangs is given up', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200).write('{');
    });
    const client = createClient({ url, retries: 0, timeout: 60 });
    await expect(UserContext.read({ userId: 5 }, { client })).rejects.toMatchObject({ status: 0 });
    expect((await rename.safe({ userId: 5, name: 'x' }, { client })).error?.code).toBe('OUTCOME_UNKNOWN');
  });

  it('nothing that listens is NETWORK for a read', async () => {
    const url = await serve(() => {});
    server?.close();
    const client = createClient({ url, retries: 0 });
    await expect(UserContext.read({ userId: 5 }, { client })).rejects.toMatchObject({ code: 'NETWORK' });
  });
});
