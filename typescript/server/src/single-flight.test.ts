import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { client, context, type Identity, identity, MizanError, type MizanOptions } from './index.ts';
import { gate, harness } from './testing/harness.ts';

const UserContext = context('user', { input: { userId: z.int() } });
const NewsContext = context('news');
const DeskContext = context('desk');

function app(options: Partial<MizanOptions> = {}) {
  const runs: string[] = [];
  const state = { fail: false, text: 'short', wait: undefined as Promise<void> | undefined };
  const caller: { who: Identity | null } = { who: identity({ id: 1 }) };
  const userName = client({ context: UserContext, output: z.string() }, async ({ userId }) => {
    runs.push(`userName ${userId}`);
    if (userId === 666) await state.wait;
    return state.text;
  });
  const functions = {
    userName,
    userAge: client({ context: UserContext, output: z.int() }, ({ userId }) => {
      runs.push(`userAge ${userId}`);
      if (state.fail) throw MizanError.conflict('no');
      return userId;
    }),
    headline: client({ context: NewsContext, output: z.string() }, () => {
      runs.push('headline');
      return 'news';
    }),
    desk: client({ context: DeskContext, auth: true, output: z.string() }, (_, req) => {
      runs.push('desk');
      return req.identity?.id ?? '?';
    }),
    touch: client({ affects: UserContext, input: { userId: z.int() }, output: z.int() }, () => 1),
    touchAll: client({ affects: [UserContext, NewsContext, DeskContext] }, () => {}),
    merge: client({ merge: userName, input: { userId: z.int() }, output: z.string() }, () => 'merged'),
    mergeAnd: client(
      { merge: userName, affects: UserContext, input: { userId: z.int() }, output: z.string() },
      () => 'merged',
    ),
    plain: client(() => {}),
    fails: client({ affects: UserContext }, () => {
      throw MizanError.conflict('no');
    }),
    leave: client({ affects: DeskContext }, () => {
      caller.who = null;
    }),
    become: client({ affects: DeskContext }, () => {
      caller.who = identity({ id: 1, staff: true });
    }),
  };
  return { ...harness(functions, { identify: () => caller.who, ...options }), runs, state, caller };
}

