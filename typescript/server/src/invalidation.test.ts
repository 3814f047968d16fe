import { covers } from '@mizan/core';
import { parseList } from 'structured-headers';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { client, context, error, MizanError, type MizanOptions } from './index.ts';
import { type Answer, gate, harness } from './testing/harness.ts';

const UserContext = context('user', { input: { userId: z.int() } });
const TeamContext = context('team', {
  input: { teamId: z.int(), state: z.enum(['open', 'done']).optional() },
});
const ThingContext = context('thing', { input: { id: z.int() } });
const TextContext = context('text', { input: { text: z.string() } });
const Broken = error('Broken');
const Post = z.object({ id: z.int(), authorId: z.int().nullable() });

const noop = (): void => {};
const userName = client({ context: UserContext, output: z.string() }, () => 'Ada');
const userPosts = client(
  { context: UserContext, input: { page: z.int().default(1) }, output: z.array(Post) },
  () => [],
);
const settle = client(
  { affects: UserContext, input: { userId: z.int() }, private: true },
  async ({ userId }) => {
    if (userId < 0) throw new Error('no such user');
  },
);

const functions = {
  userName,
  userPosts,
  teamName: client({ context: TeamContext, output: z.string() }, () => 'Reds'),
  thingName: client({ context: ThingContext, output: z.string() }, () => 'Thing'),
  textSeen: client({ context: TextContext, output: z.string() }, ({ text }) => text),
  byName: client({ affects: UserContext, input: { userId: z.int(), name: z.string() } }, noop),
  byNameOptional: client({ affects: UserContext, input: { userId: z.int().optional() } }, noop),
  byNameOtherType: client({ affects: UserContext, input: { userId: z.string() } }, noop),
  filterOnly: client(
    { affects: TeamContext, input: { teamId: z.int(), state: z.enum(['open', 'done']) } },
    noop,
  ),
  neverById: client({ affects: ThingContext, input: { id: z.int() } }, noop),
  explicitId: client({ affects: ThingContext.scope({ id: 'id' }), input: { id: z.int() } }, noop),
  fromArgs: client(
    { affects: UserContext.scope({ userId: 'authorId' }), input: { authorId: z.int() } },
    noop,
  ),
  fromResult: client(
    {
      affects: UserContext.scope({ userId: 'authorId' }),
      input: { how: z.string() },
      output: Post.nullable(),
      errors: [Broken],
    },
    ({ how }) => {
      if (how === 'throw') throw new Broken();
      if (how === 'lie') return { id: 1, authorId: 'x' } as never;
      return how === 'none' ? null : { id: 1, authorId: how === 'null' ? null : 9 };
    },
  ),
  broad: client({ affects: UserContext }, noop),
  both: client({ affects: [TeamContext, UserContext], input: { userId: z.int() } }, noop),
  oneMember: client({ affects: userPosts, input: { userId: z.int() } }, noop),
  oneMemberScoped: client(
    { affects: userPosts.scope({ userId: 'authorId' }), input: { authorId: z.int() } },
    noop,
  ),
  swallowed: client({ affects: [userPosts, UserContext], input: { userId: z.int() } }, noop),
  touchText: client({ affects: TextContext, input: { text: z.string() } }, noop),
  dynamic: client(
    { affects: ThingContext, input: { ids: z.array(z.int()), all: z.boolean().default(false) } },
    ({ ids, all }, req) => {
      for (const userId of ids) req.invalidate(UserContext, { userId });
      if (all) req.invalidate(UserContext);
    },
  ),
  plainDynamic: client((_, req) => req.invalidate(TeamContext, { teamId: 3, state: 'open' })),
  outer: client(
    { affects: TeamContext.scope({ teamId: 'userId' }), input: { userId: z.int() } },
    async ({ userId }, req) => {
      await settle({ userId }, req).catch(() => {});
    },
  ),
  settle,
  fails: client(
    { affects: UserContext, input: { userId: z.int(), how: z.string() }, errors: [Broken] },
    async ({ how }, req) => {
      req.invalidate(TeamContext, { teamId: 1 });
      if (how === 'declared') throw new Broken();
      if (how === 'standard') throw MizanError.conflict('later');
      throw new Error('crash');
    },
  ),
  lies: client({ affects: UserContext, input: { userId: z.int() }, output: z.int() }, () => 'x' as never),
  mayNot: client({ affects: UserContext, input: { userId: z.int() }, auth: true }, noop),
  misuse: client({ affects: UserContext, input: { how: z.string() } }, ({ how }, req) => {
    if (how === 'name') req.invalidate(UserContext, { userid: 5 } as never);
    if (how === 'type') req.invalidate(UserContext, { userId: 'x' });
    if (how === 'what') req.invalidate('user' as never);
  }),
};

