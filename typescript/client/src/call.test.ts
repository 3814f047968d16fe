import { describe, expect, it, vi } from 'vitest';
import {
  CountContext,
  ping,
  rename,
  type UserBundle,
  UserContext,
  userPosts,
  userProfile,
} from '../testing/contexts.ts';
import { five, setUp, six, user } from '../testing/setup.ts';
import { settled } from '../testing/virtual-clock.ts';
import { type CallBody, MizanError, type State } from './index.ts';
import { observe } from './observe.ts';

const ada = { userId: 5, name: 'Ada' };

/** Shows a user's bundle that has arrived, at revision `e.1`. */
async function shownUser(bench: ReturnType<typeof setUp>, userId = 5, name = 'Old') {
  const states: State<UserBundle>[] = [];
  const stop = UserContext.watch({ userId }, (state) => states.push(state), bench);
  await settled();
  await bench.line.last(`user?page=1&userId=${userId}`).data(user(name), 'e.1');
  const now = () => states.at(-1) as State<UserBundle>;
  return { states, stop, now, name: () => now().data?.userProfile.name };
}

describe('a call', () => {
  it('sends function, arguments, contract, and the bundles on screen', async () => {
    const bench = setUp();
    const shown = await shownUser(bench);
    await shownUser(bench, 6);
    userPosts.watch({ userId: 7 }, () => {}, bench);
    shown.stop();
    void rename(ada, bench);
    const request = bench.line.last('rename');
    expect(request.body).toEqual<CallBody>({ fn: 'rename', args: ada, shows: [six] });
    expect(request.contract).toBe('aaaaaaaaaaaaaaaa');
  });

  it('names at most 64 instances', async () => {
    const bench = setUp();
    for (let userId = 0; userId < 70; userId++) UserContext.watch({ userId }, () => {}, bench);
    void ping(undefined, bench);
    expect(bench.line.last('ping').body?.shows?.length).toBe(64);
  });

  it('without arguments sends an empty object, and gives the result', async () => {
    const bench = setUp();
    const called = ping(undefined, bench);
    expect(bench.line.last('ping').body).toEqual({ fn: 'ping', args: {}, shows: [] });
    await bench.line.last('ping').result(null);
    expect(await called).toBeNull();
  });

  it('throws the error of the wire; `safe` gives it', async () => {
    const bench = setUp();
    const called = rename(ada, bench);
    const refused = expect(called).rejects.toMatchObject({
      code: 'OutOfStock',
      status: 409,
      details: { left: 2 },
    });
    await bench.line.last('rename').error(409, 'OutOfStock', { details: { left: 2 } });
    await refused;
    const safe = rename.safe(ada, bench);
    await bench.line.last('rename').error(409, 'OutOfStock', { details: { left: 2 } });
    const { error, data } = await safe;
    expect(data).toBeUndefined();
    if (error?.code === 'OutOfStock') expect(error.details.left).toBe(2);
    else throw new Error('narrowing by code');
  });

  it('is never repeated', async () => {
    const bench = setUp();
    const called = rename.safe(ada, bench);
    await bench.line.last('rename').error(503, 'UNAVAILABLE');
    await bench.clock.pass(60_000);
    expect((await called).error?.code).toBe('UNAVAILABLE');
    expect(bench.line.requests.length).toBe(1);
  });

  it('with arguments that have no JSON form fails before anything is sent, and leaves nothing behind', async () => {
    const bench = setUp();
    const shown = await shownUser(bench);
    const circular: Record<string, unknown> = { userId: 5, name: 'x' };
    circular.self = circular;
    const optimistic = userProfile.patch({ userId: 5 }, (held) => ({ ...held, name: 'x' }));
    const called = rename.safe(circular as never, { ...bench, optimistic });
    const { error } = await called;
    expect(error).toMatchObject({ code: 'BAD_REQUEST', status: 0, cause: expect.any(TypeError) });
    expect(error?.message).toMatch(/circular/);
    expect(shown.now().data?.userProfile.name).toBe('Old');
    expect(shown.now().stale).toBe(false);
    expect(bench.line.requests.map(({ target }) => target)).toEqual([five]);
  });
});

