import { announcing, type Mutant, withBody, withError, withHeader } from '../src/mutant.ts';
import type { Outcome } from '../src/outcome.ts';
import { addressOf, announced, callOf, codeOf, onAnswer, onError } from './bend.ts';

type Context = { revision: string; data: Record<string, unknown> };
type Merge = { into: string; base: string; revision: string };
const contextsOf = (body: Record<string, unknown>): Record<string, Context> =>
  (body.contexts ?? {}) as Record<string, Context>;
const mergesOf = (body: Record<string, unknown>): Merge[] => (body.merge ?? []) as Merge[];
const renumber = (outcome: Outcome, change: (n: number, index: number) => number): Outcome =>
  announcing(
    outcome,
    announced(outcome).map((entry, index) =>
      entry.replace(/[0-9]+$/, (n) => String(change(Number(n), index))),
    ),
  );
const flight = (
  id: string,
  breaks: string,
  change: (
    contexts: Record<string, Context>,
    body: Record<string, unknown>,
    fn: string,
  ) => Record<string, Context>,
): Mutant =>
  onAnswer(id, breaks, ['FLT'], (outcome, body, call) =>
    withBody(outcome, { ...body, contexts: change(contextsOf(body), body, call.fn) }),
  );
const merging = (
  id: string,
  breaks: string,
  change: (merges: Merge[], body: Record<string, unknown>, call: { args?: unknown }) => Merge[],
): Mutant =>
  onAnswer(id, breaks, ['MRG'], (outcome, body, call) =>
    call.fn.startsWith('merge')
      ? withBody(outcome, { ...body, merge: change(mergesOf(body), body, call) })
      : outcome,
  );

