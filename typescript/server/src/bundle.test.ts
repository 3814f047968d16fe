import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { client, context, identity, MizanError } from './index.ts';
import { gate, harness } from './testing/harness.ts';

const Team = z.enum(['red', 'blue']);
const UserContext = context('user', { input: { userId: z.int().min(1) } });
const CatalogContext = context('catalog', { cache: 60, rev: 2 });
const DeskContext = context('desk');
const FilterContext = context('filter', {
  input: { q: z.string().default(''), team: Team.nullable().default(null), note: z.string().optional() },
  cache: 5,
});

function app() {
  const runs: [string, unknown][] = [];
  const fails: Record<string, unknown> = {};
  const member =
    <A, T>(name: string, make: (args: A) => T) =>
    (args: A): T => {
      runs.push([name, args]);
      if (fails[name] !== undefined) throw fails[name];
      return make(args);
    };
  const functions = {
    userPosts: client(
      { context: UserContext, input: { page: z.int().default(1) }, output: z.array(z.string()) },
      member('userPosts', ({ userId, page }: { userId: number; page: number }) => [`${userId}/${page}`]),
    ),
    userName: client(
      { context: UserContext, output: z.string() },
      member('userName', async ({ userId }: { userId: number }) => `User ${userId}`),
    ),
    userAge: client(
      { context: UserContext, output: z.int() },
      member('userAge', () => 7),
    ),
    stamp: client(
      { context: CatalogContext, output: z.int() },
      member('stamp', () => 1),
    ),
    deskOwner: client(
      { context: DeskContext, auth: true, output: z.string() },
      (_, req) => req.identity?.id ?? '?',
    ),
    deskNews: client({ context: DeskContext, output: z.string() }, () => 'news'),
    deskMine: client(
      {
        context: DeskContext,
        input: { ownerId: z.int().default(5) },
        auth: (who, { ownerId }) => who.hasId(ownerId),
        output: z.string(),
      },
      () => 'mine',
    ),
    filtered: client(
      { context: FilterContext, output: z.unknown().meta({ format: 'json' }) },
      member('filtered', (args: unknown) => args),
    ),
    hidden: client(
      { context: UserContext, private: true, output: z.int() },
      member('hidden', () => 1),
    ),
  };
  return {
    ...harness(functions, {
      identify: (req) =>
        req.header('x-user') === undefined ? null : identity({ id: req.header('x-user') as string }),
    }),
    runs,
    fails,
  };
}

