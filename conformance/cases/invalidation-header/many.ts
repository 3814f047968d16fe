import { type CodeCase, Failure } from '../../src/case.ts';
import { expectSame, invalidateOf, show } from '../../src/judge.ts';

export const cases: CodeCase[] = [
  {
    id: 'invalidation-header/two-hundred-scopes-stay-within-the-budget',
    clauses: ['INV-12', 'HTTP-9'],
    http: true,
    async run(stage) {
      const accountIds = Array.from({ length: 200 }, (_, i) => 1000 + i);
      const outcome = await stage.call('announce', { accountIds });
      const entries = invalidateOf(outcome);
      const covered = entries.some((entry) => entry.startsWith('account@')) || entries.length === 201;
      if (!covered)
        throw new Failure(`every one of 200 scopes is announced, or the broad one; saw ${show(entries)}`);
      const header = outcome.headers['x-mizan-invalidate'] ?? '';
      if (header.length > 2000) throw new Failure(`the header has ${header.length} bytes`);
    },
  },
  {
    id: 'invalidation-header/an-unrelated-instance-settles-after-broadening',
    clauses: ['REV-8', 'INV-12'],
    http: true,
    async run(stage) {
      const outcome = await stage.call('announce', {
        accountIds: Array.from({ length: 200 }, (_, i) => 1000 + i),
      });
      const told =
        invalidateOf(outcome)
          .find((entry) => entry.startsWith('account'))
          ?.split('@')[1] ?? '';
      const read = await stage.fetch('account?accountId=7', { min: told });
      const [epoch, number] = told.split('.');
      const [seenEpoch, seen] = (read.headers['x-mizan-revision'] ?? '').split('.');
      expectSame('the epoch', seenEpoch, epoch);
      if (Number(seen) < Number(number))
        throw new Failure(`the read answers ${seen}, below ${number}: it never settles`);
    },
  },
];