const app = (options: Partial<MizanOptions> = {}) => harness(functions, options);

/** The header, read by an independent parser. */
function headerOf({ headers }: Answer): string[] {
  const field = headers['x-mizan-invalidate'];
  return field === undefined ? [] : parseList(field).map(([item]) => item as string);
}

async function stale(fn: string, args: unknown = {}, options: Partial<MizanOptions> = {}): Promise<string[]> {
  const answer = await app(options).call(fn, args);
  const list = (answer.body.invalidate ?? []) as string[];
  expect(headerOf(answer)).toEqual(list);
  return list;
}

describe('scopes', () => {
  it.each([
    ['byName', { userId: 5, name: 'x' }, ['user?userId=5@e.1001']],
    ['byNameOptional', { userId: 5 }, ['user@e.1001']],
    ['byNameOtherType', { userId: '5' }, ['user@e.1001']],
    ['filterOnly', { teamId: 2, state: 'open' }, ['team?teamId=2@e.1001']],
    ['neverById', { id: 5 }, ['thing@e.1001']],
    ['explicitId', { id: 5 }, ['thing?id=5@e.1001']],
    ['fromArgs', { authorId: 5 }, ['user?userId=5@e.1001']],
    ['fromResult', { how: 'nine' }, ['user?userId=9@e.1001']],
    ['fromResult', { how: 'null' }, ['user@e.1001']],
    ['fromResult', { how: 'none' }, ['user@e.1001']],
    ['fromResult', { how: 'throw' }, ['user@e.1001']],
    ['fromResult', { how: 'lie' }, ['user@e.1001']],
    ['broad', {}, ['user@e.1001']],
    ['both', { userId: 5 }, ['team@e.1001', 'user?userId=5@e.1001']],
    ['oneMember', { userId: 5 }, ['user/userPosts?userId=5@e.1001']],
    ['oneMemberScoped', { authorId: 5 }, ['user/userPosts?userId=5@e.1001']],
    ['swallowed', { userId: 5 }, ['user?userId=5@e.1001']],
    ['userName', { userId: 5 }, []],
  ])('of %s %o', async (fn, args, list) => {
    expect(await stale(fn, args)).toEqual(list);
  });

  it('are added by invalidate, sorted, and swallowed by broader ones', async () => {
    expect(await stale('dynamic', { ids: [7, 5, 7] })).toEqual([
      'thing@e.1001',
      'user?userId=5@e.1001',
      'user?userId=7@e.1001',
    ]);
    expect(await stale('dynamic', { ids: [7], all: true })).toEqual(['thing@e.1001', 'user@e.1001']);
    expect(await stale('plainDynamic')).toEqual(['team?state=open&teamId=3@e.1001']);
  });

  it.each([
    'a,b',
    '"quoted"',
    'back\\slash',
    'ünïcode ✓',
    'line\r\nX-Evil: 1',
    '\u0000',
    'x'.repeat(300),
    "'!*()",
  ])('hold %j without splitting a header', async (text) => {
    const answer = await app().call('touchText', { text });
    expect(headerOf(answer)).toEqual(answer.body.invalidate);
    expect(answer.headers['x-mizan-invalidate']).toMatch(/^[\x20-\x7e]*$/);
    const [entry] = answer.body.invalidate as string[];
    const { body } = await app().get(`/ctx/${entry?.split('@')[0]}`);
    expect(body).toEqual({ textSeen: text });
  });

  it('that are too long leave out their longest parameter', async () => {
    expect(await stale('touchText', { text: 'x'.repeat(2000) })).toEqual(['text@e.1001']);
  });

  it('that do not fit the header become broader, in the body too, and an unrelated instance settles', async () => {
    const { call, get } = app();
    const answer = await call('dynamic', { ids: Array.from({ length: 200 }, (_, at) => at + 1) });
    expect(answer.body.invalidate).toEqual(['thing@e.1001', 'user@e.1001']);
    expect(headerOf(answer)).toEqual(answer.body.invalidate);
    const other = await get('/ctx/user?userId=999&$min=e.1001');
    expect(other.headers['x-mizan-revision']).toBe('e.1001');
    const size = Object.entries(answer.headers).reduce(
      (sum, [name, value]) => sum + name.length + value.length + 4,
      0,
    );
    expect(size).toBeLessThanOrEqual(2000);
  });

  it('get one number a context and call', async () => {
    const { call } = app();
    expect((await call('dynamic', { ids: [1, 2] })).body.invalidate).toEqual([
      'thing@e.1001',
      'user?userId=1@e.1001',
      'user?userId=2@e.1001',
    ]);
    expect((await call('byName', { userId: 1, name: '' })).body.invalidate).toEqual(['user?userId=1@e.1002']);
    expect((await call('broad')).body.invalidate).toEqual(['user@e.1003']);
  });

  it('without a number when the store fails', async () => {
    const store = {
      last: () => ({ epoch: 'e', n: 1 }),
      take: (name: string) => {
        if (name === 'user') throw new Error('gone');
        return Promise.resolve({ revision: { epoch: 'e', n: 2 }, previous: [] });
      },
    };
    expect(await stale('both', { userId: 5 }, { store })).toEqual(['team@e.2', 'user?userId=5']);
  });
});