describe('a bundle', () => {
  it('holds the members in order, each run once with its own parameters', async () => {
    const { get, runs } = app();
    const { status, text, headers } = await get('/ctx/user?userId=5&page=2');
    expect(status).toBe(200);
    expect(text).toBe('{"userAge":7,"userName":"User 5","userPosts":["5/2"]}');
    expect(runs.sort()).toEqual([
      ['userAge', { userId: 5 }],
      ['userName', { userId: 5 }],
      ['userPosts', { userId: 5, page: 2 }],
    ]);
    expect(headers['x-mizan-revision']).toBe('e.1000');
    expect(headers).not.toHaveProperty('x-mizan-contract');
    expect(headers).not.toHaveProperty('x-mizan-identity');
  });

  it('fills in defaults, leaves out what is absent, and takes keys in any order', async () => {
    const { get, runs } = app();
    const one = await get('/ctx/user?page=1&userId=5');
    const other = await get('/ctx/user?userId=5');
    expect(one.headers.etag).toBe(other.headers.etag);
    await get('/ctx/filter');
    await get('/ctx/filter?note=&team=red&q=a%20b');
    expect(runs.slice(-2).map(([, args]) => args)).toEqual([
      { q: '', team: null },
      { q: 'a b', team: 'red', note: '' },
    ]);
  });

  it('reads one member alone', async () => {
    const { get, runs } = app();
    const answer = await get('/ctx/user/userPosts?userId=5');
    expect(answer.text).toBe('{"userPosts":["5/1"]}');
    expect(answer.headers['x-mizan-revision']).toBe('e.1000');
    expect(runs).toEqual([['userPosts', { userId: 5, page: 1 }]]);
    expect((await get('/ctx/user/userName?userId=5&page=3')).status).toBe(200);
  });

  it('is the same when it is asked for again, after hundreds of others and whatever a handler did to its arguments', async () => {
    const KeptContext = context('kept', { input: { n: z.int(), tag: z.string().default('a') } });
    const { get } = harness({
      kept: client({ context: KeptContext, output: z.string() }, (args: { n: number; tag: string }) => {
        const said = `${args.n}${args.tag}`;
        Object.assign(args, { n: -1, tag: 'changed' });
        return said;
      }),
      other: client({ context: KeptContext, output: z.int() }, ({ n }) => n),
    });
    const first = await get('/ctx/kept?n=1');
    const alone = await get('/ctx/kept/other?n=1');
    for (let n = 1; n <= 1100; n++)
      expect((await get(`/ctx/kept?n=${n}`)).text).toBe(`{"kept":"${n}a","other":${n}}`);
    const said = async (target: string) => [(await get(target)).text, (await get(target)).headers.etag];
    expect(await said('/ctx/kept?n=1')).toEqual([first.text, first.headers.etag]);
    expect(await said('/ctx/kept/other?n=1')).toEqual([alone.text, alone.headers.etag]);
    expect(await said('/ctx/kept?tag=a&n=1')).toEqual([first.text, first.headers.etag]);
    expect(alone.headers.etag).not.toBe(first.headers.etag);
  });

  it.each([
    ['/ctx/user', ['/userId required']],
    ['/ctx/user?userId=x', ['/userId format']],
    ['/ctx/user?userId=05', ['/userId format']],
    ['/ctx/user?userId=0', ['/userId min']],
    ['/ctx/user?userId=5&userId=5', ['/userId format']],
    ['/ctx/user?userId=5&x=1', ['/x unknown']],
    ['/ctx/user?userId=5&', [' format']],
    ['/ctx/user?userId=5&$min=nonsense', ['/$min format']],
    ['/ctx/filter?q=a+b', ['/q format']],
    ['/ctx/filter?q=%zz', ['/q format']],
    ['/ctx/filter?q=%ff', ['/q format']],
    ['/ctx/filter?q=%2f', ['/q format']],
    ['/ctx/filter?team=green', ['/team enum']],
    ['/ctx/filter?__proto__=1', ['/__proto__ unknown']],
    [`/ctx/filter?q=${'x'.repeat(1100)}`, [' maxLength']],
    [`/ctx/filter?q=${'x'.repeat(3000)}`, [' maxLength']],
  ])('refuses %s before a member runs', async (target, findings) => {
    const { get, runs } = app();
    const { status, body } = await get(target);
    expect(status).toBe(422);
    expect(body.error.details.map(({ path, code }: Record<string, string>) => `${path} ${code}`)).toEqual(
      findings,
    );
    expect(runs).toEqual([]);
  });

  it.each([
    '/ctx/nowhere',
    '/ctx/constructor',
    '/ctx/user/nothing?userId=5',
    '/ctx/user/hidden?userId=5',
    '/ctx/user/stamp?userId=5',
  ])('knows nothing of %s', async (target) => {
    const { get, runs } = app();
    const { status, body } = await get(target);
    expect([status, body.error.code]).toEqual([404, 'NOT_FOUND']);
    expect(runs).toEqual([]);
  });

  it('runs its members side by side', async () => {
    const both = gate();
    let waiting = 0;
    const meet = async () => {
      if (++waiting === 2) both.open();
      await both.promise;
      return waiting;
    };
    const C = context('pair');
    const { get } = harness({
      one: client({ context: C, output: z.int() }, meet),
      two: client({ context: C, output: z.int() }, meet),
    });
    expect((await get('/ctx/pair')).body).toEqual({ one: 2, two: 2 });
  });
});

describe('failing members', () => {
  it('do not blank the page, and such a page is stored nowhere', async () => {
    const { get, fails, log } = app();
    fails.userName = MizanError.conflict('busy');
    fails.userAge = new Error('secret');
    const { status, text, body, headers } = await get('/ctx/user?userId=5');
    expect(status).toBe(200);
    expect(body).toEqual({
      $errors: {
        userAge: { code: 'INTERNAL', message: 'Internal error', id: log[0]?.id },
        userName: { code: 'CONFLICT', message: 'busy' },
      },
      userPosts: ['5/1'],
    });
    expect(text.indexOf('$errors')).toBe(2);
    expect(headers['cache-control']).toBe('private, no-store');
    expect(headers).not.toHaveProperty('etag');
    expect(headers['x-mizan-revision']).toBe('e.1000');
  });

  it('are the answer when all fail: the first by name', async () => {
    const { get, fails } = app();
    fails.userName = MizanError.notFound('no name');
    fails.userAge = MizanError.conflict('no age');
    fails.userPosts = MizanError.unavailable('no posts');
    const all = await get('/ctx/user?userId=5');
    expect([all.status, all.body.error.code]).toEqual([409, 'CONFLICT']);
    expect(all.headers).not.toHaveProperty('x-mizan-revision');
    const one = await get('/ctx/user/userPosts?userId=5');
    expect([one.status, one.body.error.code]).toEqual([503, 'UNAVAILABLE']);
  });

  it('fail by their output and by their validator too', async () => {
    const C = context('odd', { input: { n: z.int().refine((n) => n < 10, 'too many') } });
    const { get } = harness({
      good: client({ context: C, output: z.int() }, () => 1),
      lying: client({ context: C, output: z.int() }, () => 'x' as never),
    });
    expect((await get('/ctx/odd?n=1')).body).toMatchObject({
      good: 1,
      $errors: { lying: { code: 'INTERNAL' } },
    });
    const refused = await get('/ctx/odd?n=11');
    expect([refused.status, refused.body.error.details]).toEqual([
      422,
      [{ path: '/n', code: 'invalid', message: 'too many' }],
    ]);
  });
});

