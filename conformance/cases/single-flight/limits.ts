import { type CodeCase, Failure } from '../../src/case.ts';
import { expectSame, invalidateOf } from '../../src/judge.ts';
import type { Outcome } from '../../src/outcome.ts';

const contextsOf = (outcome: Outcome): Record<string, { revision: string; data: unknown }> =>
  (outcome.body as { contexts?: Record<string, { revision: string; data: unknown }> }).contexts ?? {};

export const cases: CodeCase[] = [
  {
    id: 'single-flight/at-most-eight-in-the-order-shown',
    clauses: ['FLT-3', 'FLT-4'],
    async run(stage) {
      const shows = Array.from({ length: 12 }, (_, i) => `account?accountId=5&limit=${20 - i}`);
      const outcome = await stage.call('renameAccount', { accountId: 5, name: 'Ada' }, { shows });
      expectSame('contexts in the order of shows', Object.keys(contextsOf(outcome)), shows.slice(0, 8));
      const seen = await stage.witness('accountProfile');
      expectSame('reads for eight bundles', seen.count, 8);
    },
  },
  {
    id: 'single-flight/a-hostile-list-costs-no-more',
    clauses: ['FLT-1'],
    async run(stage) {
      const shows = Array.from({ length: 64 }, () => 'account?accountId=5&limit=10');
      const outcome = await stage.call('renameAccount', { accountId: 5, name: 'Ada' }, { shows });
      expectSame('contexts', Object.keys(contextsOf(outcome)), ['account?accountId=5&limit=10']);
      expectSame('reads', (await stage.witness('accountProfile')).count, 1);
    },
  },
  {
    id: 'single-flight/only-the-first-sixty-four-are-looked-at',
    clauses: ['FLT-1'],
    async run(stage) {
      const others = Array.from({ length: 64 }, (_, i) => `account?accountId=${100 + i}&limit=10`);
      const shows = [...others, 'account?accountId=5&limit=10'];
      const outcome = await stage.call('renameAccount', { accountId: 5, name: 'Ada' }, { shows });
      expectSame('status', outcome.status, 200);
      expectSame('contexts', contextsOf(outcome), {});
      expectSame('reads', (await stage.witness('accountProfile')).count, 0);
    },
  },
  {
    id: 'single-flight/what-is-late-does-not-delay',
    clauses: ['FLT-5'],
    settings: { limits: { flightMilliseconds: 50 } },
    async run(stage) {
      await stage.steer('fragileOne', 'hold');
      const outcome = await stage.call('touchFragile', { group: 'a' }, { shows: ['fragile?group=a'] });
      await stage.release('fragileOne');
      expectSame('contexts without what is held', contextsOf(outcome), {});
      expectSame('status', outcome.status, 200);
    },
  },
  {
    id: 'single-flight/what-is-large-stays-out',
    clauses: ['FLT-5'],
    settings: { limits: { flightBytes: 200 } },
    async run(stage) {
      const outcome = await stage.call(
        'renameAccount',
        { accountId: 5, name: 'Ada' },
        { shows: ['account?accountId=5&limit=10', 'account?accountId=5&limit=1'] },
      );
      expectSame('contexts within the budget', Object.keys(contextsOf(outcome)), [
        'account?accountId=5&limit=1',
      ]);
    },
  },
  {
    id: 'single-flight/read-after-the-numbers',
    clauses: ['FLT-3'],
    async run(stage) {
      const outcome = await stage.call(
        'renameAccount',
        { accountId: 5, name: 'Ada' },
        { shows: ['account?accountId=5&limit=1'] },
      );
      const told = invalidateOf(outcome)[0]?.split('@')[1] ?? '';
      const got = contextsOf(outcome)['account?accountId=5&limit=1']?.revision ?? '';
      const [epoch, n] = got.split('.');
      const [toldEpoch, toldN] = told.split('.');
      expectSame('epoch', epoch, toldEpoch);
      if (Number(n) < Number(toldN))
        throw new Failure(`the bundle in the answer is labelled ${got}, below ${told}`);
    },
  },
];
