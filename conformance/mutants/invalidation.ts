import { announcing, type Mutant, withBody, withHeader } from '../src/mutant.ts';
import { addressOf, announced, callOf, codeOf, onAnswer } from './bend.ts';

const scope = (entry: string): string => entry.split('@')[0] as string;
const numbered = (entry: string, text: string): string => `${text}@${entry.split('@')[1]}`;

export const mutants: Mutant[] = [
  onAnswer('announces-nothing', 'A mutation does not say what it made stale.', ['INV'], (outcome) =>
    announced(outcome).length > 0 ? announcing(outcome, []) : outcome,
  ),
  {
    id: 'announces-on-failure',
    breaks: 'What was rolled back is announced.',
    clauses: ['INV'],
    after(outcome, sent) {
      const call = callOf(sent);
      if (!call || !codeOf(outcome) || announced(outcome).length > 0) return outcome;
      return /^(rename|tidy|settle)/.test(call.fn)
        ? announcing(outcome, ['account?accountId=5@k3.1800000000001'])
        : outcome;
    },
  },
  {
    id: 'forgets-what-was-committed',
    breaks: 'An error after the commit announces nothing.',
    clauses: ['INV'],
    after(outcome) {
      if (!codeOf(outcome) || announced(outcome).length === 0) return outcome;
      const { invalidate: _gone, ...body } = outcome.body as Record<string, unknown>;
      return withHeader(withBody(outcome, body), 'x-mizan-invalidate', null);
    },
  },
  onAnswer(
    'announces-for-plain-calls',
    'A plain call makes everything stale.',
    ['INV'],
    (outcome, _body, call) =>
      /^(echo|account|nothing)/.test(call.fn) ? announcing(outcome, ['account@k3.1800000000001']) : outcome,
  ),
  onAnswer('widens', 'Scopes lose their parameters.', ['INV'], (outcome) =>
    announced(outcome).some((entry) => entry.includes('?'))
      ? announcing(
          outcome,
          announced(outcome).map((entry) => numbered(entry, scope(entry).split('?')[0] as string)),
        )
      : outcome,
  ),
  onAnswer('narrows', 'Broad scopes gain a parameter.', ['INV'], (outcome, _body, call) =>
    ['renameThing', 'clearBoards', 'moveCard'].includes(call.fn)
      ? announcing(
          outcome,
          announced(outcome).map((entry) =>
            numbered(entry, `${scope(entry)}${entry.includes('?') ? '&state=done' : '?id=1'}`),
          ),
        )
      : outcome,
  ),
  onAnswer(
    'scopes-by-the-caller',
    'Scopes are guessed from who is calling.',
    ['INV'],
    (outcome, _body, _call, sent) =>
      sent.around.as
        ? announcing(
            outcome,
            announced(outcome).map((entry) =>
              numbered(entry, `${scope(entry).split('?')[0]}?accountId=${sent.around.as}`),
            ),
          )
        : outcome,
  ),
  onAnswer(
    'scopes-by-the-first-argument',
    'A mapped scope takes the wrong value.',
    ['INV'],
    (outcome, _body, call) =>
      ['assignAccount', 'createAccount'].includes(call.fn)
        ? announcing(
            outcome,
            announced(outcome).map((entry) => numbered(entry, 'account?accountId=1')),
          )
        : outcome,
  ),
  onAnswer(
    'forgets-dynamic-scopes',
    'invalidate() in a body is not announced.',
    ['INV'],
    (outcome, _body, call) =>
      call.fn === 'announce'
        ? announcing(
            outcome,
            announced(outcome).filter((entry) => !entry.startsWith('account')),
          )
        : outcome,
  ),
  onAnswer(
    'dynamic-replaces',
    'invalidate() in a body replaces what is declared.',
    ['INV'],
    (outcome, _body, call) =>
      call.fn === 'announce'
        ? announcing(
            outcome,
            announced(outcome).filter((entry) => !entry.startsWith('catalog')),
          )
        : outcome,
  ),
  onAnswer('does-not-sort', 'The list is in the order in which scopes were found.', ['INV'], (outcome) =>
    announcing(outcome, [...announced(outcome)].reverse()),
  ),
  onAnswer(
    'does-not-swallow',
    'A narrower scope stands beside the broad one.',
    ['INV'],
    (outcome, _body, call) =>
      call.fn === 'announce' && announced(outcome).some((entry) => entry.startsWith('account@'))
        ? announcing(outcome, [
            ...announced(outcome),
            numbered(announced(outcome)[0] as string, 'account?accountId=5'),
          ])
        : outcome,
  ),
  onAnswer(
    'announces-nested-calls-apart',
    'What a mutation inside announces is lost.',
    ['INV'],
    (outcome, _body, call) =>
      call.fn === 'settleThrough'
        ? announcing(
            outcome,
            announced(outcome).filter((entry) => entry.startsWith('catalog')),
          )
        : outcome,
  ),
  {
    id: 'answers-before-the-commit',
    breaks: 'The answer arrives before the rows are committed.',
    clauses: ['INV'],
    async before(sent, driver, state) {
      const late = state.get('late') as (() => Promise<unknown>) | undefined;
      const call = callOf(sent);
      if (call?.fn !== 'renameAccount' || sent.kind !== 'call') {
        if (late) queueMicrotask(() => void late());
        state.delete('late');
        return sent;
      }
      await late?.();
      state.set('late', () => driver.call(sent.body, sent.around));
      return driver.call({ fn: 'echoCurrency', args: {} });
    },
  },
  {
    id: 'header-and-body-differ',
    breaks: 'The header says less than the body.',
    clauses: ['INV'],
    after: (outcome) =>
      announced(outcome).length > 0
        ? withHeader(outcome, 'x-mizan-invalidate', `"${scope(announced(outcome)[0] as string)}"`)
        : outcome,
  },
  {
    id: 'sends-no-header',
    breaks: 'X-Mizan-Invalidate is missing.',
    clauses: ['INV'],
    after: (outcome) => withHeader(outcome, 'x-mizan-invalidate', null),
  },
  {
    id: 'sends-an-empty-header',
    breaks: 'X-Mizan-Invalidate is sent where nothing is stale.',
    clauses: ['INV'],
    after: (outcome) =>
      announced(outcome).length === 0 ? withHeader(outcome, 'x-mizan-invalidate', '""') : outcome,
  },
  {
    id: 'writes-values-bare',
    breaks: 'Values in the header are not percent-encoded.',
    clauses: ['INV'],
    after: (outcome, sent) =>
      callOf(sent)?.fn === 'touchKeys'
        ? announcing(
            outcome,
            announced(outcome).map((entry) =>
              entry.replace(/%([0-7][0-9A-F])/g, (_, hex: string) =>
                String.fromCharCode(Number.parseInt(hex, 16)),
              ),
            ),
          )
        : outcome,
  },
  onAnswer(
    'exceeds-the-header-budget',
    'Two hundred scopes are sent as they are.',
    ['INV'],
    (outcome, _body, call) => {
      const ids = (call.args as { accountIds?: number[] } | undefined)?.accountIds ?? [];
      return ids.length < 100
        ? outcome
        : announcing(
            outcome,
            ids.map((id) => `account?accountId=${id}@k3.1800000000001`),
          );
    },
  ),
  onAnswer(
    'drops-what-does-not-fit',
    'Scopes that do not fit the header are left out.',
    ['INV'],
    (outcome, _body, call) => {
      const ids = (call.args as { accountIds?: number[] } | undefined)?.accountIds ?? [];
      return ids.length < 100
        ? outcome
        : announcing(
            outcome,
            ids.slice(0, 5).map((id) => `account?accountId=${id}@k3.1800000000001`),
          );
    },
  ),
  {
    id: 'never-settles',
    breaks: 'A read labels its answer with the number of the instance, not of the context.',
    clauses: ['REV'],
    after: (outcome, sent) =>
      addressOf(sent) !== undefined && sent.kind === 'fetch' && sent.around.min
        ? withHeader(outcome, 'x-mizan-revision', 'k3.1')
        : outcome,
  },
];
