import { AsyncLocalStorage } from 'node:async_hooks';
import { connect } from 'node:net';
import express from 'express';
import fastify from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { client, context, createMizan } from '../index.ts';
import { gate } from '../testing/harness.ts';
import { exchangeRaw, originOf, post, serve } from '../testing/serve.ts';

const UserContext = context('user', { input: { userId: z.int() } });
const json = () => z.unknown().meta({ format: 'json' });
const functions = {
  userName: client({ context: UserContext, output: z.string() }, async ({ userId }) => `Ünïcode ${userId}`),
  add: client({ input: { a: z.int(), b: z.int() }, output: z.int() }, ({ a, b }) => a + b),
  keep: client({ input: { value: json() }, output: json() }, ({ value }) => value),
  touch: client({ affects: UserContext, input: { userId: z.int() } }, () => {}),
  heard: client({ output: json() }, (_, req) => ({
    one: req.header('x-one'),
    all: req.headers.get('x-many'),
    none: req.header('x-none') ?? null,
    url: (req.raw as { url: string }).url,
  })),
};
const make = (more: object = {}, log = () => {}) =>
  createMizan({ modules: [functions, more], secret: 'x'.repeat(32), log });

describe('on node:http', () => {
  it('calls and bundles are answered, with lengths in bytes', async () => {
    const origin = await serve(make().node);
    expect(await (await post(origin, { fn: 'add', args: { a: 1, b: 2 } })).json()).toEqual({
      result: 3,
      invalidate: [],
    });
    const bundle = await fetch(`${origin}/api/mizan/ctx/user?userId=5`);
    expect(Number(bundle.headers.get('content-length'))).toBe(Buffer.byteLength(await bundle.clone().text()));
    expect(await bundle.json()).toEqual({ userName: 'Ünïcode 5' });
    const touched = await post(origin, { fn: 'touch', args: { userId: 5 } });
    expect(touched.headers.get('x-mizan-invalidate')).toBe(`"${(await touched.json()).invalidate[0]}"`);
  });

  it('HEAD is GET without the body, and 304 has none', async () => {
    const origin = await serve(make().node);
    const url = `${origin}/api/mizan/ctx/user/?userId=5`;
    const got = await fetch(url);
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    for (const name of ['etag', 'content-length', 'x-mizan-revision', 'cache-control'])
      expect(head.headers.get(name)).toBe(got.headers.get(name));
    const raw = await exchangeRaw(
      origin,
      `GET /api/mizan/ctx/user?userId=5 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nIf-None-Match: ${got.headers.get('etag')}\r\n\r\n`,
    );
    expect(raw).toMatch(/^HTTP\/1\.1 304 [\s\S]*\r\n\r\n$/);
    expect(raw.toLowerCase()).not.toContain('content-length');
  });

  it('headers are looked up one by one or made all at once', async () => {
    const origin = await serve(make().node);
    const answer = await exchangeRaw(
      origin,
      [
        'POST /api/mizan/call HTTP/1.1',
        'Host: x',
        'Connection: close',
        'CONTENT-TYPE: application/json',
        'Content-Length: 14',
        'X-One: 1',
        'X-Many: a',
        'x-many: b',
        '',
        '{"fn":"heard"}',
      ].join('\r\n'),
    );
    expect(JSON.parse(answer.slice(answer.indexOf('{'))).result).toEqual({
      one: '1',
      all: 'a, b',
      none: null,
      url: '/api/mizan/call',
    });
  });

  it('what is outside of the base goes on to next, or is 404', async () => {
    const mizan = make();
    const origin = await serve((req, res) => mizan.node(req, res, () => res.end('theirs')));
    for (const path of ['/', '/api', '/api/mizanine', '/other/api/mizan/session'])
      expect(await (await fetch(origin + path)).text()).toBe('theirs');
    expect((await fetch(`${origin}/api/mizan`)).status).toBe(404);
    expect((await fetch(`${origin}/api/mizan/session`)).status).toBe(200);
    const alone = await serve(mizan.node);
    expect((await fetch(`${alone}/elsewhere`)).status).toBe(404);
    const rooted = await serve(createMizan({ modules: [functions], base: '/', log: () => {} }).node);
    expect((await fetch(`${rooted}/session/`)).status).toBe(200);
  });

  it('a connection lives on, also after a refusal of something small', async () => {
    const sync = client({ context: UserContext, output: z.int() }, () => 1);
    const origin = await serve(make({ sync }).node);
    const url = `${origin}/api/mizan`;
    const answers = [
      await fetch(`${url}/ctx/user/sync?userId=5`),
      await fetch(`${url}/ctx/nowhere`),
      await post(origin, { fn: 'add', args: { a: 1, b: 2 } }),
      await post(origin, 'plain', { 'content-type': 'text/plain' }),
      await fetch(`${url}/ctx/user`, { method: 'DELETE' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 200, 415, 405]);
    expect(answers.map(({ headers }) => headers.get('connection'))).toEqual(Array(5).fill('keep-alive'));
  });

  it('a function runs in the asynchronous context of its request', async () => {
    const storage = new AsyncLocalStorage<string>();
    const mizan = make({ where: client({ output: z.string() }, () => storage.getStore() ?? 'nowhere') });
    const origin = await serve((req, res) => storage.run(req.url ?? '', () => mizan.node(req, res)));
    const answer = await post(origin, { fn: 'where' });
    expect((await answer.json()).result).toBe('/api/mizan/call/');
  });

  it('a body that comes in pieces is read whole', async () => {
    const origin = await serve(make().node);
    const body = JSON.stringify({ fn: 'keep', args: { value: 'ü'.repeat(200_000) } });
    const answer = await post(origin, body);
    expect((await answer.json()).result).toBe('ü'.repeat(200_000));
  });
});

describe('hostile bodies', () => {
  const shapes = [
    '{"fn":"add","args":{"__proto__":{"polluted":1},"a":1,"b":2}}',
    '{"fn":"add","args":{"constructor":{"prototype":{"polluted":1}},"a":1,"b":2}}',
    '{"__proto__":{"polluted":1},"fn":"add"}',
    '{"fn":"keep","args":{"value":{"__proto__":{"polluted":1}}}}',
    '{"fn":"keep","args":{"value":[{"constructor":{"prototype":{"polluted":1}}}]}}',
    '{"fn":"__proto__","args":{}}',
    '{"fn":"constructor","args":{"polluted":1}}',
    '{"fn":"keep","args":{"value":{"a":{"__proto__":{"toString":1}}}}}',
    '{"fn":"add","args":{"a":1,"b":2},"shows":["__proto__","constructor?polluted=1"],"__proto__":[]}',
    '{"fn":"keep","args":{"value":{"\\u005f_proto__":{"polluted":1}}}}',
  ];

  it('a hundred of them are refused and touch nothing', async () => {
    const origin = await serve(make().node);
    const before = Object.getOwnPropertyNames(Object.prototype).sort();
    for (let round = 0; round < 10; round++) {
      for (const body of shapes) {
        const answer = await post(origin, body);
        expect([400, 404, 422]).toContain(answer.status);
        expect((await answer.json()).error.code).toMatch(/^(BAD_REQUEST|NOT_FOUND|VALIDATION_FAILED)$/);
      }
    }
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('ten thousand levels are refused', async () => {
    const origin = await serve(make().node);
    const deep = `{"fn":"keep","args":{"value":${'['.repeat(10_000)}${']'.repeat(10_000)}}}`;
    const answer = await post(origin, deep);
    expect([answer.status, (await answer.json()).error.message]).toEqual([
      400,
      'The body: nested deeper than 64',
    ]);
    const objects = `{"fn":"keep","args":{"value":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}}`;
    expect((await post(origin, objects)).status).toBe(400);
  });

  it('ten megabytes are refused by their length before any of them is read', async () => {
    let heard = 0;
    const mizan = make();
    const origin = await serve((req, res) => {
      mizan.node(req, res);
      req.on('data', (chunk: Buffer) => {
        heard += chunk.length;
      });
      req.pause();
    });
    const answer = await exchangeRaw(
      origin,
      'POST /api/mizan/call/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10485760\r\n\r\n{"fn":"add"',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('PAYLOAD_TOO_LARGE');
    expect(answer).toMatch(/\r\nConnection: close\r\n/i);
    expect(heard).toBe(0);
  });

  it('a client that sends ten megabytes hears the refusal', async () => {
    const origin = await serve(make().node);
    const answer = await post(origin, `{"fn":"keep","args":{"value":"${'x'.repeat(10 << 20)}"}}`);
    expect([answer.status, (await answer.json()).error.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  });

  it('a stream without a length is cut at the limit', async () => {
    const origin = await serve(make().node);
    const { hostname, port } = new URL(origin);
    const socket = connect(Number(port), hostname);
    onTestFinished(() => void socket.destroy());
    let sent = 0;
    const answer = new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk.toString();
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve(text));
    });
    socket.write(
      'POST /api/mizan/call/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    const pump = (): void => {
      while (!socket.destroyed && sent < 100 << 20) {
        sent += chunk.length;
        if (!socket.write(chunk)) {
          socket.once('drain', pump);
          return;
        }
      }
    };
    pump();
    expect(await answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(sent).toBeLessThan(20 << 20);
  });

  it('a body that ends too early is no crash', async () => {
    const origin = await serve(make().node);
    const { hostname, port } = new URL(origin);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(
          'POST /api/mizan/call/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"fn"',
        );
        setImmediate(() => socket.destroy());
      });
      socket.on('close', () => resolve());
    });
    expect((await post(origin, { fn: 'add', args: { a: 1, b: 1 } })).status).toBe(200);
  });
});

