import { type Mutant, withBody, withError, withHeader } from '../src/mutant.ts';
import { addressOf, callOf, codeOf, errorOf, keepFindings, onBundle, onError } from './bend.ts';

type Errors = Record<string, { code: string; message: string }>;
const reorder = (data: object): object => Object.fromEntries(Object.entries(data).reverse());
const statusOf: Record<string, number> = { CONFLICT: 409, INTERNAL: 500, UNAUTHENTICATED: 401 };

export const mutants: Mutant[] = [
  {
    id: 'runs-members-twice',
    breaks: 'Each member of a bundle runs twice.',
    clauses: ['BUN'],
    async before(sent, driver) {
      if (sent.kind === 'fetch') await driver.fetch(sent.address, sent.around);
      return sent;
    },
  },
  {
    id: 'reads-the-whole-bundle-for-one-member',
    breaks: 'The read of one member runs all members.',
    clauses: ['BUN'],
    async before(sent, driver) {
      const [name = '', query] = (addressOf(sent) ?? '').split('?');
      if (name.includes('/')) await driver.fetch([name.split('/')[0], query].join('?'), sent.around);
      return sent;
    },
  },
  onBundle('reverses-members', 'Members are in another order.', ['BUN'], (outcome, data) =>
    withBody(outcome, reorder(data)),
  ),
  onBundle('drops-the-good-members', 'One failing member fails the bundle.', ['BUN'], (outcome, data) => {
    const [error] = Object.values((data.$errors ?? {}) as Errors);
    return error
      ? withError(outcome, statusOf[error.code] ?? 500, error.code, { message: error.message, id: 'x' })
      : outcome;
  }),
  onBundle('hides-failing-members', 'A failing member is left out in silence.', ['BUN'], (outcome, data) => {
    const { $errors: _hidden, ...rest } = data;
    return withBody(outcome, rest);
  }),
  onBundle('leaks-in-members', 'The text of an exception stands in $errors.', ['BUN'], (outcome, data) => {
    const errors = (data.$errors ?? {}) as Errors;
    const leaking = Object.fromEntries(
      Object.entries(errors).map(([name, error]) => [name, { ...error, message: `secret-7f3a: ${name}` }]),
    );
    return '$errors' in data ? withBody(outcome, { ...data, $errors: leaking }) : outcome;
  }),
  {
    id: 'answers-200-when-all-members-fail',
    breaks: 'A bundle without any member is a success.',
    clauses: ['BUN'],
    after: (outcome, sent) =>
      addressOf(sent)?.startsWith('fragile') && codeOf(outcome) === 'CONFLICT'
        ? withBody({ ...outcome, status: 200 }, { $errors: { fragileOne: errorOf(outcome) } })
        : outcome,
  },
  onBundle('stores-errors', 'A bundle with errors may be stored.', ['BUN'], (outcome, data) =>
    '$errors' in data
      ? withHeader(withHeader(outcome, 'etag', '"0"'), 'cache-control', 'private, no-cache')
      : outcome,
  ),
  {
    id: 'ignores-filters',
    breaks: 'Optional parameters do not reach their member.',
    clauses: ['BUN'],
    before: (sent) =>
      sent.kind === 'fetch'
        ? { ...sent, address: sent.address.replace(/[?&](q|state)=[^&]*/g, '').replace(/^board&/, 'board?') }
        : sent,
  },
  onBundle(
    'fills-no-defaults',
    'A bundle without its optional parameters lacks the member that has them.',
    ['BUN'],
    (outcome, data, sent) => {
      const { boardCards: _cards, ...rest } = data;
      return addressOf(sent) === 'board?boardId=1' ? withBody(outcome, rest) : outcome;
    },
  ),
  onError(
    'reads-without-required-parameters',
    'A missing parameter is taken as null.',
    ['BUN'],
    'VALIDATION_FAILED',
    (outcome, sent) =>
      addressOf(sent) === undefined || !JSON.stringify(errorOf(outcome)).includes('"required"')
        ? outcome
        : withBody({ ...outcome, status: 200 }, {}),
  ),
  onError(
    'ignores-unknown-parameters',
    'An unknown parameter is let through.',
    ['ADR'],
    'VALIDATION_FAILED',
    (outcome, sent) =>
      addressOf(sent) === undefined || !JSON.stringify(errorOf(outcome)).includes('"unknown"')
        ? outcome
        : withBody({ ...outcome, status: 200 }, {}),
  ),
  onError(
    'takes-any-spelling',
    'An address that is not in its one form is read as if it were.',
    ['ADR'],
    'VALIDATION_FAILED',
    (outcome, sent) =>
      addressOf(sent) === undefined || /"required"|"unknown"/.test(JSON.stringify(errorOf(outcome)))
        ? outcome
        : withBody({ ...outcome, status: 200 }, {}),
  ),
  onError(
    'answers-unknown-contexts',
    'An unknown context is an empty bundle.',
    ['BUN'],
    'NOT_FOUND',
    (outcome, sent) => (addressOf(sent) === undefined ? outcome : withBody({ ...outcome, status: 200 }, {})),
  ),
  onBundle('reads-plus-as-blank', 'Values pass through a form decoder.', ['ADR'], (outcome, data) =>
    typeof data.keysSeen === 'string'
      ? withBody(outcome, { ...data, keysSeen: data.keysSeen.replaceAll('+', ' ') })
      : outcome,
  ),
  onBundle(
    'forgets-empty-texts',
    'An empty text in an address is taken for absent.',
    ['ADR'],
    (outcome, data) =>
      data.keysSeen === '' ? withError(outcome, 422, 'VALIDATION_FAILED', { details: [] }) : outcome,
  ),
  onBundle(
    'shares-what-is-private',
    'A bundle of class user may be stored by anybody.',
    ['BUN'],
    (outcome, data) =>
      'deskNews' in data ? withHeader(outcome, 'cache-control', 'public, max-age=0, s-maxage=60') : outcome,
  ),
  onBundle(
    'forgets-the-cache-time',
    'The seconds of cache= do not reach the header.',
    ['BUN'],
    (outcome, data) =>
      'catalogStamp' in data ? withHeader(outcome, 'cache-control', 'private, no-cache') : outcome,
  ),
  onBundle('sends-no-etag', 'A bundle has no ETag.', ['BUN'], (outcome) => withHeader(outcome, 'etag', null)),
  {
    id: 'etag-holds-the-revision',
    breaks: 'The ETag changes with the revision.',
    clauses: ['BUN'],
    async after(outcome, sent, _driver, state) {
      if (callOf(sent)?.fn === 'renameAccount') state.set('changed', true);
      return outcome.status === 304 && state.get('changed') ? { ...outcome, status: 200 } : outcome;
    },
  },
  {
    id: 'etag-hangs-on-key-order',
    breaks: 'The ETag is made from the address as it was written.',
    clauses: ['ADR'],
    after: (outcome, sent) =>
      addressOf(sent)?.startsWith('board?state=') && outcome.status === 304
        ? { ...outcome, status: 200 }
        : outcome,
  },
  {
    id: 'etag-hangs-on-nothing',
    breaks: 'If-None-Match is always satisfied.',
    clauses: ['BUN'],
    after: (outcome, sent) =>
      sent.kind === 'request' && sent.request.headers?.['if-none-match']
        ? { ...outcome, status: 304, text: '', body: undefined }
        : outcome,
  },
  {
    id: 'answers-304-bare',
    breaks: '304 has no revision.',
    clauses: ['BUN'],
    after: (outcome) => (outcome.status === 304 ? withHeader(outcome, 'x-mizan-revision', null) : outcome),
  },
  {
    id: 'refuses-head',
    breaks: 'HEAD is refused.',
    clauses: ['BUN'],
    after: (outcome, sent) =>
      sent.kind === 'request' && sent.request.method === 'HEAD' ? { ...outcome, status: 405 } : outcome,
  },
  onBundle(
    'skips-guards-of-members',
    'The guard of a member is skipped in a bundle.',
    ['BUN'],
    (outcome, data) =>
      '$errors' in data && 'deskNews' in data
        ? withBody(outcome, {
            deskNews: data.deskNews,
            deskOwner: { id: null, staff: false, superuser: false },
          })
        : outcome,
  ),
  onBundle('marks-no-identity', 'A bundle of class user does not say whose it is.', ['BUN'], (outcome) =>
    withHeader(outcome, 'x-mizan-identity', null),
  ),
  onBundle(
    'marks-public-bundles-with-an-identity',
    'A bundle of class public says who asked.',
    ['BUN'],
    (outcome, data) =>
      'catalogStamp' in data ? withHeader(outcome, 'x-mizan-identity', '0123456789abcdef') : outcome,
  ),
  onBundle(
    'answers-the-member-bare',
    'The read of one member is not keyed by its name.',
    ['BUN'],
    (outcome, data, sent) =>
      addressOf(sent)?.split('?')[0]?.includes('/') ? withBody(outcome, Object.values(data)[0]) : outcome,
  ),
  {
    id: 'hides-the-error-of-a-single-member',
    breaks: 'A member read alone that fails is a success with $errors.',
    clauses: ['BUN'],
    after: (outcome, sent) =>
      sent.kind === 'fetch' && sent.address.includes('/') && codeOf(outcome) === 'CONFLICT'
        ? withBody({ ...outcome, status: 200 }, { $errors: { member: errorOf(outcome) } })
        : outcome,
  },
  onError(
    'bundle-stops-at-the-first-finding',
    'Only the first finding about an address is reported.',
    ['ADR'],
    'VALIDATION_FAILED',
    (outcome, sent) =>
      addressOf(sent) === undefined ? outcome : keepFindings(outcome, (_, index) => index === 0),
  ),
  onBundle('sends-no-tags', 'A shared bundle has no tags to purge it by.', ['BUN-13'], (outcome) =>
    withHeader(outcome, 'surrogate-key', null),
  ),
  {
    id: 'takes-addresses-of-any-length',
    breaks: 'The length of an address is not limited.',
    clauses: ['ADR-9'],
    after: (outcome, sent) =>
      (addressOf(sent)?.length ?? 0) > 1000 && codeOf(outcome)
        ? withBody({ ...outcome, status: 200 }, {})
        : outcome,
  },
];
