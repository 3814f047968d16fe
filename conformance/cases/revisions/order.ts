import { type CodeCase, Failure, type Stage } from '../../src/case.ts';
import { expectSame, invalidateOf, show } from '../../src/judge.ts';
import type { Outcome } from '../../src/outcome.ts';

/** Over http the revision stands in a header; other transports carry it in the frame. */
async function revisionOf(stage: Stage, address: string): Promise<{ epoch: string; n: number }> {
  const outcome = await stage.fetch(address);
  const text = outcome.headers['x-mizan-revision'] ?? '';
  const found = /^([a-z0-9]{1,12})\.([0-9]{1,16})$/.exec(text);
  if (!found) throw new Failure(`a bundle carries its revision; saw ${show(text)}`);
  return { epoch: found[1] as string, n: Number(found[2]) };
}

function numberOf(outcome: Outcome, scope: string): number {
  const entry = invalidateOf(outcome).find((text) => text.startsWith(`${scope}@`));
  if (!entry)
    throw new Failure(`${scope} must be announced with its number; saw ${show(invalidateOf(outcome))}`);
  return Number(entry.slice(entry.lastIndexOf('.') + 1));
}

export const cases: CodeCase[] = [
  {
    id: 'revisions/numbers-only-grow',
    clauses: ['REV-5'],
    async run(stage) {
      let last = 0;
      for (let i = 0; i < 10; i++) {
        const n = numberOf(
          await stage.call('renameAccount', { accountId: 5, name: `n${i}` }),
          'account?accountId=5',
        );
        if (n <= last) throw new Failure(`number ${n} was given after ${last}`);
        last = n;
      }
    },
  },
  {
    id: 'revisions/numbers-start-at-the-clock',
    clauses: ['REV-4', 'REV-5'],
    http: true,
    async run(stage) {
      const first = await revisionOf(stage, 'fragile?group=a');
      if (first.n < 1_800_000_000_000) throw new Failure(`the first revision ${first.n} is below the clock`);
      await stage.call('setClock', { now: 1_900_000_000_000 });
      const n = numberOf(await stage.call('touchFragile', { group: 'a' }), 'fragile?group=a');
      if (n < 1_900_000_000_000) throw new Failure(`the clock went on, the number ${n} did not`);
    },
  },
  {
    id: 'revisions/a-clock-that-goes-back-gives-no-number-twice',
    clauses: ['REV-5'],
    async run(stage) {
      const first = numberOf(await stage.call('touchFragile', { group: 'a' }), 'fragile?group=a');
      await stage.call('setClock', { now: 1_000 });
      const next = numberOf(await stage.call('touchFragile', { group: 'a' }), 'fragile?group=a');
      expectSame('the number after the clock went back', next, first + 1);
    },
  },
  {
    id: 'revisions/a-bundle-after-a-mutation-is-not-older',
    clauses: ['REV-8'],
    http: true,
    async run(stage) {
      const n = numberOf(
        await stage.call('renameAccount', { accountId: 5, name: 'Ada' }),
        'account?accountId=5',
      );
      const seen = await revisionOf(stage, 'account?accountId=5');
      if (seen.n < n) throw new Failure(`a read after the mutation ${n} is labelled ${seen.n}`);
    },
  },
  {
    id: 'revisions/read-before-anything-touches-data',
    clauses: ['REV-8'],
    http: true,
    async run(stage) {
      await stage.steer('accountProfile', 'hold');
      const reading = stage.fetch('account?accountId=5');
      await stage.untilRan('accountProfile', 1);
      const n = numberOf(
        await stage.call('renameAccount', { accountId: 5, name: 'Ada' }),
        'account?accountId=5',
      );
      await stage.release('accountProfile');
      const revision = (await reading).headers['x-mizan-revision'] ?? '';
      const read = Number(revision.split('.')[1]);
      if (!(read < n))
        throw new Failure(
          `a read that began before mutation ${n} is labelled ${revision}: it may hold the old rows`,
        );
    },
  },
  {
    id: 'revisions/one-number-a-context',
    clauses: ['REV-5'],
    async run(stage) {
      const outcome = await stage.call('announce', { accountIds: [1, 2, 3] });
      const numbers = [1, 2, 3].map((id) => numberOf(outcome, `account?accountId=${id}`));
      expectSame('numbers of one context in one answer', new Set(numbers).size, 1);
    },
  },
  {
    id: 'revisions/min-is-no-part-of-the-address',
    clauses: ['REV-10', 'REV-11'],
    http: true,
    async run(stage) {
      const outcome = await stage.call('renameAccount', { accountId: 5, name: 'Ada' });
      const entry = invalidateOf(outcome)[0] ?? '';
      const told = entry.slice(entry.indexOf('@') + 1);
      const read = await stage.fetch('account?accountId=5', { min: told });
      expectSame('the answer to $min', (read.body as { accountProfile: unknown }).accountProfile, {
        id: 5,
        name: 'Ada',
        version: 2,
      });
      expectSame('cache-control of an answer to $min', read.headers['cache-control'], 'private, no-store');
      const any = await stage.fetch('account?accountId=5', { min: '*' });
      expectSame('status of $min=*', any.status, 200);
      expectSame('cache-control of $min=*', any.headers['cache-control'], 'private, no-store');
    },
  },
  {
    id: 'revisions/a-min-that-is-none',
    clauses: ['REV-10', 'ADR-8'],
    async run(stage) {
      for (const min of ['', 'k3', 'k3.', '.5', 'K3.5', 'k3.5.6', 'k3.-1', '12345']) {
        const outcome = await stage.fetch('account?accountId=5', { min });
        expectSame(
          `the answer to $min=${min}`,
          (outcome.body as { error?: { code: string } }).error?.code,
          'VALIDATION_FAILED',
        );
      }
      const seen = await stage.witness('accountProfile');
      expectSame('runs of accountProfile', seen.count, 0);
    },
  },
  {
    id: 'revisions/contexts-count-apart',
    clauses: ['REV-3'],
    http: true,
    async run(stage) {
      const before = await revisionOf(stage, 'board?boardId=1');
      await stage.call('renameAccount', { accountId: 5, name: 'Ada' });
      expectSame('the revision of another context', await revisionOf(stage, 'board?boardId=1'), before);
    },
  },
];
