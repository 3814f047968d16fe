import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { client, context, createMizan } from '../index.ts';
import { expectMounted } from '../testing/mounted.ts';
import { post } from '../testing/serve.ts';

const UserContext = context('user', { input: { userId: z.int() }, cache: 60 });
let name = 'Ada';
const functions = {
  userName: client(
    { context: UserContext, output: z.string() },
    async ({ userId }, req) => `${name} ${userId}${req.headers.get('x-suffix') ?? ''}`,
  ),
  rename: client({ affects: UserContext, input: { userId: z.int(), to: z.string() } }, ({ to }) => {
    name = to;
  }),
  find: client({ context: context('find', { input: { q: z.string() } }), output: z.string() }, ({ q }) => q),
  whoAmI: client({ auth: true, output: z.string() }, (_, req) => req.identity?.id ?? ''),
  ping: client(() => {}),
  later: client((_, req) => req.waitUntil(Promise.reject(new Error('nobody hears it')))),
};
const mizan = createMizan({
  modules: [functions],
  secret: 'a secret of at least 32 bytes, for tests',
  identify: (req) => {
    const id = req.headers.get('x-user');
    return id === null ? null : ({ id } as never);
  },
});

const ask = (path: string, init?: RequestInit) => mizan.fetch(new Request(`http://x${path}`, init));
const call = (body: BodyInit, init: RequestInit = {}) =>
  ask('/api/mizan/call/', { method: 'POST', headers: { 'content-type': 'application/json' }, body, ...init });

describe('on Hono', () => {
  it('is one line', async () => {
    name = 'Ada';
    const app = new Hono();
    app.use(async (c, next) => {
      await next();
      const mark = c.req.header('x-mark');
      if (mark !== undefined) c.res.headers.set('x-mark', mark);
    });
    app.all('/api/mizan/*', (c) => mizan.fetch(c.req.raw));
    app.get('/hello', (c) => c.text('hi'));
    const origin = await new Promise<string>((resolve) => {
      const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
        resolve(`http://127.0.0.1:${port}`),
      );
      onTestFinished(() => {
        server.close();
      });
    });
    await expectMounted(origin);
    expect(await (await fetch(`${origin}/hello`)).text()).toBe('hi');
    const marked = async (headers: Record<string, string>) =>
      (await post(origin, { fn: 'ping' }, headers)).headers.get('x-mark');
    expect(await marked({})).toBeNull();
    expect(await marked({ 'x-mark': 'mine' })).toBe('mine');
    // What a middleware writes into one answer is in no other.
    expect(await marked({})).toBeNull();
  });
});

describe('the fetch handler', () => {
  it('reads the raw query, without a fragment, and leaves the host’s parser out', async () => {
    name = 'Ada';
    expect(await (await ask('/api/mizan/ctx/user?userId=5#x')).json()).toEqual({ userName: 'Ada 5' });
    expect(await (await ask('/api/mizan/ctx/user?userId=5#?x')).json()).toEqual({ userName: 'Ada 5' });
    expect((await ask('/api/mizan/ctx/user#?userId=5')).status).toBe(422);
    expect((await ask('/elsewhere')).status).toBe(404);
    expect((await ask('/api/mizanine/session')).status).toBe(404);
    expect((await mizan.fetch(new Request('http://x'))).status).toBe(404);
  });

  it('makes headers of their own for each answer, whatever the Response of the host does with what it is given', async () => {
    const host = Response;
    onTestFinished(() => {
      globalThis.Response = host;
    });
    class Keeping extends host {
      readonly #given: Headers;
      constructor(body?: BodyInit | null, init?: ResponseInit) {
        super(body, init);
        this.#given = init?.headers instanceof Headers ? init.headers : new Headers(init?.headers);
      }
      override get headers(): Headers {
        return this.#given;
      }
    }
    for (const made of [host, Keeping, host]) {
      globalThis.Response = made;
      const answer = await call('{"fn":"ping"}');
      expect(answer.headers.get('x-mark')).toBeNull();
      expect(answer.headers.get('cache-control')).toBe('private, no-store');
      answer.headers.set('x-mark', 'mine');
      expect((await call('{"fn":"ping"}')).headers.get('x-mark')).toBeNull();
    }
  });

  it.each([undefined, 'many', '-1', ''])(
    'cuts a stream at the limit; its length is said to be %j',
    async (length) => {
      let pulled = 0;
      const endless = new ReadableStream<Uint8Array>({
        pull(controller) {
          pulled += 65536;
          if (pulled > 8 << 20) controller.close();
          else controller.enqueue(new Uint8Array(65536).fill(0x78));
        },
      });
      const headers = {
        'content-type': 'application/json',
        ...(length !== undefined && { 'content-length': length }),
      };
      const cut = await call(endless, { headers, duplex: 'half' } as RequestInit);
      expect([cut.status, (await cut.json()).error.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
      expect(pulled).toBeLessThan(2 << 20);
    },
  );

  it('refuses by the length alone, and a body that is longer than it said', async () => {
    for (const length of ['99999999', '2']) {
      const body = length === '2' ? 'x'.repeat(2 << 20) : '{}';
      const headers = { 'content-type': 'application/json', 'content-length': length };
      expect((await call(body, { headers })).status).toBe(413);
    }
  });

  it('hears that the body was taken', async () => {
    const request = new Request('http://x/api/mizan/call/', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"fn":"later"}',
    });
    await request.text();
    const taken = await mizan.fetch(request);
    expect([taken.status, (await taken.json()).error.message]).toEqual([
      500,
      expect.stringContaining('already read'),
    ]);
  });

  it('takes an empty body for what it is, and reads one in pieces', async () => {
    expect((await call('')).status).toBe(400);
    const pieces = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of ['{"fn":"re', 'name","args":{"userId":1,', '"to":"Cy"}}'])
          controller.enqueue(new TextEncoder().encode(piece));
        controller.close();
      },
    });
    expect((await call(pieces, { duplex: 'half' } as RequestInit)).status).toBe(200);
    expect(name).toBe('Cy');
  });

  it('keeps the runtime alive for what a handler leaves behind', async () => {
    const kept: Promise<unknown>[] = [];
    const request = new Request('http://x/api/mizan/call/', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"fn":"later"}',
    });
    const answer = await mizan.fetch(request, {}, { waitUntil: (work: Promise<unknown>) => kept.push(work) });
    expect([answer.status, kept.length]).toEqual([200, 1]);
    expect((await call('{"fn":"later"}')).status).toBe(200);
  });
});