describe('what decides is the commit', () => {
  const rolledBack: Partial<MizanOptions> = { transaction: (run) => run() };

  it.each(['crash', 'declared', 'standard'])(
    'without a transaction a handler that ends by %s announces',
    async (how) => {
      const answer = await app().call('fails', { userId: 5, how });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(Object.keys(answer.body)).toEqual(['error', 'invalidate']);
      expect(answer.body.invalidate).toEqual(['team?teamId=1@e.1001', 'user?userId=5@e.1001']);
      expect(headerOf(answer)).toEqual(answer.body.invalidate);
    },
  );

  it.each(['crash', 'declared', 'standard'])(
    'with a transaction %s rolls back and announces nothing',
    async (how) => {
      const { call, get } = app(rolledBack);
      const answer = await call('fails', { userId: 5, how });
      expect(Object.keys(answer.body)).toEqual(['error']);
      expect(answer.headers).not.toHaveProperty('x-mizan-invalidate');
      expect((await get('/ctx/user?userId=5')).headers['x-mizan-revision']).toBe('e.1000');
    },
  );

  it('what committed is announced although the output is wrong', async () => {
    for (const options of [{}, rolledBack]) {
      const answer = await app(options).call('lies', { userId: 5 });
      expect([answer.status, answer.body.error.code]).toEqual([500, 'INTERNAL']);
      expect(answer.body.invalidate).toEqual(['user?userId=5@e.1001']);
    }
  });

  it('a commit that fails is a rollback', async () => {
    const { call, log } = app({
      transaction: async (run) => {
        await run();
        throw new Error('serialization failure');
      },
    });
    const answer = await call('byName', { userId: 5, name: 'x' });
    expect([answer.status, answer.body.error.code]).toEqual([500, 'INTERNAL']);
    expect(answer.body).not.toHaveProperty('invalidate');
    expect(log).toHaveLength(1);
  });

  it('a hook that commits what was thrown has committed, and one that never runs is an error', async () => {
    const swallows = await app({ transaction: (run) => run().catch(() => {}) }).call('fails', {
      userId: 5,
      how: 'standard',
    });
    expect([swallows.status, swallows.body.invalidate.length]).toEqual([409, 2]);
    const idle = app({ transaction: async () => {} });
    expect((await idle.call('byName', { userId: 5, name: '' })).body.error.code).toBe('INTERNAL');
    expect(String(idle.log[0]?.error)).toContain('did not call run');
  });

  it('what never started announces nothing', async () => {
    expect(await stale('mayNot', { userId: 5 })).toEqual([]);
    expect(await stale('byName', { userId: 'x' })).toEqual([]);
    expect(await stale('settle', { userId: 5 })).toEqual([]);
  });

  it('numbers are taken after the commit and before the answer', async () => {
    const order: string[] = [];
    const { call } = harness(
      {
        userName,
        touch: client({ affects: UserContext, output: z.int() }, (_, req) => {
          order.push(`handler in ${req.transaction}`);
          return 1;
        }),
      },
      {
        transaction: async (run) => {
          order.push('begin');
          const result = await run('tx');
          order.push('commit');
          return result;
        },
        store: {
          last: () => ({ epoch: 'e', n: 1 }),
          take: async () => {
            order.push('number');
            return { revision: { epoch: 'e', n: 2 }, previous: [] };
          },
        },
      },
    );
    expect((await call('touch')).body).toEqual({ result: 1, invalidate: ['user@e.2'] });
    expect(order).toEqual(['begin', 'handler in tx', 'commit', 'number']);
  });
});

