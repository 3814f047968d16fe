import { describe, expect, it, vi } from 'vitest';
import {
  CountContext,
  count,
  type UserBundle,
  UserContext,
  userPosts,
  userProfile,
} from '../testing/contexts.ts';
import { five, setUp, six, user } from '../testing/setup.ts';
import { settled } from '../testing/virtual-clock.ts';
import { type State, setDefaultClient, stateOf } from './index.ts';

/** The server announces something. */
function tell({ client }: ReturnType<typeof setUp>, entries: unknown) {
  client.tell(entries);
  client.flush();
}

/** Shows the bundle of a user and remembers each state. */
function show({ client }: ReturnType<typeof setUp>, userId = 5) {
  const states: State<UserBundle>[] = [];
  const stop = UserContext.watch({ userId }, (state) => states.push(state), { client });
  return { states, stop, now: () => states.at(-1) as State<UserBundle> };
}

describe('reading', () => {
  it('fills defaults in and gives the bundle', async () => {
    const { line, client } = setUp();
    const reading = UserContext.read({ userId: 5 }, { client });
    await settled();
    await line.last(five).data(user(), 'e.1');
    expect(await reading).toEqual(user());
    expect(line.targets()).toEqual([five]);
  });

  it('makes one request for equal reads in flight, and none for what is fresh', async () => {
    const { line, client } = setUp();
    const both = [
      UserContext.read({ userId: 5 }, { client }),
      UserContext.read({ page: 1, userId: 5 }, { client }),
    ];
    await settled();
    await line.last(five).data(user(), 'e.1');
    await Promise.all(both);
    await UserContext.read({ userId: 5 }, { client });
    expect(line.requests.length).toBe(1);
  });

  it('reads a member alone, at its own address', async () => {
    const { line, client } = setUp();
    const reading = userPosts.read({ userId: 5, page: 2 }, { client });
    await settled();
    await line.last('user/userPosts?page=2&userId=5').data({ userPosts: ['a'] }, 'e.1');
    expect(await reading).toEqual(['a']);
  });

  it('leaves null and undefined out of the address', async () => {
    const { line, client } = setUp();
    void CountContext.read(undefined, { client });
    void CountContext.read({ status: null }, { client });
    void CountContext.read({ status: undefined }, { client });
    void count.read({ status: 'ö&=?' }, { client });
    await settled();
    expect(line.targets()).toEqual(['count', 'count/count?status=%C3%B6%26%3D%3F']);
  });

  it('rejects for text that no address can hold', async () => {
    const { client } = setUp();
    await expect(count.read({ status: '\ud800' }, { client })).rejects.toThrow(URIError);
  });

  it('uses the default client when none is named', async () => {
    const { line, client } = setUp();
    setDefaultClient(client);
    void CountContext.read();
    await settled();
    expect(line.targets()).toEqual(['count']);
  });
});

