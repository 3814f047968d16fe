import { describe, expect, it, vi } from 'vitest';
import { CountContext, contract, rename, UserContext, userProfile } from '../testing/contexts.ts';
import { five, setUp, six, user } from '../testing/setup.ts';
import { settled } from '../testing/virtual-clock.ts';
import type { Hydration, State } from './index.ts';
import { dehydrate, hydrationText } from './page.ts';

const page = (name = 'Page'): Hydration => ({
  contract,
  identity: 'a',
  contexts: { [five]: { revision: 'e.5', data: user(name) } },
});

describe('what came with the page', () => {
  it('is shown without a read', async () => {
    const bench = setUp();
    bench.client.hydrate(page());
    const states: State<unknown>[] = [];
    UserContext.watch({ userId: 5 }, (state) => states.push(state), bench);
    expect(await UserContext.read({ userId: 5 }, bench)).toEqual(user('Page'));
    await settled();
    expect(bench.line.requests).toEqual([]);
    expect(states).toEqual([{ data: user('Page'), error: undefined, pending: false, stale: false }]);
  });

  it('is read again when a told number outdates it, before or after', async () => {
    for (const early of [true, false]) {
      const bench = setUp();
      if (early) bench.client.tell(['user@e.6']);
      bench.client.hydrate(page());
      UserContext.watch({ userId: 5 }, () => {}, bench);
      if (!early) bench.client.tell(['user@e.6']);
      bench.client.flush();
      await settled();
      expect(bench.line.open.map(({ min }) => min)).toEqual(['e.6']);
    }
  });

  it('takes the place of nothing newer', async () => {
    const bench = setUp();
    UserContext.watch({ userId: 5 }, () => {}, bench);
    await settled();
    await bench.line.last(five).data(user('New'), 'f.1');
    bench.client.hydrate(page());
    expect(await UserContext.read({ userId: 5 }, bench)).toEqual(user('New'));
  });

  it('in whatever form it is, is no crash', () => {
    const bench = setUp();
    for (const contexts of [
      { x: null },
      { '': { revision: 5, data: [] } },
      { __proto__: { revision: 1, data: {} } },
    ])
      bench.client.hydrate({ contract: null, identity: null, contexts } as never);
  });
});

describe('what a server writes into a page', () => {
  it('comes back as it was', async () => {
    const server = setUp();
    const reading = [
      UserContext.read({ userId: 5 }, server.client && server),
      CountContext.read(undefined, server),
    ];
    await settled();
    await server.line.last(five).data(user('</script><!--&\u2028\u2029'), 'e.5', { identity: 'a' });
    await server.line.last('count').answer({ body: { count: 1 } });
    await Promise.all(reading);
    const text = hydrationText(server.client);
    expect(text).not.toMatch(/[<>&\u2028\u2029]/);
    const browser = setUp();
    browser.client.hydrate(JSON.parse(text));
    expect(await UserContext.read({ userId: 5 }, browser)).toEqual(user('</script><!--&\u2028\u2029'));
    expect(await CountContext.read(undefined, browser)).toEqual({ count: 1 });
    expect(dehydrate(browser.client)).toEqual(dehydrate(server.client));
    expect(browser.line.requests).toEqual([]);
  });

  it('leaves out what failed or is out of date', async () => {
    const bench = setUp();
    void UserContext.read({ userId: 5 }, bench).catch(() => {});
    void UserContext.read({ userId: 6 }, bench).catch(() => {});
    await settled();
    await bench.line
      .last(five)
      .data({ userPosts: [], $errors: { userProfile: { code: 'X', message: 'x' } } }, 'e.1');
    await bench.line.last(six).error(403, 'FORBIDDEN');
    expect(dehydrate(bench.client).contexts).toEqual({});
  });
});

describe('reading ahead', () => {
  it('puts what is rendered next into the store, and never throws', async () => {
    const bench = setUp();
    const reading = [
      bench.client.prefetch(UserContext, { userId: 5 }),
      bench.client.prefetch(CountContext),
      bench.client.prefetch(userProfile, { userId: 6 }),
    ];
    await settled();
    await bench.line.last(five).data(user(), 'e.1');
    await bench.line.last('count').data({ count: 1 }, 'c.1');
    await bench.line.last('user/userProfile?page=1&userId=6').error(403, 'FORBIDDEN');
    expect(await Promise.all(reading)).toEqual([undefined, undefined, undefined]);
    expect(await UserContext.read({ userId: 5 }, bench)).toEqual(user());
    expect(bench.line.requests.length).toBe(3);
    // @ts-expect-error a required parameter
    const check = () => bench.client.prefetch(UserContext, {});
    expect(check).toBeTypeOf('function');
  });
});

