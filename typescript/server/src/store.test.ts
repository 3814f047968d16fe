import { coveringScopes } from '@mizan/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryStore, type Taken } from './store.ts';

const scope = fc.constantFrom('c', 'c?a=1', 'c?a=2', 'c?b=1', 'c?a=1&b=1', 'c/m?a=1', 'c/m');
const instance = fc.constantFrom('c', 'c?a=1', 'c?a=2', 'c?a=1&b=1', 'c?a=2&b=1');
const withoutMember = (text: string) => text.replace('/m', '');

describe('the memory store', () => {
  it('makes a record when it is first asked for, with its own epoch', () => {
    const store = memoryStore({ clock: () => 1234.9 });
    const first = store.last('a');
    expect(first).toEqual({ epoch: expect.stringMatching(/^[a-z0-9]{12}$/), n: 1234 });
    expect(store.last('a')).toEqual(first);
    expect((store.last('b') as { epoch: string }).epoch).not.toBe((first as { epoch: string }).epoch);
  });

  it('gives no number twice, and never one below the clock', () => {
    const clock = { now: 1000 };
    const store = memoryStore({ clock: () => clock.now, epoch: () => 'e' });
    const take = () => (store.take('c', ['c'], []) as Taken).revision.n;
    expect([take(), take()]).toEqual([1000 + 1, 1000 + 2]);
    clock.now = 5000;
    expect(take()).toBe(5000);
    clock.now = 10;
    expect([take(), store.last('c')]).toEqual([5001, { epoch: 'e', n: 5001 }]);
  });

  it('says at which number an instance had changed, as a plain list of everything would', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.uniqueArray(scope, { minLength: 1, maxLength: 3 }), instance), {
          maxLength: 40,
        }),
        (steps) => {
          const store = memoryStore({ clock: () => 0, epoch: () => 'e' });
          const noted: [scope: string, n: number][] = [];
          for (const [scopes, address] of steps) {
            const { revision, previous } = store.take('c', scopes, [address]) as Taken;
            const covering = coveringScopes(address);
            const expected = noted.filter(([text]) => covering.includes(text)).map(([, n]) => n);
            expect(previous).toEqual([{ epoch: 'e', n: Math.max(0, ...expected) }]);
            for (const text of scopes) noted.push([withoutMember(text), revision.n]);
          }
        },
      ),
    );
  });

  it('is bounded: what it drops raises the floor, so that nothing looks older than it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(30), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 5 }),
        (ids, cap) => {
          const store = memoryStore({ clock: () => 0, epoch: () => 'e', scopes: cap });
          const truth = new Map<string, number>();
          for (const id of ids) {
            const address = `c?a=${id}`;
            const { revision, previous } = store.take('c', [address], [address]) as Taken;
            expect(previous[0]?.n).toBeGreaterThanOrEqual(truth.get(address) ?? 0);
            truth.set(address, revision.n);
          }
        },
      ),
    );
  });
});