describe('invalidate', () => {
  it('raises at a parameter that the context lacks, at a wrong value, at what is no context', async () => {
    const { call, log } = app();
    for (const how of ['name', 'type', 'what'])
      expect((await call('misuse', { how })).body.error.code).toBe('INTERNAL');
    const said = log.map((entry) => (entry.error as Error).message);
    expect(said[0]).toBe(
      'invalidate: the context "user" has no parameter "userid". It has page, userId. Did you mean userId?',
    );
    expect(said[1]).toContain('userId');
    expect(said[2]).toContain('invalidate takes a context');
  });

  it('raises in a read', async () => {
    const C = context('reading');
    const { get, log } = harness({
      x: client({ context: C, output: z.int() }, (_, req) => {
        req.invalidate(C);
        return 1;
      }),
    });
    expect((await get('/ctx/reading')).status).toBe(500);
    expect(String(log[0]?.error)).toContain('in a read');
  });

  it('announces from outside of a request', async () => {
    const { mizan, get } = app();
    await mizan.invalidate(UserContext, { userId: 5 });
    await mizan.invalidate(UserContext);
    expect((await get('/ctx/user?userId=7')).headers['x-mizan-revision']).toBe('e.1002');
    await expect(mizan.invalidate(UserContext, { userid: 5 } as never)).rejects.toThrow(
      'Did you mean userId?',
    );
    await expect(mizan.invalidate(context('stray'))).rejects.toThrow('no member in the passed modules');
  });
});

describe('a direct call', () => {
  it('joins the answer under way with the request', async () => {
    expect(await stale('outer', { userId: 5 })).toEqual(['team?teamId=5@e.1001', 'user?userId=5@e.1001']);
    expect(await stale('outer', { userId: -5 })).toEqual(['team?teamId=-5@e.1001', 'user?userId=-5@e.1001']);
  });

  it('stands alone without one, thrown or not', async () => {
    const { get } = app();
    const revision = async () => (await get('/ctx/user?userId=5')).headers['x-mizan-revision'];
    expect(await revision()).toBe('e.1000');
    await settle({ userId: 5 });
    expect(await revision()).toBe('e.1001');
    await expect(settle({ userId: -1 })).rejects.toThrow('no such user');
    expect(await revision()).toBe('e.1002');
  });

  it('in a read raises, and after the answer announces by itself', async () => {
    let late: Promise<unknown> | undefined;
    const wait = gate();
    const made = harness({
      ...functions,
      careless: client((_, req) => {
        late = wait.promise.then(async () => {
          await settle({ userId: 5 }, req);
          req.invalidate(TeamContext);
        });
      }),
      reader: client({ context: context('reader'), output: z.int() }, async (_, req) => {
        await settle({ userId: 5 }, req);
        return 1;
      }),
    });
    const revision = async (address: string) =>
      (await made.get(`/ctx/${address}`)).headers['x-mizan-revision'];
    expect((await made.get('/ctx/reader')).status).toBe(500);
    expect(String(made.log[0]?.error)).toContain('with the request of a read');
    expect([await revision('user?userId=5'), await revision('team?teamId=1')]).toEqual(['e.1000', 'e.1000']);
    expect((await made.call('careless')).body.invalidate).toEqual([]);
    wait.open();
    await late;
    expect([await revision('user?userId=5'), await revision('team?teamId=1')]).toEqual(['e.1001', 'e.1001']);
  });

  it('works before any server is made, and gives what the handler gives', async () => {
    const seen: unknown[] = [];
    const lonely = client({ affects: UserContext, input: { a: z.int() }, output: z.int() }, ({ a }, req) => {
      req.invalidate(UserContext, { userId: 1 });
      seen.push(req.identity, req.signal.aborted, req.headers.get('x'), req.raw);
      return a + 1;
    });
    expect(await lonely({ a: 1 })).toBe(2);
    expect(seen).toEqual([null, false, null, undefined]);
  });

  it('with a request of a server that does not know the function says so', async () => {
    const stray = client({ affects: UserContext }, noop);
    const { call, log } = harness({ userName, outer: client((_, req) => stray({}, req)) });
    expect((await call('outer')).status).toBe(500);
    expect(String(log[0]?.error)).toContain('not in the modules of its server');
  });
});

describe('a model of the list', () => {
  it('covers what was said, whatever is said', async () => {
    const { call } = app();
    for (const size of [0, 1, 3, 40, 120, 400]) {
      const ids = Array.from({ length: size }, (_, at) => (at * 7919) % 1000);
      const { body } = await call('dynamic', { ids });
      const list = (body.invalidate as string[]).map((entry) => entry.split('@')[0] as string);
      for (const id of ids)
        expect(list.some((scope) => covers(scope, `user?page=1&userId=${id}`))).toBe(true);
    }
  });
});