describe('single flight', () => {
  it('carries fresh bundles of the affected shown instances, in their order, after the numbers', async () => {
    const { call, runs } = app();
    const { body, text } = await call('touchAll', {}, { shows: ['news', 'user?userId=7', 'user?userId=5'] });
    expect(Object.keys(body)).toEqual(['result', 'invalidate', 'contexts']);
    expect(body.contexts).toEqual({
      news: { revision: 'e.1001', data: { headline: 'news' } },
      'user?userId=7': { revision: 'e.1001', data: { userAge: 7, userName: 'short' } },
      'user?userId=5': { revision: 'e.1001', data: { userAge: 5, userName: 'short' } },
    });
    expect(text.indexOf('"news":{')).toBeLessThan(text.indexOf('userId=7":{'));
    expect(runs.sort()).toEqual(['headline', 'userAge 5', 'userAge 7', 'userName 5', 'userName 7']);
  });

  it('never reads what is not affected, after a plain call or a failed one', async () => {
    const { call, runs } = app();
    const { body } = await call(
      'touch',
      { userId: 5 },
      { shows: ['user?userId=6', 'news', 'user?userId=5'] },
    );
    expect(Object.keys(body.contexts)).toEqual(['user?userId=5']);
    expect(runs.sort()).toEqual(['userAge 5', 'userName 5']);
    runs.length = 0;
    expect((await call('plain', {}, { shows: ['news'] })).body).toEqual({ result: null, invalidate: [] });
    expect((await call('fails', {}, { shows: ['user?userId=5'] })).body).not.toHaveProperty('contexts');
    expect(runs).toEqual([]);
  });

  it('passes over in silence what is no instance', async () => {
    const { call, runs } = app();
    const shows = [
      'nowhere',
      'user',
      'user?userId=x',
      'user?userId=05',
      'user?userId=5&userId=5',
      'user/userName?userId=5',
      'user?userId=5&$min=*',
      'news?a=1',
      '__proto__',
      '',
      'news',
      'news',
      `user?userId=${'1'.repeat(3000)}`,
    ];
    const { status, body } = await call('touchAll', {}, { shows });
    expect([status, Object.keys(body.contexts)]).toEqual([200, ['news']]);
    expect(runs).toEqual(['headline']);
  });

  it('looks at 64 of them and reads 8', async () => {
    const { call, runs } = app();
    const shows = Array.from({ length: 100 }, (_, at) => `user?userId=${at + 1}`);
    const { body } = await call('touchAll', {}, { shows });
    expect(Object.keys(body.contexts)).toEqual(shows.slice(0, 8));
    expect(runs).toHaveLength(16);
    runs.length = 0;
    const late = [...Array.from({ length: 64 }, () => 'nowhere'), 'news'];
    expect((await call('touchAll', {}, { shows: late })).body).not.toHaveProperty('contexts');
    const limited = app({ limits: { shows: 2, contexts: 1 } });
    expect(
      Object.keys((await limited.call('touchAll', {}, { shows: ['nowhere', ...shows] })).body.contexts),
    ).toEqual(['user?userId=1']);
  });

  it('leaves out partial bundles, which stay in the list', async () => {
    const { call, state } = app();
    state.fail = true;
    const { status, body } = await call('touchAll', {}, { shows: ['user?userId=5', 'news'] });
    expect([status, Object.keys(body.contexts)]).toEqual([200, ['news']]);
    expect(body.invalidate).toContain('user@e.1001');
  });

  it('leaves out what is late, and tells it so', async () => {
    const { call, state } = app({ limits: { flightMilliseconds: 30 } });
    const wait = gate();
    state.wait = wait.promise;
    const { body } = await call('touchAll', {}, { shows: ['user?userId=666', 'user?userId=5'] });
    expect(Object.keys(body.contexts)).toEqual(['user?userId=5']);
    wait.open();
  });

  it('aborts the signal of reads that are late', async () => {
    const aborted = gate();
    const C = context('slow');
    const { call } = harness(
      {
        slow: client({ context: C, output: z.int() }, (_, req) => {
          req.signal.addEventListener('abort', () => aborted.open());
          return new Promise<number>(() => {});
        }),
        touch: client({ affects: C }, () => {}),
      },
      { limits: { flightMilliseconds: 5 } },
    );
    expect((await call('touch', {}, { shows: ['slow'] })).body).not.toHaveProperty('contexts');
    await aborted.promise;
  });

  it('keeps to its budget of bytes', async () => {
    const { call, state } = app({ limits: { flightBytes: 200 } });
    const shows = ['user?userId=1', 'user?userId=2', 'user?userId=3'];
    expect(Object.keys((await call('touchAll', {}, { shows })).body.contexts)).toEqual(shows.slice(0, 2));
    state.text = 'x'.repeat(300);
    expect((await call('touchAll', {}, { shows: [...shows, 'news'] })).body.contexts).toEqual({
      news: { revision: 'e.1002', data: { headline: 'news' } },
    });
  });

  it('sends nothing to whoever is no longer the caller', async () => {
    const { call, runs, caller } = app();
    const shows = ['news', 'desk'];
    expect((await call('touchAll', {}, { shows })).body.contexts.desk.data).toEqual({ desk: '1' });
    runs.length = 0;
    expect((await call('leave', {}, { shows })).body).not.toHaveProperty('contexts');
    expect(runs).toEqual([]);
    caller.who = identity({ id: 1 });
    expect((await call('become', {}, { shows })).body).not.toHaveProperty('contexts');
  });

  it('says for whom it is when a bundle is of class user', async () => {
    const { call, get } = app();
    const session = await get('/session/');
    expect((await call('touchAll', {}, { shows: ['desk'] })).headers['x-mizan-identity']).toBe(
      session.body.identity,
    );
    expect((await call('touchAll', {}, { shows: ['news'] })).headers).not.toHaveProperty('x-mizan-identity');
  });

  it('does not read what a merge has brought up to date', async () => {
    const { call, runs } = app();
    const merged = await call('merge', { userId: 5 }, { shows: ['user?userId=5'] });
    expect(merged.body.merge).toHaveLength(1);
    expect(merged.body).not.toHaveProperty('contexts');
    expect(runs).toEqual([]);
    const read = await call('mergeAnd', { userId: 5 }, { shows: ['user?userId=5'] });
    expect(read.body).not.toHaveProperty('merge');
    expect(Object.keys(read.body.contexts)).toEqual(['user?userId=5']);
  });

  it('reads by the scopes as they were before the header made them broader', async () => {
    const { call } = app();
    const { call: many, runs } = (() => {
      const seen: number[] = [];
      const made = harness({
        name: client({ context: UserContext, output: z.int() }, ({ userId }) => {
          seen.push(userId);
          return userId;
        }),
        touch: client({ input: { ids: z.array(z.int()) } }, ({ ids }, req) => {
          for (const userId of ids) req.invalidate(UserContext, { userId });
        }),
      });
      return { call: made.call, runs: seen };
    })();
    const ids = Array.from({ length: 200 }, (_, at) => at + 1);
    const { body } = await many('touch', { ids }, { shows: ['user?userId=999', 'user?userId=7'] });
    expect(body.invalidate).toEqual(['user@e.1001']);
    expect(Object.keys(body.contexts)).toEqual(['user?userId=7']);
    expect(runs).toEqual([7]);
    expect((await call('plain')).status).toBe(200);
  });
});