describe('what the answer of a call says', () => {
  it('is read again where it is shown', async () => {
    const bench = setUp();
    const shown = [await shownUser(bench), await shownUser(bench, 6)];
    const called = rename(ada, bench);
    await bench.line.last('rename').result(null, { invalidate: ['user?userId=5@e.2'] });
    await called;
    expect(shown.map(({ now }) => now().stale)).toEqual([true, false]);
    expect(bench.line.open.map(({ target, min }) => [target, min])).toEqual([[five, 'e.2']]);
  });

  it('needs no read where the answer has it', async () => {
    const bench = setUp();
    const shown = await shownUser(bench);
    const called = rename(ada, bench);
    await bench.line.last('rename').result(null, {
      invalidate: ['user?userId=5@e.2'],
      contexts: {
        [five]: { revision: 'e.2', data: user('Ada') },
        'other?x=1': { revision: 'o.1', data: {} },
      },
    });
    await called;
    await settled();
    expect(shown.now()).toMatchObject({ stale: false, pending: false });
    expect(shown.name()).toBe('Ada');
    expect(bench.line.requests.length).toBe(2);
    expect(shown.states.every(({ stale }) => !stale)).toBe(true);
    expect(bench.client.instances().map(({ address }) => address)).toEqual([five]);
  });

  it('is there before the call returns, all at once', async () => {
    const bench = setUp();
    const shown = await shownUser(bench);
    const name = rename(ada, bench).then(() => shown.name());
    await bench.line.last('rename').result(null, {
      invalidate: ['user?userId=5@e.2'],
      contexts: { [five]: { revision: 'e.2', data: user('Ada') } },
    });
    expect(await name).toBe('Ada');
  });

  it('counts also when the call failed', async () => {
    const bench = setUp();
    const shown = await shownUser(bench);
    const called = rename.safe(ada, bench);
    await bench.line.last('rename').answer({
      status: 500,
      body: { error: { code: 'INTERNAL', message: 'no' }, invalidate: ['user@e.2'] },
    });
    expect((await called).error?.code).toBe('INTERNAL');
    expect(shown.now().stale).toBe(true);
  });

  it('when it cannot be understood means everything', async () => {
    for (const invalidate of [undefined, null, 'user', [''], ['user?userId=5@2'], [{}]]) {
      const bench = setUp();
      const shown = await shownUser(bench);
      const called = rename(ada, bench);
      await bench.line.last('rename').result(null, { invalidate });
      await called;
      expect([invalidate, shown.now().stale]).toEqual([invalidate, true]);
    }
  });

  it('of an older bundle than was told is passed over', async () => {
    const bench = setUp();
    const shown = await shownUser(bench);
    const called = rename(ada, bench);
    await bench.line.last('rename').result(null, {
      invalidate: ['user?userId=5@e.3'],
      contexts: { [five]: { revision: 'e.2', data: user('between') } },
    });
    await called;
    expect(shown.name()).toBe('Old');
    expect(bench.line.open.map(({ min }) => min)).toEqual(['e.3']);
  });
});

