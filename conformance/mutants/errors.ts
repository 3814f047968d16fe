import { type Mutant, withBody, withError, withHeader } from '../src/mutant.ts';
import { callOf, codeOf, errorOf, onError, success } from './bend.ts';

const strip = (outcome: Parameters<NonNullable<Mutant['after']>>[0]) =>
  withBody(outcome, { ...(outcome.body as object), error: { ...errorOf(outcome), contract: undefined } });

export const mutants: Mutant[] = [
  onError('hides-declared-errors', 'A declared error is INTERNAL.', ['ERR'], 'OutOfStock', (outcome) =>
    withError(outcome, 500, 'INTERNAL', { id: 'x' }),
  ),
  onError('drops-details', 'A declared error arrives without its fields.', ['ERR'], 'OutOfStock', (outcome) =>
    withError(outcome, 409, 'OutOfStock'),
  ),
  onError('ignores-declared-statuses', 'Every declared error is 409.', ['ERR'], 'Withdrawn', (outcome) => ({
    ...outcome,
    status: 409,
  })),
  onError(
    'sends-undeclared-errors',
    'An error that is not declared is sent as it is.',
    ['ERR'],
    'INTERNAL',
    (outcome, sent) => (callOf(sent)?.fn === 'buy' ? withError(outcome, 409, 'Undeclared') : outcome),
  ),
  onError(
    'answers-200-with-errors',
    'An error is answered with status 200.',
    ['ERR'],
    'CONFLICT',
    (outcome) => ({ ...outcome, status: 200 }),
  ),
  {
    id: 'collapses-standard-codes',
    breaks: 'Standard errors become BAD_REQUEST.',
    clauses: ['ERR'],
    after: (outcome, sent) =>
      callOf(sent)?.fn === 'refuse' && codeOf(outcome) ? withError(outcome, 400, 'BAD_REQUEST') : outcome,
  },
  {
    id: 'forgets-fields-of-handlers',
    breaks: 'A field marked by a handler is lost.',
    clauses: ['ERR'],
    after: (outcome, sent) =>
      callOf(sent)?.fn === 'taken' ? withError(outcome, 422, 'VALIDATION_FAILED', { details: [] }) : outcome,
  },
  onError('lets-everybody-in', 'A guard that refuses is ignored.', ['CALL'], 'FORBIDDEN', (outcome, sent) =>
    callOf(sent)?.fn.startsWith('for') ? success(outcome, 1) : outcome,
  ),
  {
    id: 'says-no-contract',
    breaks: 'X-Mizan-Contract is missing.',
    clauses: ['SKW'],
    after: (outcome) => withHeader(outcome, 'x-mizan-contract', null),
  },
  {
    id: 'refuses-every-other-contract',
    breaks: 'A client of another contract is refused although it fits.',
    clauses: ['SKW'],
    after: (outcome, sent) =>
      sent.around.contract && outcome.status === 200 ? withError(outcome, 409, 'CONTRACT_MISMATCH') : outcome,
  },
  {
    id: 'hides-the-contract-in-errors',
    breaks: 'A failure under another contract does not say so.',
    clauses: ['SKW'],
    after: (outcome) => (errorOf(outcome) ? strip(outcome) : outcome),
  },
  onError(
    'calls-skew-not-found',
    'What an old client asks for and is gone is NOT_FOUND.',
    ['SKW'],
    'CONTRACT_MISMATCH',
    (outcome) => withError(outcome, 404, 'NOT_FOUND'),
  ),
  {
    id: 'ignores-released-contracts',
    breaks: 'contracts.json is not read.',
    clauses: ['SKW'],
    before: (sent) =>
      ({
        ...sent,
        around: {
          ...sent.around,
          contract: sent.kind === 'call' && sent.body.fn === 'renameAccount' ? '' : sent.around.contract,
        },
      }) as typeof sent,
  },
  {
    id: 'crashes-on-odd-contracts',
    breaks: 'A contract header that is none is answered with INTERNAL.',
    clauses: ['SKW'],
    after: (outcome, sent) =>
      sent.around.contract && !/^[0-9a-f]{16}$/.test(sent.around.contract)
        ? withError(outcome, 500, 'INTERNAL', { id: 'x' })
        : outcome,
  },
];
