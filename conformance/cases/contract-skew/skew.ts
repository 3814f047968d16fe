import { type CodeCase, Failure } from '../../src/case.ts';
import { expectSame, show } from '../../src/judge.ts';
import type { Outcome } from '../../src/outcome.ts';

const old = '0123456789abcdef';
const errorOf = (outcome: Outcome): { code: string; contract?: string; details?: unknown } | undefined =>
  (outcome.body as { error?: { code: string; contract?: string } }).error;

export const cases: CodeCase[] = [
  {
    id: 'contract-skew/session-and-calls-say-the-contract',
    clauses: ['SES-1', 'SES-2', 'SKEW-1'],
    http: true,
    async run(stage) {
      const session = await stage.request({ method: 'GET', path: '/session/' });
      const id = session.headers['x-mizan-contract'] ?? '';
      if (!/^[0-9a-f]{16}$/.test(id)) throw new Failure(`X-Mizan-Contract is 16 hex digits; saw ${show(id)}`);
      expectSame('contract of the session', (session.body as { contract: string }).contract, id);
      expectSame('keys of the session', Object.keys(session.body as object).sort(), [
        'contract',
        'csrf',
        'identity',
      ]);
      const call = await stage.call('nothing');
      expectSame('contract of a call', call.headers['x-mizan-contract'], id);
    },
  },
  {
    id: 'contract-skew/an-old-client-that-still-fits',
    clauses: ['SKEW-3'],
    async run(stage) {
      const outcome = await stage.call('echoCurrency', { currency: 'USD' }, { contract: old });
      expectSame('result', (outcome.body as { result: unknown }).result, 'USD');
    },
  },
  {
    id: 'contract-skew/a-failure-names-the-contract',
    clauses: ['SKEW-3'],
    async run(stage) {
      const outcome = await stage.call('echoCurrency', { currency: 7 }, { contract: old });
      expectSame('code', errorOf(outcome)?.code, 'VALIDATION_FAILED');
      if (!/^[0-9a-f]{16}$/.test(errorOf(outcome)?.contract ?? ''))
        throw new Failure(`the error names the server's contract; saw ${show(errorOf(outcome))}`);
      const unsound = await stage.call('echoCurrency', { currency: '\ud800' }, { contract: old });
      expectSame('what is no sound JSON', errorOf(unsound)?.code, 'BAD_REQUEST');
      expectSame('its contract', errorOf(unsound)?.contract, errorOf(outcome)?.contract);
      const own = await stage.call('echoCurrency', { currency: 7 });
      expectSame('no contract without skew', errorOf(own)?.contract, undefined);
    },
  },
  {
    id: 'contract-skew/what-an-old-client-asks-for-and-is-gone',
    clauses: ['SKEW-4'],
    async run(stage) {
      const fn = await stage.call('goneFunction', {}, { contract: old });
      expectSame('unknown function', errorOf(fn)?.code, 'CONTRACT_MISMATCH');
      const context = await stage.fetch('gone?a=1', { contract: old });
      expectSame('unknown context', errorOf(context)?.code, 'CONTRACT_MISMATCH');
      const parameter = await stage.fetch('account?accountId=5&gone=1', { contract: old });
      expectSame('unknown parameter', errorOf(parameter)?.code, 'CONTRACT_MISMATCH');
      expectSame('status', [fn.status, context.status, parameter.status], [409, 409, 409]);
    },
  },
  {
    id: 'contract-skew/released-contracts-say-what-changed',
    clauses: ['SKEW-5'],
    settings: { contracts: { [old]: { changed: ['echoCurrency', 'renameAccount'] } } },
    async run(stage) {
      const changed = await stage.call('renameAccount', { accountId: 5, name: 'Ada' }, { contract: old });
      expectSame('a changed function', errorOf(changed)?.code, 'CONTRACT_MISMATCH');
      expectSame('its runs', (await stage.witness('renameAccount')).count, 0);
      const unchanged = await stage.call('nothing', {}, { contract: old });
      expectSame('an unchanged function', unchanged.status, 200);
      const unknown = await stage.call('echoCurrency', { currency: 'USD' }, { contract: 'fedcba9876543210' });
      expectSame('a contract that nobody kept', unknown.status, 200);
    },
  },
  {
    id: 'contract-skew/garbage-is-no-contract',
    clauses: ['SKEW-2'],
    http: true,
    async run(stage) {
      for (const contract of ['x', '0123456789ABCDEF', `${old}00`, '"'.repeat(300)]) {
        const outcome = await stage.call('nothing', {}, { contract });
        if (outcome.status >= 500)
          throw new Failure(`X-Mizan-Contract: ${contract} was answered with ${outcome.status}`);
      }
    },
  },
];
