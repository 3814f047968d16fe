// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { UserContext } from '../testing/contexts.ts';
import { five, setUp, user } from '../testing/setup.ts';
import { settled } from '../testing/virtual-clock.ts';
import { refreshOnFocus } from './focus.ts';

describe('coming back', () => {
  it('reads what is shown again, at most once a while, until it is stopped', async () => {
    const bench = setUp();
    const now = vi.spyOn(performance, 'now').mockReturnValue(0);
    const state = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible');
    const stop = refreshOnFocus(bench);
    UserContext.watch({ userId: 5 }, () => {}, bench);
    await settled();
    await bench.line.last(five).data(user(), 'e.1');
    const come = async (event: 'visibilitychange' | 'online') => {
      (event === 'online' ? window : document).dispatchEvent(new Event(event));
      await settled();
      for (const request of bench.line.open) await request.data(user(), 'e.1');
      return bench.line.requests.length;
    };
    expect(await come('visibilitychange')).toBe(2);
    now.mockReturnValue(4999);
    expect(await come('online')).toBe(2);
    now.mockReturnValue(5000);
    state.mockReturnValue('hidden');
    expect(await come('visibilitychange')).toBe(2);
    state.mockReturnValue('visible');
    expect(await come('online')).toBe(3);
    now.mockReturnValue(50_000);
    stop();
    expect(await come('visibilitychange')).toBe(3);
  });
});