describe('watching', () => {
  it('says that it waits, then gives data, then each change', async () => {
    const bench = setUp();
    const shown = show(bench);
    expect(shown.now()).toEqual({ data: undefined, error: undefined, pending: true, stale: false });
    await settled();
    await bench.line.last(five).data(user(), 'e.1');
    expect(shown.now()).toEqual({ data: user(), error: undefined, pending: false, stale: false });
    tell(bench, ['user?userId=5@e.2']);
    expect(shown.now()).toMatchObject({ data: user(), pending: true, stale: true });
    await settled();
    await bench.line.last(five).data(user('Eve'), 'e.2');
    expect(shown.now()).toEqual({ data: user('Eve'), error: undefined, pending: false, stale: false });
    shown.stop();
  });

  it('waits also before anybody shows it', () => {
    const { client } = setUp();
    expect(stateOf(client.find(UserContext.def, { userId: 5 }))).toMatchObject({ pending: true });
  });

  it('says nothing when nothing changed', async () => {
    const bench = setUp();
    const shown = show(bench);
    await settled();
    await bench.line.last(five).data(user(), 'e.1');
    const { length } = shown.states;
    bench.client.touch(bench.client.find(UserContext.def, { userId: 5 }));
    bench.client.flush();
    expect(shown.states.length).toBe(length);
  });

  it('keeps members that did not change, and does not call who watches only them', async () => {
    const bench = setUp();
    const shown = show(bench);
    await settled();
    await bench.line.last(five).data(user('Ada', ['a']), 'e.1');
    const before = shown.now().data;
    tell(bench, ['user@e.2']);
    await settled();
    await bench.line.last(five).data(user('Eve', ['a']), 'e.2');
    expect(shown.now().data?.userPosts).toBe(before?.userPosts);
    expect(shown.now().data?.userProfile).not.toBe(before?.userProfile);
  });

  it('ends the request when the last one leaves, but not when it comes back at once', async () => {
    const bench = setUp();
    show(bench).stop();
    const shown = show(bench);
    await settled();
    expect(bench.line.requests.map(({ open }) => open)).toEqual([true]);
    shown.stop();
    expect(bench.line.requests[0]?.signal.aborted).toBe(false);
    await settled();
    expect(bench.line.requests[0]?.signal.aborted).toBe(true);
    const again = show(bench);
    await settled();
    await bench.line.last(five).data(user(), 'e.1');
    expect(again.now().data).toEqual(user());
    expect(bench.line.requests.length).toBe(2);
  });

  it('does not end a request that somebody else waits for', async () => {
    const bench = setUp();
    const reading = UserContext.read({ userId: 5 }, bench);
    const shown = show(bench);
    await settled();
    shown.stop();
    await settled();
    await bench.line.last(five).data(user(), 'e.1');
    expect(await reading).toEqual(user());
  });

  it('calls every listener though one throws', async () => {
    const bench = setUp();
    const thrown: unknown[] = [];
    const queue = queueMicrotask;
    vi.stubGlobal('queueMicrotask', (task: () => void) =>
      queue(() => {
        try {
          task();
        } catch (error) {
          thrown.push(error);
        }
      }),
    );
    const mistaken = () => {
      throw new Error('mine');
    };
    const instance = bench.client.find(UserContext.def, { userId: 5 });
    bench.client.subscribe(instance, mistaken);
    const shown = show(bench);
    await settled();
    await bench.line.last(five).data(user(), 'e.1');
    expect(shown.now().data).toEqual(user());
    expect(thrown).toContainEqual(new Error('mine'));
  });
});