describe('guarded members', () => {
  const ada = { 'x-user': '5' };

  it('are guarded one by one', async () => {
    const { get } = app();
    const nobody = await get('/ctx/desk');
    expect(nobody.body).toEqual({
      $errors: {
        deskMine: { code: 'UNAUTHENTICATED', message: 'Sign in first' },
        deskOwner: { code: 'UNAUTHENTICATED', message: 'Sign in first' },
      },
      deskNews: 'news',
    });
    expect((await get('/ctx/desk', ada)).body).toEqual({
      deskMine: 'mine',
      deskNews: 'news',
      deskOwner: '5',
    });
    expect((await get('/ctx/desk?ownerId=6', ada)).body.$errors.deskMine.code).toBe('FORBIDDEN');
    expect((await get('/ctx/desk/deskOwner')).status).toBe(401);
  });

  it('make the context one for users, and its answers say for whom', async () => {
    const { get } = app();
    const answer = await get('/ctx/desk', ada);
    expect(answer.headers['cache-control']).toBe('private, no-store');
    expect(answer.headers).not.toHaveProperty('etag');
    const session = await get('/session/', ada);
    expect(answer.headers['x-mizan-identity']).toBe(session.body.identity);
    expect((await get('/ctx/desk')).headers['x-mizan-identity']).toBe((await get('/session/')).body.identity);
  });

  it('that all refuse come before the parameters', async () => {
    const C = context('closed', { input: { n: z.int() } });
    const { get } = harness({
      a: client({ context: C, auth: true, output: z.int() }, () => 1),
      b: client({ context: C, auth: 'staff', output: z.int() }, () => 1),
    });
    expect((await get('/ctx/closed?n=x')).status).toBe(401);
  });
});