export const mutants: Mutant[] = [
  onAnswer('gives-a-number-twice', 'Every number is the same.', ['REV'], (outcome) =>
    renumber(outcome, () => 1_800_000_000_001),
  ),
  onAnswer('ignores-the-clock', 'Numbers are counted, without the clock.', ['REV'], (outcome) =>
    renumber(outcome, (n) => n % 1_000_000),
  ),
  onAnswer('follows-the-clock-back', 'Numbers follow a clock that goes back.', ['REV'], (outcome) =>
    renumber(outcome, (n) => (n > 1_850_000_000_000 || n % 7 === 0 ? n : n + 5)),
  ),
  onAnswer('numbers-each-scope', 'Each scope takes a number of its own.', ['REV'], (outcome) =>
    renumber(outcome, (n, index) => n + index),
  ),
  {
    id: 'labels-reads-too-low',
    breaks: 'A bundle after a mutation is labelled below its number.',
    clauses: ['REV'],
    after: (outcome, sent) =>
      addressOf(sent) === undefined || !outcome.headers['x-mizan-revision']
        ? outcome
        : withHeader(outcome, 'x-mizan-revision', 'k3.1700000000000'),
  },
  {
    id: 'labels-reads-after-the-run',
    breaks: 'The revision is read after the members have run.',
    clauses: ['REV'],
    async after(outcome, sent, driver) {
      if (sent.kind !== 'fetch' || outcome.status !== 200) return outcome;
      const now = await driver.fetch(sent.address, sent.around);
      return withHeader(outcome, 'x-mizan-revision', now.headers['x-mizan-revision'] ?? null);
    },
  },
  {
    id: 'shows-rows-before-the-commit',
    breaks: 'A read sees what is not committed yet.',
    clauses: ['INV'],
    before(sent, _driver, state) {
      if (callOf(sent)?.fn === 'renameAccount') state.set('running', true);
      return sent;
    },
    after(outcome, sent, _driver, state) {
      if (callOf(sent)?.fn === 'renameAccount') state.delete('running');
      const data = outcome.body as { accountProfile?: object } | undefined;
      return state.get('running') && data?.accountProfile
        ? withBody(outcome, { ...data, accountProfile: { id: 5, name: 'Ada', version: 2 } })
        : outcome;
    },
  },
  {
    id: 'takes-min-for-a-parameter',
    breaks: '$min is an unknown parameter.',
    clauses: ['REV'],
    after: (outcome, sent) =>
      sent.kind === 'fetch' && /^(k3\.[0-9]+|\*)$/.test(sent.around.min ?? '')
        ? withError(outcome, 422, 'VALIDATION_FAILED', { details: [] })
        : outcome,
  },
  {
    id: 'stores-answers-to-min',
    breaks: 'An answer to $min may be stored.',
    clauses: ['REV'],
    after: (outcome, sent) =>
      sent.kind === 'fetch' && sent.around.min
        ? withHeader(outcome, 'cache-control', 'private, no-cache')
        : outcome,
  },
  onError(
    'takes-any-min',
    'A $min that is no revision is ignored.',
    ['REV'],
    'VALIDATION_FAILED',
    (outcome, sent) =>
      sent.kind === 'fetch' && sent.around.min !== undefined
        ? withBody({ ...outcome, status: 200 }, {})
        : outcome,
  ),
  {
    id: 'counts-all-contexts-together',
    breaks: 'One counter serves all contexts.',
    clauses: ['REV'],
    after(outcome, sent, _driver, state) {
      if (callOf(sent)) state.set('calls', Number(state.get('calls') ?? 0) + 1);
      const revision = outcome.headers['x-mizan-revision'];
      if (!revision || !addressOf(sent)?.startsWith('board')) return outcome;
      return withHeader(
        outcome,
        'x-mizan-revision',
        `${revision.split('.')[0]}.${1_800_000_000_000 + Number(state.get('calls') ?? 0)}`,
      );
    },
  },
  merging('sends-no-merge', 'A merge is not announced as one.', () => []),
  merging('merges-into-another-instance', 'The merge names another instance.', (merges) =>
    merges.map((m) => ({ ...m, into: 'account/accountProfile?accountId=1' })),
  ),
  merging('merges-with-another-number', 'The merge carries a number of its own.', (merges) =>
    merges.map((m) => ({ ...m, revision: m.revision.replace(/[0-9]+$/, (n) => String(Number(n) + 1)) })),
  ),
  merging('merges-from-any-base', 'The base is the number itself.', (merges) =>
    merges.map((m) => ({ ...m, base: m.revision })),
  ),
  merging(
    'merges-whatever-happened',
    'A merge is sent although another mutation came between.',
    (merges, body, call) => {
      const { accountId } = (call.args ?? {}) as { accountId?: number };
      const own = (body.invalidate as string[]).find((entry) => entry.startsWith('account')) ?? '@';
      return merges.length > 0
        ? merges
        : [
            {
              into: `account/accountProfile?accountId=${accountId}`,
              base: own.split('@')[1] as string,
              revision: own.split('@')[1] as string,
            },
          ];
    },
  ),
  {
    id: 'merges-for-nobody-knows-whom',
    breaks: 'A merge into a bundle of class user does not say whose it is.',
    clauses: ['CALL'],
    after: (outcome, sent) =>
      callOf(sent)?.fn === 'claimDesk' ? withHeader(outcome, 'x-mizan-identity', null) : outcome,
  },
  {
    id: 'merges-into-public-bundles-for-somebody',
    breaks: 'A merge into a bundle of class public says who asked.',
    clauses: ['CALL'],
    after: (outcome, sent) =>
      callOf(sent)?.fn === 'mergeName'
        ? withHeader(outcome, 'x-mizan-identity', '0123456789abcdef')
        : outcome,
  },
  {
    id: 'merges-without-a-result',
    breaks: 'A failed mutation merges.',
    clauses: ['MRG'],
    after: (outcome, sent) =>
      callOf(sent)?.fn === 'mergeName' && codeOf(outcome)
        ? withBody(outcome, {
            ...(outcome.body as object),
            merge: [{ into: 'account/accountProfile?accountId=999', base: 'k3.1', revision: 'k3.2' }],
          })
        : outcome,
  },
  onAnswer(
    'merges-and-announces-nothing',
    'A merge is not announced to other caches.',
    ['MRG'],
    (outcome, _body, call) =>
      call.fn.startsWith('merge')
        ? announcing(
            outcome,
            announced(outcome).filter((e) => !e.startsWith('account')),
          )
        : outcome,
  ),
  flight('sends-no-contexts', 'Single flight sends nothing.', () => ({})),
  {
    id: 'reads-what-is-not-affected',
    breaks: 'Single flight reads every instance shown.',
    clauses: ['FLT'],
    async before(sent, driver) {
      for (const address of ((callOf(sent)?.shows ?? []) as string[]).slice(0, 3))
        if (typeof address === 'string' && /^(account|catalog)/.test(address))
          await driver.fetch(address, sent.around);
      return sent;
    },
  },
  flight('sends-broken-bundles', 'A failing bundle is sent with its errors.', (contexts, _body, fn) =>
    fn === 'touchFragile' && Object.keys(contexts).length === 0
      ? { 'fragile?group=a': { revision: 'k3.1', data: { $errors: {} } } }
      : contexts,
  ),
  flight('reverses-what-is-shown', 'Contexts are in another order.', (contexts) =>
    Object.fromEntries(Object.entries(contexts).reverse()),
  ),
  flight('sends-more-than-the-cap', 'The cap of bundles does not hold.', (contexts, body) => {
    const [first] = Object.values(contexts);
    return Object.keys(contexts).length < 8 || !first
      ? contexts
      : {
          ...contexts,
          'account?accountId=5&limit=12': {
            ...first,
            data: (body.result ?? {}) as Record<string, unknown>,
          },
        };
  }),
  {
    id: 'looks-at-any-number-of-shows',
    breaks: 'More than sixty-four instances are looked at.',
    clauses: ['FLT-1'],
    before(sent) {
      const shows = callOf(sent)?.shows;
      return sent.kind === 'call' && Array.isArray(shows) && shows.length > 64
        ? { ...sent, body: { ...sent.body, shows: shows.slice(-64) } }
        : sent;
    },
  },
  {
    id: 'fails-when-a-read-is-late',
    breaks: 'A late bundle fails the call.',
    clauses: ['FLT'],
    after: (outcome, sent) =>
      callOf(sent)?.fn === 'touchFragile' &&
      Object.keys(contextsOf((outcome.body ?? {}) as Record<string, unknown>)).length === 0 &&
      callOf(sent)?.shows
        ? withError(outcome, 504, 'TIMEOUT')
        : outcome,
  },
  flight('exceeds-the-bytes', 'The budget of bytes does not hold.', (contexts) => {
    const [first] = Object.values(contexts);
    return first && 'account?accountId=5&limit=1' in contexts && Object.keys(contexts).length === 1
      ? { 'account?accountId=5&limit=10': first, ...contexts }
      : contexts;
  }),
  flight('reads-before-the-numbers', 'Bundles in the answer are labelled below its numbers.', (contexts) =>
    Object.fromEntries(
      Object.entries(contexts).map(([address, context]) => [
        address,
        { ...context, revision: 'k3.1700000000000' },
      ]),
    ),
  ),
  {
    id: 'reads-after-a-refusal',
    breaks: 'A refused call reads what is shown.',
    clauses: ['FLT'],
    async after(outcome, sent, driver) {
      const [first] = (callOf(sent)?.shows ?? []) as string[];
      if (codeOf(outcome) && first) await driver.fetch(first, sent.around);
      return outcome;
    },
  },
  {
    id: 'reads-nothing-shown',
    breaks: 'Contexts that nobody listed are read.',
    clauses: ['FLT'],
    async after(outcome, sent, driver) {
      const call = callOf(sent);
      if (
        call &&
        outcome.status === 200 &&
        Array.isArray(call.shows) &&
        (call.shows.length === 0 || call.fn === 'nothing')
      )
        await driver.fetch('account?accountId=7&limit=10');
      return outcome;
    },
  },
  flight(
    'takes-scopes-for-instances',
    'A listed scope or a broken address is answered.',
    (contexts, body) => {
      return Object.keys(contexts).length === 0 &&
        (body.invalidate as string[]).some((entry) => entry.startsWith('account?accountId=7'))
        ? { account: { revision: 'k3.1', data: {} } }
        : contexts;
    },
  ),
  flight('reads-as-nobody', 'Bundles in the answer are read without the identity.', (contexts) =>
    Object.fromEntries(
      Object.entries(contexts).map(([address, context]) => [
        address,
        address === 'desk'
          ? {
              ...context,
              data: { deskNews: 'for everybody', deskOwner: { id: null, staff: false, superuser: false } },
            }
          : context,
      ]),
    ),
  ),
];