describe('merge', () => {
  const merged = (base: string, revision: string) => ({
    invalidate: [`user/userProfile?userId=5@${revision}`],
    merge: [{ into: 'user/userProfile?page=1&userId=5', base, revision }],
  });

  it('replaces the member in a copy of the right age, without a read and without being stale for an instant', async () => {
    const bench = setUp();
    const shown = await shownUser(bench);
    const posts = shown.now().data?.userPosts;
    const called = rename(ada, bench);
    await bench.line.last('rename').result({ id: 5, name: 'Ada' }, merged('e.1', 'e.2'));
    await called;
    await settled();
    expect(shown.name()).toBe('Ada');
    expect(shown.now().data?.userPosts).toBe(posts);
    expect(shown.states.every(({ stale }) => !stale)).toBe(true);
    expect(bench.line.requests.length).toBe(2);
    bench.client.tell(['user@e.2']);
    expect(shown.now().stale).toBe(false);
  });

  for (const [why, base, revision] of [
    ['older than the base', 'e.2', 'e.3'],
    ['as new as the result', 'e.0', 'e.1'],
    ['of another epoch', 'f.1', 'f.2'],
    ['of the base but not of the revision', 'e.1', 'f.2'],
    ['of a number that is none', 'e.1', '2'],
  ] as const)
    it(`is a plain invalidation for a copy ${why}`, async () => {
      const bench = setUp();
      const shown = await shownUser(bench);
      const called = rename(ada, bench);
      await bench.line.last('rename').result({ id: 5, name: 'Ada' }, merged(base, revision));
      await called;
      expect(shown.name()).toBe('Old');
      expect(shown.now().stale).toBe(revision !== 'e.1');
    });

  it('judges several entries by the copy as it was', async () => {
    const bench = setUp();
    const shown = await shownUser(bench);
    const called = rename(ada, bench);
    const into = (member: string) => ({
      into: `user/${member}?page=1&userId=5`,
      base: 'e.1',
      revision: 'e.2',
    });
    await bench.line.last('rename').result('both', {
      invalidate: ['user/userPosts?userId=5@e.2', 'user/userProfile?userId=5@e.2'],
      merge: [into('userPosts'), into('userProfile')],
    });
    await called;
    expect(shown.now().data).toEqual({ userPosts: 'both', userProfile: 'both' });
  });

  it('counts as its own number and no other, until the copy is read again', async () => {
    const bench = setUp();
    const shown = await shownUser(bench);
    const called = rename(ada, bench);
    await bench.line.last('rename').result({ id: 5, name: 'Ada' }, merged('e.1', 'e.5'));
    await called;
    expect(shown.now().stale).toBe(false);
    // The store gave this number, failed over, and gave 5 without knowing of it.
    bench.client.tell(['user?userId=5@e.3']);
    bench.client.flush();
    expect(shown.now().stale).toBe(true);
  });

  it('is a plain invalidation where a change of another epoch was told since the call was sent', async () => {
    const bench = setUp();
    const shown = await shownUser(bench);
    const readAgain = async (name: string) => {
      bench.client.tell(['user?userId=5@f.9']);
      bench.client.flush();
      await settled();
      await bench.line.last(five).data(user(name), 'e.1');
    };
    const called = rename(ada, bench);
    // Another process changed it after the call did, in a store of its own.
    await readAgain('Later');
    await bench.line.last('rename').result({ id: 5, name: 'Ada' }, merged('e.1', 'e.2'));
    await called;
    expect(shown.now()).toMatchObject({ data: user('Later'), stale: true });

    await bench.line.last(five).data(user('Later'), 'e.2');
    const next = rename(ada, bench);
    await bench.line.last('rename').result({ id: 5, name: 'Ada' }, merged('e.2', 'e.3'));
    await next;
    expect(shown.now()).toMatchObject({ data: user('Ada'), stale: false });
  });

  it('is no newer than its base for what is told late', async () => {
    const bench = setUp();
    const shown = await shownUser(bench);
    UserContext.refresh({ userId: 5 }, bench);
    await settled();
    await bench.line.last(five).data(user('Both'), 'e.4');
    const called = rename(ada, bench);
    await bench.line.last('rename').result({ id: 5, name: 'Ada' }, merged('e.1', 'e.5'));
    await called;
    expect(shown.now()).toMatchObject({ data: user('Ada'), stale: false });
    // The store gave 3 and forgot it in a failover; the copy had that change, the result may lack it.
    bench.client.tell(['user?userId=5@e.3']);
    bench.client.flush();
    expect(shown.now().stale).toBe(true);
  });

  it('goes on from a merged number', async () => {
    const bench = setUp();
    const shown = await shownUser(bench);
    for (const [name, base, revision] of [
      ['Ada', 'e.1', 'e.5'],
      ['Bea', 'e.5', 'e.6'],
    ] as const) {
      const called = rename({ userId: 5, name }, bench);
      await bench.line.last('rename').result({ id: 5, name }, merged(base, revision));
      await called;
      expect(shown.name()).toBe(name);
      expect(shown.now().stale).toBe(false);
    }
  });

  it('is refused when something was told that its base does not know', async () => {
    const bench = setUp();
    const shown = await shownUser(bench);
    bench.client.tell(['user/userPosts?userId=5@e.3']);
    const called = rename(ada, bench);
    await bench.line.last('rename').result({ id: 5, name: 'Ada' }, merged('e.1', 'e.5'));
    await called;
    expect(shown.name()).toBe('Old');
    expect(shown.now().stale).toBe(true);
  });

  it('leaves a copy stale that waits for something without a number', async () => {
    const bench = setUp();
    const shown = await shownUser(bench);
    bench.client.tell(['user?userId=5']);
    bench.client.flush();
    const called = rename(ada, bench);
    await bench.line.last('rename').result({ id: 5, name: 'Ada' }, merged('e.1', 'e.2'));
    await called;
    expect(shown.name()).toBe('Ada');
    expect(shown.now().stale).toBe(true);
  });
});