describe('what was told', () => {
  it('reads again what is shown and only that, with $min', async () => {
    const bench = setUp();
    const shown = [show(bench, 5), show(bench, 6)];
    await settled();
    await bench.line.last(five).data(user(), 'e.1');
    await bench.line.last(six).data(user('Eve'), 'e.1');
    tell(bench, ['user?userId=5@e.2', 'elsewhere@x.1']);
    await settled();
    expect(bench.line.open.map(({ target, min }) => [target, min])).toEqual([[five, 'e.2']]);
    expect(shown.map(({ now }) => now().stale)).toEqual([true, false]);
  });

  it('marks what nobody shows, and reads it when it is shown', async () => {
    const bench = setUp();
    const shown = show(bench);
    await settled();
    await bench.line.last(five).data(user(), 'e.1');
    shown.stop();
    tell(bench, ['user@e.2']);
    await settled();
    expect(bench.line.requests.length).toBe(1);
    const again = show(bench);
    expect(again.now()).toMatchObject({ data: user(), stale: true, pending: true });
    await settled();
    expect(bench.line.open.map(({ min }) => min)).toEqual(['e.2']);
  });

  it('folds what comes while a read is under way into one more read', async () => {
    const bench = setUp();
    const shown = show(bench);
    await settled();
    for (const n of [2, 3, 4]) tell(bench, [`user?userId=5@e.${n}`]);
    await bench.line.last(five).data(user('old'), 'e.1');
    expect(bench.line.requests.length).toBe(2);
    expect(shown.now().data).toBeUndefined();
    await bench.line.last(five).data(user('new'), 'e.4');
    expect(shown.now().data?.userProfile.name).toBe('new');
    expect(bench.line.requests.length).toBe(2);
  });

  it('is satisfied by an answer under way that holds the number', async () => {
    const bench = setUp();
    const shown = show(bench);
    await settled();
    tell(bench, ['user?userId=5@e.2']);
    await bench.line.last(five).data(user(), 'e.2');
    expect(shown.now()).toMatchObject({ stale: false, pending: false });
    expect(bench.line.requests.length).toBe(1);
  });

  it('holds for instances that were not there', async () => {
    const bench = setUp();
    tell(bench, ['user?userId=5@e.7']);
    show(bench);
    show(bench, 6);
    await settled();
    expect(bench.line.requests.map(({ target, min }) => [target, min])).toEqual([
      [five, 'e.7'],
      [six, ''],
    ]);
  });

  it('touches a copy already as new as the number not at all', async () => {
    const bench = setUp();
    show(bench);
    await settled();
    await bench.line.last(five).data(user(), 'e.5');
    tell(bench, ['user@e.5', 'user?userId=5@e.4']);
    await settled();
    expect(bench.line.requests.length).toBe(1);
  });

  it('asks past all caches where there is no number, and where nothing can be understood', async () => {
    const bench = setUp();
    const shown = show(bench);
    await settled();
    await bench.line.last(five).data(user(), 'e.1');
    tell(bench, ['user?userId=5']);
    await settled();
    expect(bench.line.open.map(({ min }) => min)).toEqual(['*']);
    await bench.line.last(five).data(user('Eve'), 'e.1');
    expect(shown.now()).toMatchObject({ data: user('Eve'), stale: false });
    for (const list of [['User@e.1'], ['user@1'], [5], 'user', { 0: 'user' }, null, ['user?userId@e.1']]) {
      tell(bench, list);
      await settled();
      expect(bench.line.open.length, JSON.stringify(list)).toBe(1);
      await bench.line.last(five).data(user('Eve'), 'e.1');
    }
  });

  it('without a number is met by no copy without a revision, but by the next one', async () => {
    const bench = setUp();
    const shown = show(bench);
    await settled();
    await bench.line.last(five).answer({ body: user('Old') });
    expect(shown.now()).toMatchObject({ data: user('Old'), stale: false });
    tell(bench, ['user?userId=5']);
    await settled();
    await bench.line.last(five).answer({ body: user('New') });
    expect(shown.now()).toMatchObject({ data: user('New'), stale: false });
    expect(bench.line.requests.length).toBe(2);
  });

  it('asks for the highest number of each epoch', async () => {
    const bench = setUp();
    tell(bench, ['user@e.7', 'user?userId=5@e.9', 'user?userId=5@f.2', 'user?userId=6@g.1']);
    show(bench);
    await settled();
    expect(bench.line.last(five).min.split(',').sort()).toEqual(['e.9', 'f.2']);
  });

  it('takes any word for an epoch', async () => {
    const bench = setUp();
    tell(bench, ['user@constructor.7']);
    const shown = show(bench);
    await settled();
    expect(bench.line.last(five).min).toBe('constructor.7');
    await bench.line.last(five).data(user(), 'constructor.8');
    expect(shown.now()).toMatchObject({ data: user(), stale: false, pending: false });
    tell(bench, ['user@constructor.8']);
    expect(shown.now().stale).toBe(false);
  });

  it('by a member hint reloads the bundle and that member, not another one read alone', async () => {
    const bench = setUp();
    show(bench);
    userPosts.watch({ userId: 5 }, () => {}, bench);
    userProfile.watch({ userId: 5 }, () => {}, bench);
    await settled();
    for (const request of bench.line.open) await request.data(user(), 'e.1');
    tell(bench, ['user/userPosts?userId=5@e.2']);
    await settled();
    expect(bench.line.open.map(({ target }) => target)).toEqual([five, 'user/userPosts?page=1&userId=5']);
  });

  it('is remembered within bounds, the oldest for their whole context', async () => {
    const bench = setUp();
    for (let n = 1; n <= 200; n++) tell(bench, [`user?userId=${n}@e.${n}`]);
    show(bench, 1);
    show(bench, 200);
    show(bench, 999);
    await settled();
    const mins = Object.fromEntries(bench.line.requests.map(({ target, min }) => [target, min]));
    expect(mins['user?page=1&userId=200']).toBe('e.200');
    // Folded: more is asked for than was told, never less.
    expect(Number(mins['user?page=1&userId=1']?.slice(2))).toBeGreaterThan(100);
    expect(mins['user?page=1&userId=999']).toBe(mins['user?page=1&userId=1']);
  });

  it('reaches contexts without parameters too when it cannot be understood', async () => {
    const bench = setUp();
    CountContext.watch(undefined, () => {}, bench);
    await settled();
    await bench.line.last('count').data({ count: 1 }, 'c.1');
    tell(bench, null);
    await settled();
    expect(bench.line.open.map(({ target, min }) => [target, min])).toEqual([['count', '*']]);
  });

  it('stays within bounds also for more contexts than are remembered, without numbers', async () => {
    const bench = setUp();
    tell(
      bench,
      Array.from({ length: 100 }, (_, at) => `context${at}`),
    );
    show(bench);
    await settled();
    expect(bench.line.last(five).min).toBe('*');
  });

  it('stays within bounds also when epochs keep changing', async () => {
    const bench = setUp();
    for (let n = 1; n <= 300; n++) tell(bench, [`user?userId=${n}@e${n}.1`]);
    show(bench, 1);
    await settled();
    expect(bench.line.last('user?page=1&userId=1').min).toBe('*');
  });
});