describe('a caller that goes away', () => {
  it('is told by the signal, and does not undo what was started', async () => {
    const started = gate();
    const aborted = gate();
    const finished = gate<string>();
    const mizan = make({
      slow: client({ affects: UserContext }, async (_, req) => {
        const { signal } = req;
        signal.addEventListener('abort', () => aborted.open());
        started.open();
        await aborted.promise;
        finished.open(`aborted ${signal.aborted}`);
      }),
    });
    const origin = await serve(mizan.node);
    const before = (await fetch(`${origin}/api/mizan/ctx/user?userId=5`)).headers.get('x-mizan-revision');
    const controller = new AbortController();
    const call = fetch(`${origin}/api/mizan/call/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"fn":"slow"}',
      signal: controller.signal,
    });
    await started.promise;
    controller.abort();
    await expect(call).rejects.toThrow();
    expect(await finished.promise).toBe('aborted true');
    const after = (await fetch(`${origin}/api/mizan/ctx/user?userId=5`)).headers.get('x-mizan-revision');
    expect(after).not.toBe(before);
  });

  it('is not confused with one that got its answer', async () => {
    let signal: AbortSignal | undefined;
    const origin = await serve(
      make({
        watch: client((_, req) => {
          signal = req.signal;
        }),
      }).node,
    );
    await (await post(origin, { fn: 'watch' })).text();
    expect(signal?.aborted).toBe(false);
  });
});

describe('under Express', () => {
  it('is one line before body parsers', async () => {
    const app = express();
    app.use(make().node);
    app.use(express.json());
    app.get('/hello', (_req, res) => void res.send('hi'));
    const origin = await serve(app);
    expect((await (await post(origin, { fn: 'add', args: { a: 1, b: 2 } })).json()).result).toBe(3);
    expect((await fetch(`${origin}/api/mizan/ctx/user?userId=5`)).status).toBe(200);
    expect(await (await fetch(`${origin}/hello`)).text()).toBe('hi');
  });

  it('may hang below its own path', async () => {
    const app = express();
    app.use('/api/mizan', make().node);
    const origin = await serve(app);
    expect((await (await post(origin, { fn: 'add', args: { a: 1, b: 2 } })).json()).result).toBe(3);
  });

  it('says so when a parser took the body', async () => {
    const log: unknown[] = [];
    const app = express();
    app.use(express.json());
    app.use(make({}, ((entry: unknown) => log.push(entry)) as never).node);
    const answer = await post(await serve(app), { fn: 'add', args: { a: 1, b: 2 } });
    expect(answer.status).toBe(500);
    expect((await answer.json()).error).toEqual({
      code: 'INTERNAL',
      id: expect.any(String),
      message: 'The request body was already read: mount mizan before body parsers such as express.json()',
    });
    expect(log).toHaveLength(1);
  });
});

describe('under Fastify', () => {
  it('is one hook', async () => {
    const app = fastify();
    const mizan = make();
    app.addHook('onRequest', (req, reply, next) => mizan.node(req.raw, reply.raw, next));
    app.get('/hello', async () => 'hi');
    await app.ready();
    app.server.removeAllListeners('listening');
    const origin = await originOf(app.server);
    expect((await (await post(origin, { fn: 'add', args: { a: 1, b: 2 } })).json()).result).toBe(3);
    expect((await fetch(`${origin}/api/mizan/ctx/user?userId=5`)).status).toBe(200);
    expect(await (await fetch(`${origin}/hello`)).text()).toBe('hi');
  });
});
