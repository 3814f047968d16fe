import { type CodeCase, Failure } from '../../src/case.ts';
import { expectSame, invalidateOf, show } from '../../src/judge.ts';
import type { Outcome } from '../../src/outcome.ts';

interface Merge {
  into: string;
  base: string;
  revision: string;
}

const merges = (outcome: Outcome): Merge[] => ((outcome.body as { merge?: Merge[] }).merge ?? []) as Merge[];
const told = (outcome: Outcome, scope: string): string =>
  invalidateOf(outcome)
    .find((entry) => entry.startsWith(`${scope}@`))
    ?.slice(scope.length + 1) ?? '';
const number = (revision: string): number => Number(revision.split('.')[1]);

export const cases: CodeCase[] = [
  {
    id: 'merge/names-one-member-of-one-instance',
    clauses: ['MRG-3'],
    async run(stage) {
      const outcome = await stage.call('mergeName', { accountId: 5, name: 'Ada' });
      expectSame(
        'into',
        merges(outcome).map(({ into }) => into),
        ['account/accountProfile?accountId=5&limit=10'],
      );
      expectSame('result', (outcome.body as { result: unknown }).result, { id: 5, name: 'Ada', version: 2 });
    },
  },
  {
    id: 'merge/carries-its-own-number-and-announces-it',
    clauses: ['MRG-2', 'MRG-3'],
    async run(stage) {
      const outcome = await stage.call('mergeName', { accountId: 5, name: 'Ada' });
      const [merge] = merges(outcome);
      expectSame(
        'the merge carries the number announced',
        merge?.revision,
        told(outcome, 'account/accountProfile?accountId=5'),
      );
    },
  },
  {
    id: 'merge/base-is-the-last-change-of-the-instance',
    clauses: ['MRG-3', 'MRG-4'],
    async run(stage) {
      const first = told(
        await stage.call('renameAccount', { accountId: 5, name: 'a' }),
        'account?accountId=5',
      );
      await stage.call('renameAccount', { accountId: 7, name: 'b' });
      const [merge] = merges(await stage.call('mergeName', { accountId: 5, name: 'Ada' }));
      expectSame('base', merge?.base, first);
      if (!(number(merge?.base ?? '') < number(merge?.revision ?? '')))
        throw new Failure(`base is below revision; saw ${show(merge)}`);
    },
  },
  {
    id: 'merge/two-mutations-of-one-row',
    clauses: ['MRG-4'],
    async run(stage) {
      await stage.steer('mergeName', 'hold');
      const first = stage.call('mergeName', { accountId: 5, name: 'first' });
      await stage.untilRan('mergeName', 1);
      const second = await stage.call('mergeName', { accountId: 5, name: 'second' });
      await stage.release('mergeName');
      const late = await first;
      expectSame('the mutation that saw no other may merge', merges(second).length, 1);
      expectSame('the mutation that another overtook is a plain invalidation', merges(late), []);
      if (
        number(told(late, 'account/accountProfile?accountId=5')) <=
        number(told(second, 'account/accountProfile?accountId=5'))
      )
        throw new Failure('the later commit has the higher number');
    },
  },
  {
    id: 'merge/beside-an-invalidation',
    clauses: ['MRG-2'],
    async run(stage) {
      const outcome = await stage.call('mergeAndStamp', { accountId: 5, name: 'Ada' });
      expectSame(
        'into',
        merges(outcome).map(({ into }) => into),
        ['account/accountProfile?accountId=5&limit=10'],
      );
      expectSame(
        'announced',
        invalidateOf(outcome).map((entry) => entry.split('@')[0]),
        ['catalog', 'account/accountProfile?accountId=5'],
      );
    },
  },
  {
    id: 'merge/into-a-bundle-of-class-user-says-whose-it-is',
    clauses: ['CALL-7', 'BUN-12'],
    http: true,
    async run(stage) {
      const header = 'x-mizan-identity';
      for (const as of ['5', '7']) {
        const read = await stage.fetch('desk', { as });
        const claimed = await stage.callBody({ fn: 'claimDesk', args: {} }, { as });
        expectSame(
          'into',
          merges(claimed).map(({ into }) => into),
          ['desk/deskOwner'],
        );
        expectSame(`${header} of ${as}`, claimed.headers[header], read.headers[header]);
      }
      const named = await stage.callBody(
        { fn: 'mergeName', args: { accountId: 5, name: 'Ada' } },
        { as: '5' },
      );
      expectSame(`${header} of a merge into what is public`, named.headers[header], undefined);
    },
  },
  {
    id: 'merge/never-without-a-result',
    clauses: ['MRG-5'],
    async run(stage) {
      const outcome = await stage.call('mergeName', { accountId: 999, name: 'Ada' });
      expectSame('code', (outcome.body as { error?: { code: string } }).error?.code, 'NOT_FOUND');
      expectSame('merge', merges(outcome), []);
    },
  },
];