describe('in development', () => {
  it('a scope that leaves out what changed is named', async () => {
    const names = new Map([
      [5, 'Ada'],
      [7, 'Bob'],
    ]);
    const functions = {
      name: client({ context: UserContext, output: z.string() }, ({ userId }) => names.get(userId) ?? ''),
      swap: client(
        { affects: UserContext, input: { userId: z.int(), other: z.int() } },
        ({ userId, other }) => {
          names.set(userId, 'x');
          names.set(other, `${names.get(other)}!`);
        },
      ),
      honest: client(
        { affects: UserContext, input: { userId: z.int(), other: z.int() } },
        ({ other }, req) => {
          names.set(other, `${names.get(other)}?`);
          req.invalidate(UserContext, { userId: other });
        },
      ),
    };
    const shows = ['user?userId=5', 'user?userId=7'];
    const { call, log } = harness(functions, { development: true });
    await call('swap', { userId: 5, other: 7 }, { shows });
    expect(log).toEqual([
      expect.objectContaining({
        level: 'warn',
        event: 'scope',
        function: 'swap',
        message: expect.stringMatching(
          /^swap changed user\?userId=7, which its scope user\?userId=5 leaves out/,
        ),
      }),
    ]);
    await call('honest', { userId: 5, other: 7 }, { shows });
    await call('swap', { userId: 5, other: 5 }, { shows });
    expect(log).toHaveLength(1);
    const production = harness(functions, { development: false });
    await production.call('swap', { userId: 5, other: 7 }, { shows });
    expect(production.log).toEqual([]);
  });

  it('the contract is open', async () => {
    const ping = client(() => {});
    const secret = client({ private: true }, () => {});
    const { get, mizan } = harness({ ping, secret }, { development: true });
    const { status, text, headers } = await get('/contract/');
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      'text/plain; charset=utf-8',
      'private, no-store',
    ]);
    expect(text).toContain('function "ping"');
    expect(text).not.toContain('secret');
    expect(mizan.export().contract).toContain('function "secret"');
    expect((await harness({ ping }, { contract: true }).get('/contract')).status).toBe(200);
    expect((await harness({ ping }, { development: true, contract: false }).get('/contract')).status).toBe(
      404,
    );
  });
});