describe('who the server takes the caller for', () => {
  async function signedIn() {
    const bench = setUp();
    const states: State<unknown>[] = [];
    const stop = UserContext.watch({ userId: 5 }, (state) => states.push(state), bench);
    CountContext.watch(undefined, () => {}, bench);
    await settled();
    await bench.line.last(five).data(user(), 'e.1', { identity: 'a' });
    await bench.line.last('count').data({ count: 1 }, 'c.1');
    return { ...bench, states, stop };
  }

  it('when it changes, its data go at once and are read anew; public data stay', async () => {
    const bench = await signedIn();
    void UserContext.read({ userId: 6 }, bench);
    await settled();
    await bench.line.last(six).data(user('other'), 'e.1', { identity: 'b' });
    expect(bench.states.at(-1)).toMatchObject({ data: undefined, pending: true });
    expect(bench.line.open.map(({ target }) => target)).toEqual([five, six]);
    expect(await CountContext.read(undefined, bench)).toEqual({ count: 1 });
    await bench.line.last(five).data(user('mine'), 'e.1', { identity: 'b' });
    expect(bench.states.at(-1)).toMatchObject({ data: user('mine'), pending: false });
  });

  it('drops answers to requests begun before, also those of a call', async () => {
    const bench = await signedIn();
    const called = rename({ userId: 5, name: 'x' }, bench);
    UserContext.refresh({}, bench);
    await settled();
    const before = bench.line.last(five);
    void UserContext.read({ userId: 6 }, bench);
    await settled();
    await bench.line.last(six).data(user(), 'e.1', { identity: 'b' });
    expect(before.signal.aborted).toBe(true);
    await bench.line
      .last('rename')
      .result(null, { contexts: { [five]: { revision: 'e.9', data: user('theirs') } } });
    await called;
    expect(bench.states.at(-1)).toMatchObject({ data: undefined });
  });

  it('is no change the first time, nor when it is the same', async () => {
    const bench = await signedIn();
    expect(bench.client.identity).toBe('a');
    UserContext.refresh({}, bench);
    await settled();
    await bench.line.last(five).data(user(), 'e.2', { identity: 'a' });
    expect(bench.states.every(({ data }, at) => at === 0 || data)).toBe(true);
  });

  it('takes expected changes along', async () => {
    const bench = await signedIn();
    bench.stop();
    await settled();
    void UserContext.read({ userId: 6 }, bench);
    await settled();
    await bench.line.last(six).data(user(), 'e.1', { identity: 'b' });
    expect(bench.client.heldAt(five)?.data).toBeUndefined();
    expect(bench.line.open.map(({ target }) => target)).toEqual([six]);
  });
});

describe('another contract', () => {
  it('is told once for each pair, whatever the answer was', async () => {
    const onContractMismatch = vi.fn();
    const bench = setUp({ onContractMismatch });
    const theirs = 'bbbbbbbbbbbbbbbb';
    UserContext.watch({ userId: 5 }, () => {}, bench);
    await settled();
    await bench.line.last(five).error(409, 'CONTRACT_MISMATCH', { contract: theirs });
    const called = rename.safe({ userId: 5, name: 'x' }, bench);
    await bench.line.last('rename').answer({ body: { result: null, invalidate: [] }, contract: theirs });
    expect((await called).error).toBeUndefined();
    bench.client.hydrate({ ...page(), contract: theirs });
    void UserContext.read({ userId: 5 }, bench);
    expect(onContractMismatch.mock.calls).toEqual([[{ client: contract, server: theirs }]]);
    void rename.safe({ userId: 5, name: 'x' }, bench);
    await bench.line.last('rename').answer({ body: { result: null, invalidate: [] }, contract: 'c' });
    expect(onContractMismatch.mock.calls.length).toBe(2);
  });

  it('of the page is told as soon as something of it is used', () => {
    const onContractMismatch = vi.fn();
    const bench = setUp({ onContractMismatch });
    bench.client.hydrate({ ...page(), contract: 'cccccccccccccccc' });
    expect(onContractMismatch).not.toHaveBeenCalled();
    void UserContext.read({ userId: 5 }, bench);
    expect(onContractMismatch).toHaveBeenCalledWith({ client: contract, server: 'cccccccccccccccc' });
  });

  it('the same one is no event', async () => {
    const onContractMismatch = vi.fn();
    const bench = setUp({ onContractMismatch });
    bench.client.hydrate(page());
    void rename.safe({ userId: 5, name: 'x' }, bench);
    await bench.line.last('rename').answer({ body: { result: null, invalidate: [] }, contract });
    expect(onContractMismatch).not.toHaveBeenCalled();
  });
});