describe('a call without an answer', () => {
  it('has an unknown outcome, and all that is shown is read past every cache', async () => {
    for (const end of ['cut', 'late', 'page', 'empty', 'gateway'] as const) {
      const bench = setUp({ timeout: 5000 });
      const shown = await shownUser(bench);
      const called = rename.safe(ada, bench);
      const request = bench.line.last('rename');
      if (end === 'cut') await request.cut();
      else if (end === 'late') await bench.clock.pass(5000);
      else if (end === 'page') await request.answer({ status: 200, body: undefined });
      else if (end === 'empty') await request.answer({ status: 200, body: {} });
      else await request.answer({ status: 502, body: undefined });
      expect([end, (await called).error?.code]).toEqual([end, 'OUTCOME_UNKNOWN']);
      expect(shown.now()).toMatchObject({ stale: true, pending: true });
      expect(bench.line.open.map(({ target, min }) => [target, min])).toEqual([[five, '*']]);
    }
  });

  it('what nobody shows is read again when it is shown', async () => {
    const bench = setUp();
    const shown = await shownUser(bench);
    shown.stop();
    const called = rename.safe(ada, bench);
    await bench.line.last('rename').cut();
    await called;
    expect(bench.line.open).toEqual([]);
    UserContext.watch({ userId: 5 }, () => {}, bench);
    await settled();
    expect(bench.line.open.map(({ target, min }) => [target, min])).toEqual([[five, '*']]);
  });

  it('takes no bundle of a call sent before, also for what nobody shows', async () => {
    const bench = setUp();
    const shown = await shownUser(bench);
    const before = rename(ada, bench);
    const answered = bench.line.last('rename');
    const called = rename.safe({ userId: 5, name: 'Bea' }, bench);
    shown.stop();
    await bench.line.last('rename').cut();
    await called;
    await answered.result(null, {
      invalidate: ['user?userId=5@e.2'],
      contexts: { [five]: { revision: 'e.2', data: user('Ada') } },
    });
    await before;
    UserContext.watch({ userId: 5 }, () => {}, bench);
    await settled();
    expect(bench.line.open.map(({ target, min }) => [target, min])).toEqual([[five, '*,e.2']]);
  });

  it('takes no answer that began before', async () => {
    const bench = setUp();
    const shown = await shownUser(bench);
    UserContext.refresh({}, bench);
    await settled();
    const before = bench.line.last(five);
    const called = rename.safe(ada, bench);
    await bench.line.last('rename').cut();
    await called;
    await before.data(user('before'), 'e.5');
    expect(shown.name()).toBe('Old');
    await bench.line.last(five).data(user('after'), 'e.5');
    expect(shown.name()).toBe('after');
  });

  it('of which the line says that nothing was sent did not run', async () => {
    const bench = setUp();
    const shown = await shownUser(bench);
    bench.line.call = () => Promise.reject(new MizanError('NETWORK'));
    expect((await rename.safe(ada, bench)).error?.code).toBe('NETWORK');
    expect(shown.now().stale).toBe(false);
  });

  it('that surely did not run says so', async () => {
    const bench = setUp();
    const shown = await shownUser(bench);
    const called = rename.safe(ada, bench);
    await bench.line.last('rename').answer({ status: 413, body: undefined });
    expect((await called).error).toMatchObject({ code: 'BAD_RESPONSE', status: 413 });
    expect(shown.now().stale).toBe(false);
  });
});