describe('which answer wins', () => {
  it('an answer older than the copy is ignored', async () => {
    const bench = setUp();
    const shown = show(bench);
    await settled();
    await bench.line.last(five).data(user('new'), 'e.5');
    UserContext.refresh({ userId: 5 }, bench);
    await settled();
    await bench.line.last(five).data(user('old'), 'e.4');
    expect(shown.now()).toEqual({ data: user('new'), stale: false, pending: false, error: undefined });
    expect(bench.line.requests.length).toBe(2);
  });

  it('an answer older than the copy ends an error all the same', async () => {
    const bench = setUp({ retries: 0 });
    const shown = show(bench);
    await settled();
    await bench.line.last(five).data(user('new'), 'e.5');
    const readAgain = async () => {
      UserContext.refresh({ userId: 5 }, bench);
      await settled();
      return bench.line.last(five);
    };
    await (await readAgain()).error(500, 'INTERNAL');
    expect(shown.now()).toMatchObject({ data: user('new'), stale: true, error: { code: 'INTERNAL' } });
    await (await readAgain()).data(user('old'), 'e.4');
    expect(shown.now()).toEqual({ data: user('new'), stale: false, pending: false, error: undefined });
  });

  it('an answer begun before somebody asked to refresh does not count', async () => {
    const bench = setUp();
    const shown = show(bench);
    await settled();
    const early = bench.line.last(five);
    UserContext.refresh({ userId: 5 }, bench);
    await settled();
    expect([early.signal.aborted, bench.line.requests.length]).toEqual([true, 2]);
    await bench.line.last(five).data(user('after'), 'e.5');
    expect(shown.now().data?.userProfile.name).toBe('after');
    expect(bench.line.requests.length).toBe(2);
  });

  it('in another epoch the one begun later wins', async () => {
    const bench = setUp();
    const shown = show(bench);
    await settled();
    await bench.line.last(five).data(user('new'), 'e.5');
    UserContext.refresh({ userId: 5 }, bench);
    await settled();
    await bench.line.last(five).data(user('restarted'), 'f.1');
    expect(shown.now().data?.userProfile.name).toBe('restarted');
  });

  it('a number of another epoch asks for an answer begun later', async () => {
    const bench = setUp();
    const shown = show(bench);
    await settled();
    tell(bench, ['user@f.3']);
    await bench.line.last(five).data(user('before'), 'e.9');
    expect(shown.now().data).toBeUndefined();
    await bench.line.last(five).data(user('after'), 'e.9');
    expect(shown.now()).toMatchObject({ data: user('after'), stale: false });
  });

  it("a copy that lacks what was told stands in nobody's way, whatever its number", async () => {
    const bench = setUp();
    const shown = show(bench);
    await settled();
    await bench.line.last(five).data(user('Old'), 'e.9');
    tell(bench, ['user@f.3']);
    await settled();
    // The store of epoch e went back.
    await bench.line.last(five).data(user('New'), 'e.5');
    expect(shown.now()).toMatchObject({ data: user('New'), stale: false });
  });

  it('gives up on a server that never reaches the number it announced, without a loop', async () => {
    const bench = setUp();
    const shown = show(bench);
    await settled();
    await bench.line.last(five).data(user(), 'e.1');
    tell(bench, ['user@e.9']);
    await settled();
    for (let reads = 0; reads < 10 && bench.line.open.length; reads++) {
      await bench.line.last(five).data(user('older'), 'e.2');
      await bench.clock.pass(20_000);
    }
    expect(bench.line.requests.length).toBe(5);
    expect(shown.now()).toMatchObject({
      data: user(),
      stale: true,
      pending: false,
      error: { code: 'UNAVAILABLE' },
    });
  });
});

