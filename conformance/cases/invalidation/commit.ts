import type { CodeCase } from '../../src/case.ts';
import { expectSame } from '../../src/judge.ts';

export const cases: CodeCase[] = [
  {
    id: 'invalidation/rows-are-committed-when-the-answer-arrives',
    clauses: ['CALL-8'],
    async run(stage) {
      for (let version = 2; version <= 21; version++) {
        await stage.call('renameAccount', { accountId: 5, name: `n${version}` });
        const seen = await stage.call('peekVersion', { accountId: 5 });
        expectSame('the version on another connection', (seen.body as { result: number }).result, version);
      }
    },
  },
  {
    id: 'invalidation/nothing-is-announced-before-the-commit',
    clauses: ['CALL-8'],
    async run(stage) {
      await stage.steer('renameAccount', 'hold');
      const before = await stage.fetch('account?accountId=5');
      const mutation = stage.call('renameAccount', { accountId: 5, name: 'Ada' });
      await stage.untilRan('renameAccount', 1);
      const during = await stage.fetch('account?accountId=5');
      expectSame('the bundle while the mutation runs', during.body, before.body);
      expectSame(
        'the revision while it runs',
        during.headers['x-mizan-revision'],
        before.headers['x-mizan-revision'],
      );
      await stage.release('renameAccount');
      await mutation;
    },
  },
];