describe('expected changes', () => {
  const optimistic = userProfile.patch({ userId: 5 }, (profile) => ({
    ...profile,
    name: `${profile.name}!`,
  }));

  it('show at once, and go when the call fails', async () => {
    const bench = setUp();
    const shown = [await shownUser(bench), await shownUser(bench, 6)];
    const called = rename.safe(ada, { ...bench, optimistic });
    expect(shown.map(({ name }) => name())).toEqual(['Old!', 'Old']);
    await bench.line.last('rename').error(409, 'CONFLICT');
    await called;
    expect(shown.map(({ name }) => name())).toEqual(['Old', 'Old']);
  });

  it('go when the call fails, also over data that are out of date', async () => {
    const bench = setUp();
    const shown = await shownUser(bench);
    bench.client.tell(['user@e.2']);
    const called = rename.safe(ada, { ...bench, optimistic });
    expect(shown.name()).toBe('Old!');
    await bench.line.last('rename').error(409, 'CONFLICT');
    await called;
    expect(shown.now()).toMatchObject({ data: user('Old'), stale: true });
  });

  it('give way to the answer in one step', async () => {
    const bench = setUp();
    const shown = await shownUser(bench);
    const called = rename(ada, { ...bench, optimistic });
    await bench.line.last('rename').result(null, {
      invalidate: ['user?userId=5@e.2'],
      contexts: { [five]: { revision: 'e.2', data: user('Ada') } },
    });
    await called;
    expect(shown.states.map(({ data }) => data?.userProfile.name)).toEqual([undefined, 'Old', 'Old!', 'Ada']);
  });

  it('stay over the old data until what was told is read', async () => {
    const bench = setUp();
    const shown = await shownUser(bench);
    const called = rename(ada, { ...bench, optimistic });
    await bench.line.last('rename').result(null, { invalidate: ['user?userId=5@e.2'] });
    await called;
    expect(shown.name()).toBe('Old!');
    await bench.line.last(five).data(user('Ada'), 'e.2');
    expect(shown.name()).toBe('Ada');
  });

  it('go with the next read also where its answer is older than the copy', async () => {
    const bench = setUp();
    const shown = await shownUser(bench);
    const called = rename(ada, { ...bench, optimistic });
    UserContext.refresh({ userId: 5 }, bench);
    await settled();
    const again = bench.line.last(five);
    await bench.line.last('rename').result(null);
    await called;
    expect(shown.now()).toMatchObject({ data: user('Old!'), stale: true });
    await again.data(user('Before'), 'e.0');
    expect(shown.now()).toMatchObject({ data: user('Old'), stale: false });
  });

  it('go with the answer where nothing was told', async () => {
    const bench = setUp();
    const shown = await shownUser(bench);
    const called = rename(ada, { ...bench, optimistic });
    await bench.line.last('rename').result(null);
    await called;
    expect(shown.name()).toBe('Old');
  });

  it('lie over what arrives meanwhile', async () => {
    const bench = setUp();
    const shown = await shownUser(bench);
    const called = rename.safe(ada, { ...bench, optimistic });
    bench.client.tell(['user@e.2']);
    bench.client.flush();
    await settled();
    await bench.line.last(five).data(user('New'), 'e.2');
    expect(shown.name()).toBe('New!');
    await bench.line.last('rename').error(409, 'CONFLICT');
    await called;
    expect(shown.name()).toBe('New');
  });

  it('of several calls go one by one', async () => {
    const bench = setUp();
    const shown = await shownUser(bench);
    const letter = (letter: string) =>
      userProfile.patch({ userId: 5 }, (profile) => ({ ...profile, name: profile.name + letter }));
    const first = rename.safe(ada, { ...bench, optimistic: letter('a') });
    const second = rename.safe(ada, { ...bench, optimistic: [letter('b'), letter('c')] });
    expect(shown.name()).toBe('Oldabc');
    await (bench.line.requests.find(({ kind }) => kind === 'call') as (typeof bench.line.requests)[0]).error(
      409,
      'CONFLICT',
    );
    await first;
    expect(shown.name()).toBe('Oldbc');
    await bench.line.last('rename').error(409, 'CONFLICT');
    await second;
    expect(shown.name()).toBe('Old');
  });

  it('reach every instance that agrees, members read alone too', async () => {
    const bench = setUp();
    const names: unknown[] = [];
    userProfile.watch({ userId: 5, page: 3 }, ({ data }) => names.push(data?.name), bench);
    await settled();
    await bench.line
      .last('user/userProfile?page=3&userId=5')
      .data({ userProfile: { id: 5, name: 'Old' } }, 'e.1');
    void rename.safe(ada, { ...bench, optimistic });
    expect(names.at(-1)).toBe('Old!');
  });

  it('touch no member that failed or is not there, and a mistake in one is reported', async () => {
    const thrown = vi.fn();
    const queue = queueMicrotask;
    vi.stubGlobal('queueMicrotask', (task: () => void) =>
      queue(() => {
        try {
          task();
        } catch (error) {
          thrown((error as Error).message);
        }
      }),
    );
    const bench = setUp();
    const shown = await shownUser(bench);
    void rename.safe(ada, {
      ...bench,
      optimistic: [
        userPosts.patch({ userId: 5 }, () => {
          throw new Error('mine');
        }),
        optimistic,
        userProfile.patch({ userId: 99 }, () => ({ id: 0, name: '' })),
      ],
    });
    expect(shown.name()).toBe('Old!');
    await settled();
    expect(thrown).toHaveBeenCalledWith('mine');
  });
});