describe('failing', () => {
  it('repeats reads with growing pauses, then gives up', async () => {
    const bench = setUp();
    const shown = show(bench);
    const times: number[] = [];
    await settled();
    while (bench.line.open.length) {
      times.push(bench.clock.now());
      await bench.line.last(five).cut();
      await bench.clock.pass(10_000);
    }
    expect(times.length).toBe(4);
    expect(shown.now()).toMatchObject({ pending: false, error: { code: 'NETWORK' } });
  });

  it('repeats what may pass, not what was refused', async () => {
    for (const [status, code, requests] of [
      [503, 'UNAVAILABLE', 4],
      [504, 'TIMEOUT', 4],
      [429, 'RATE_LIMITED', 4],
      [500, 'INTERNAL', 1],
      [403, 'FORBIDDEN', 1],
      [422, 'VALIDATION_FAILED', 1],
    ] as const) {
      const bench = setUp();
      const shown = show(bench);
      await settled();
      while (bench.line.open.length) {
        await bench.line.last(five).error(status, code);
        await bench.clock.pass(10_000);
      }
      expect([code, bench.line.requests.length]).toEqual([code, requests]);
      expect(shown.now().error).toMatchObject({ code, status });
    }
  });

  it('keeps the data of before, and forgets the error with the next good read', async () => {
    const bench = setUp();
    const shown = show(bench);
    await settled();
    await bench.line.last(five).data(user(), 'e.1');
    tell(bench, ['user@e.2']);
    await settled();
    await bench.line.last(five).error(403, 'FORBIDDEN');
    expect(shown.now()).toMatchObject({
      data: user(),
      stale: true,
      pending: false,
      error: { code: 'FORBIDDEN' },
    });
    UserContext.refresh({}, bench);
    await settled();
    await bench.line.last(five).data(user(), 'e.3');
    expect(shown.now()).toEqual({ data: user(), stale: false, pending: false, error: undefined });
  });

  it('is asked for again at once by who reads, and by who suspends when it was forgotten or refreshed', async () => {
    const bench = setUp();
    const fail = async (asked: Promise<unknown>) => {
      const refused = expect(asked).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await settled();
      for (const request of bench.line.open) await request.error(403, 'FORBIDDEN');
      await refused;
      return bench.line.requests.length;
    };
    const instance = bench.client.find(UserContext.def, { userId: 5 });
    expect(await fail(UserContext.read({ userId: 5 }, bench))).toBe(1);
    expect(await fail(UserContext.read({ userId: 5 }, bench))).toBe(2);
    const promise = bench.client.ready(instance);
    expect(await fail(promise)).toBe(3);
    expect(bench.client.ready(instance)).toBe(promise);
    await bench.clock.pass(1000);
    expect(await fail(bench.client.ready(instance))).toBe(4);
    UserContext.refresh({ userId: 5 }, bench);
    expect(await fail(bench.client.ready(instance))).toBe(5);
  });

  it('takes no late answer of a line that does not end when it is told to', async () => {
    const bench = setUp();
    const answers: ((answer: { status: number; body: unknown }) => void)[] = [];
    bench.line.read = () => new Promise((resolve) => answers.push(resolve));
    show(bench).stop();
    await settled();
    const shown = show(bench);
    await settled();
    answers[0]?.({ status: 200, body: user('Late') });
    await settled();
    expect(shown.now()).toMatchObject({ data: undefined, pending: true });
    answers[1]?.({ status: 200, body: user('Now') });
    await settled();
    expect(shown.now()).toMatchObject({ data: user('Now'), pending: false });
  });

  it('gives a read up when no answer comes in time', async () => {
    const bench = setUp({ timeout: 1000, retries: 0 });
    const reading = UserContext.read({ userId: 5 }, bench);
    const refused = expect(reading).rejects.toMatchObject({ code: 'TIMEOUT' });
    await bench.clock.pass(1000);
    await refused;
    expect(bench.line.requests[0]?.signal.aborted).toBe(true);
  });
});