describe('caches', () => {
  it('are told what they may keep', async () => {
    const { get } = app();
    expect((await get('/ctx/user?userId=5')).headers['cache-control']).toBe('private, no-cache');
    const { headers } = await get('/ctx/filter?q=a');
    expect(headers['cache-control']).toBe('public, max-age=0, s-maxage=5');
    expect(headers['surrogate-key']).toMatch(/^filter filter\.[0-9a-f]{16}$/);
    expect((await get('/ctx/user?userId=5')).headers).not.toHaveProperty('surrogate-key');
    expect((await get('/ctx/user')).headers['cache-control']).toBe('private, no-store');
  });

  it('may have their tags in another header', async () => {
    const C = context('tagged', { cache: 1, input: { a: z.int(), b: z.int() } });
    const { get } = harness(
      { x: client({ context: C, output: z.int() }, () => 1) },
      { tagHeader: 'Cache-Tag' },
    );
    const { headers } = await get('/ctx/tagged?a=1&b=2');
    expect(headers['cache-tag']?.split(',')).toHaveLength(4);
    expect(headers).not.toHaveProperty('surrogate-key');
  });

  it('get no tags and may not keep when there are too many', async () => {
    const C = context('a'.repeat(64), {
      cache: 1,
      input: Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, z.int()])),
    });
    const { get } = harness({ x: client({ context: C, output: z.int() }, () => 1) });
    const { status, headers } = await get(`/ctx/${'a'.repeat(64)}?a=1&b=2&c=3&d=4&e=5`);
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('private, no-store');
    expect(headers).not.toHaveProperty('surrogate-key');
    expect(headers).not.toHaveProperty('etag');
  });

  it('ask again with the entity tag and hear 304', async () => {
    const { get, runs } = app();
    const first = await get('/ctx/catalog');
    const { etag } = first.headers as { etag: string };
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
    runs.length = 0;
    const again = await get('/ctx/catalog', { 'if-none-match': etag });
    expect([again.status, again.text]).toEqual([304, '']);
    for (const name of ['etag', 'cache-control', 'x-mizan-revision', 'surrogate-key'])
      expect(again.headers[name]).toBe(first.headers[name]);
    expect(again.headers).not.toHaveProperty('content-type');
    expect(runs).toHaveLength(1);
    for (const field of [`W/${etag}`, '*', `"a", ${etag} , "b"`, `"a",, W/${etag}`])
      expect([(await get('/ctx/catalog', { 'if-none-match': field })).status, field]).toEqual([304, field]);
    for (const field of [
      etag.replaceAll('"', ''),
      '"a"',
      '',
      `${etag} x`,
      `"a" ${etag}`,
      `w/${etag}`,
      `${etag}"`,
    ])
      expect([(await get('/ctx/catalog', { 'if-none-match': field })).status, field]).toEqual([200, field]);
  });

  it('see another tag for another body, instance, secret, and the same for another revision', async () => {
    let name = 'Ada';
    const C = context('one', { input: { n: z.int() } });
    const functions = {
      one: client({ context: C, output: z.string() }, () => name),
      touch: client({ affects: C, input: { n: z.int() } }, () => {}),
    };
    const { get, call } = harness(functions);
    const first = (await get('/ctx/one?n=1')).headers;
    expect((await get('/ctx/one?n=2')).headers.etag).not.toBe(first.etag);
    await call('touch', { n: 1 });
    const later = (await get('/ctx/one?n=1')).headers;
    expect(later['x-mizan-revision']).not.toBe(first['x-mizan-revision']);
    expect(later.etag).toBe(first.etag);
    name = 'Bob';
    expect((await get('/ctx/one?n=1')).headers.etag).not.toBe(first.etag);
    name = 'Ada';
    expect((await get('/ctx/one?n=1')).headers.etag).toBe(first.etag);
    const other = harness(functions, { secret: 'another secret of at least 32 bytes!' });
    expect((await other.get('/ctx/one?n=1')).headers.etag).not.toBe(first.etag);
  });

  it('are passed by with $min', async () => {
    const { get } = app();
    const { status, headers } = await get('/ctx/catalog?$min=e.900,x.7');
    expect([status, headers['cache-control'], headers['x-mizan-revision']]).toEqual([
      200,
      'private, no-store',
      'e.1000',
    ]);
    expect(headers).not.toHaveProperty('etag');
    expect((await get('/ctx/catalog?$min=*')).status).toBe(200);
  });

  it('learn the number that the store lost, once it is below the clock', async () => {
    const C = context('lost');
    const clock = { now: 1000 };
    const { get } = harness(
      { x: client({ context: C, output: z.int() }, () => 1) },
      { clock: () => clock.now },
    );
    await get('/ctx/lost');
    expect((await get('/ctx/lost?$min=e.1500')).headers['x-mizan-revision']).toBe('e.1000');
    clock.now = 2000;
    expect((await get('/ctx/lost?$min=e.1500')).headers['x-mizan-revision']).toBe('e.1500');
    expect((await get('/ctx/lost?$min=other.1500')).headers['x-mizan-revision']).toBe('e.1000');
  });

  it('hear the same of HEAD, without the body being sent', async () => {
    const { send, get } = app();
    const head = await send('/ctx/catalog', { method: 'HEAD' });
    expect([head.status, head.headers.etag]).toEqual([200, (await get('/ctx/catalog')).headers.etag]);
  });
});

describe('revisions', () => {
  it('are read before anything of the request touches data', async () => {
    const seen: string[] = [];
    const C = context('order');
    const { get } = harness(
      {
        x: client({ context: C, output: z.int() }, () => {
          seen.push('member');
          return 1;
        }),
      },
      {
        identify: () => {
          seen.push('identify');
          return null;
        },
        store: {
          last: async () => {
            seen.push('last');
            return { epoch: 'e', n: 1 };
          },
          take: () => ({ revision: { epoch: 'e', n: 2 }, previous: [] }),
        },
      },
    );
    expect((await get('/ctx/order')).headers['x-mizan-revision']).toBe('e.1');
    expect(seen).toEqual(['last', 'identify', 'member']);
  });

  it('are left out when the store fails, and nothing is kept', async () => {
    const C = context('down', { cache: 9 });
    const { get, log } = harness(
      { x: client({ context: C, output: z.int() }, () => 1) },
      {
        store: {
          last: () => Promise.reject(new Error('redis gone')),
          take: () => {
            throw new Error('redis gone');
          },
        },
      },
    );
    const { status, headers } = await get('/ctx/down');
    expect([status, headers['cache-control']]).toEqual([200, 'private, no-store']);
    expect(headers).not.toHaveProperty('x-mizan-revision');
    await get('/ctx/down');
    expect(log.map((entry) => entry.event)).toEqual(['store']);
  });
});