describe('tools', () => {
  it('hear what a call made stale and what was read for it', async () => {
    const bench = setUp();
    await shownUser(bench);
    CountContext.watch(undefined, () => {}, bench);
    await settled();
    await bench.line.last('count').data({ count: 1 }, 'c.1');
    bench.events.length = 0;
    const called = rename(ada, bench);
    await bench.line.last('rename').result(null, {
      invalidate: ['count@c.2', 'user?userId=5@e.2'],
      contexts: { [five]: { revision: 'e.2', data: user('Ada') } },
    });
    await called;
    await settled();
    await bench.line.last('count').data({ count: 2 }, 'c.2');
    expect(bench.events).toEqual([
      { type: 'call', address: 'rename', detail: ada },
      { type: 'stale', address: 'count' },
      { type: 'fetch', address: 'count' },
      { type: 'apply', address: five, detail: 'e.2' },
      { type: 'settle', address: 'rename', detail: undefined },
      { type: 'apply', address: 'count', detail: 'c.2' },
    ]);
  });

  it('hear when an instance begins to be shown, and when nobody shows it any more', async () => {
    const bench = setUp();
    const stops = [1, 2].map(() => CountContext.watch(undefined, () => {}, bench));
    await settled();
    const { line, events } = bench;
    await line.last('count').data({ count: 1 }, 'c.1');
    const later: unknown[] = [];
    const deaf = observe(bench.client, (event) => later.push(event));
    stops[0]?.();
    expect(events.map(({ type }) => type)).toEqual(['show', 'fetch', 'apply']);
    stops[1]?.();
    stops[1]?.();
    expect(events.slice(3)).toEqual([{ type: 'hide', address: 'count' }]);
    // Fresh data are shown without a read.
    CountContext.watch(undefined, () => {}, bench)();
    expect(events.slice(4).map(({ type }) => type)).toEqual(['show', 'hide']);
    expect(later).toEqual(events.slice(3));
    deaf();
    CountContext.watch(undefined, () => {}, bench);
    expect(later).toHaveLength(3);
  });
});
