// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UserContext } from '../testing/contexts.ts';
import { five, setUp, user } from '../testing/setup.ts';
import { settled } from '../testing/virtual-clock.ts';
import { refreshOnFocus } from './focus.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A page that shows a user, and how often it has read it. */
async function open() {
  const bench = setUp();
  const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible');
  const stop = refreshOnFocus(bench);
  const leave = UserContext.watch({ userId: 5 }, () => {}, bench);
  await settled();
  await bench.line.last(five).data(user(), 'e.1');
  const reads = async () => {
    await settled();
    for (const request of bench.line.open) await request.data(user(), 'e.1');
    return bench.line.requests.length;
  };
  return {
    ...bench,
    stop,
    leave,
    reads,
    pass: (milliseconds: number) => {
      vi.advanceTimersByTime(milliseconds);
      return reads();
    },
    come: (event: 'visibilitychange' | 'online' = 'visibilitychange') => {
      (event === 'online' ? window : document).dispatchEvent(new Event(event));
      return reads();
    },
    hide: () => {
      visibility.mockReturnValue('hidden');
      document.dispatchEvent(new Event('visibilitychange'));
    },
    show: () => visibility.mockReturnValue('visible'),
  };
}

describe('coming back', () => {
  it('reads what is shown again, at once and then after a pause', async () => {
    const { come, pass } = await open();
    expect(await come()).toBe(2);
    expect(await pass(5000)).toBe(2);
    expect(await come('online')).toBe(3);
  });

  it('within the pause reads at its end, once however often it was', async () => {
    const { come, pass } = await open();
    expect(await come()).toBe(2);
    expect(await pass(1000)).toBe(2);
    expect(await come('online')).toBe(2);
    expect(await pass(2000)).toBe(2);
    expect(await come()).toBe(2);
    expect(await pass(1999)).toBe(2);
    expect(await pass(1)).toBe(3);
    expect(await pass(60_000)).toBe(3);
    // What was read late has a pause of its own.
    expect(await come()).toBe(4);
  });

  it('counts only while somebody looks', async () => {
    const { come, hide, pass, show } = await open();
    hide();
    expect(await come('online')).toBe(1);
    show();
    expect(await come()).toBe(2);
    expect(await pass(1000)).toBe(2);
    expect(await come()).toBe(2);
    hide();
    expect(await pass(60_000)).toBe(2);
    show();
    expect(await come()).toBe(3);
  });

  it('is not lost on what is rendered already and watched a moment later', async () => {
    const { come, client, leave, reads } = await open();
    leave();
    expect(await come()).toBe(1);
    UserContext.watch({ userId: 5 }, () => {}, { client });
    expect(await reads()).toBe(2);
  });

  it('is not answered by a read that began before', async () => {
    const { come, client, line, reads } = await open();
    client.tell(['user']);
    client.flush();
    expect(line.open.length).toBe(1);
    const { signal } = line.last(five);
    expect(await come()).toBe(3);
    expect(signal.aborted).toBe(true);
    expect(await reads()).toBe(3);
  });

  it('means nothing any more once it is stopped', async () => {
    const { come, pass, stop } = await open();
    expect(await come()).toBe(2);
    expect(await come()).toBe(2);
    stop();
    expect(await pass(60_000)).toBe(2);
    expect(await come()).toBe(2);
  });
});