describe('a bundle in part', () => {
  const part = { userPosts: ['a'], $errors: { userProfile: { code: 'FORBIDDEN', message: 'no' } } };

  it('throws where a failed member is touched', async () => {
    const bench = setUp();
    const reading = UserContext.read({ userId: 5 }, bench);
    await settled();
    await bench.line.last(five).data(part, 'e.1');
    const data = await reading;
    expect(data.userPosts).toEqual(['a']);
    expect(() => data.userProfile).toThrow(expect.objectContaining({ code: 'FORBIDDEN', message: 'no' }));
  });

  it('keeps the old value of a failed member, out of date, and reads again only when told or shown again', async () => {
    const bench = setUp();
    const shown = show(bench);
    await settled();
    await bench.line.last(five).data(user(), 'e.1');
    tell(bench, ['user@e.2']);
    await settled();
    await bench.line.last(five).data(part, 'e.2');
    expect(shown.now()).toMatchObject({ data: user('Ada', ['a']), stale: true, pending: false });
    await bench.clock.pass(60_000);
    expect(bench.line.requests.length).toBe(2);
    shown.stop();
    show(bench).stop();
    await settled();
    expect(bench.line.requests.length).toBe(2);
    await bench.clock.pass(1000);
    show(bench);
    await settled();
    expect(bench.line.requests.length).toBe(3);
  });

  it('gives way to a whole one, also where that was kept since before', async () => {
    const bench = setUp();
    const shown = show(bench);
    await settled();
    await bench.line.last(five).data(part, 'e.5');
    UserContext.refresh({ userId: 5 }, bench);
    await settled();
    await bench.line.last(five).data(user('Ada', ['a']), 'e.4');
    expect(shown.now()).toEqual({
      data: user('Ada', ['a']),
      stale: false,
      pending: false,
      error: undefined,
    });
  });

  it('gives each watcher of a member its value or its error', async () => {
    const bench = setUp();
    const profile: State<unknown>[] = [];
    userProfile.watch({ userId: 5 }, (state) => profile.push(state), bench);
    await settled();
    await bench.line.last('user/userProfile?page=1&userId=5').data({ $errors: part.$errors }, 'e.1');
    expect(profile.at(-1)).toMatchObject({ data: undefined, pending: false, error: { code: 'FORBIDDEN' } });
  });
});

describe('keeping', () => {
  it('forgets what nobody has shown for long, and nothing else', async () => {
    const bench = setUp({ keepFor: 60_000 });
    const shown = [show(bench, 5), show(bench, 6)];
    await settled();
    for (const request of bench.line.open) await request.data(user(), 'e.1');
    await bench.clock.pass(30_000);
    shown[1]?.stop();
    await bench.clock.pass(59_000);
    expect(bench.client.instances().length).toBe(2);
    await bench.clock.pass(62_000);
    expect(bench.client.instances().map(({ address }) => address)).toEqual([five]);
    shown[0]?.stop();
    await bench.clock.pass(190_000);
    expect(bench.client.instances()).toEqual([]);
    expect(bench.clock.waiting).toBe(0);
  });

  it('shows what was hidden for long and reads it again', async () => {
    const bench = setUp({ freshFor: 30_000 });
    const shown = show(bench);
    await settled();
    await bench.line.last(five).data(user(), 'e.1');
    shown.stop();
    await bench.clock.pass(20_000);
    show(bench).stop();
    await settled();
    expect(bench.line.requests.length).toBe(1);
    await bench.clock.pass(40_000);
    expect(show(bench).now()).toMatchObject({ data: user(), pending: true });
    await settled();
    expect(bench.line.requests.length).toBe(2);
  });
});
