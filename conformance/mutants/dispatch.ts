import { type Mutant, withBody, withError, withHeader } from '../src/mutant.ts';
import { callOf, codeOf, errorOf, keepFindings, onError, onResult, success } from './bend.ts';

const object = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const roundBig = (value: unknown): unknown => {
  if (typeof value === 'string' && /^-?[0-9]{16,}$/.test(value)) return BigInt(Number(value)).toString();
  if (Array.isArray(value)) return value.map(roundBig);
  if (object(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, roundBig(item)]));
  return value;
};
const dropNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(dropNulls);
  if (!object(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null)
      .map(([key, item]) => [key, dropNulls(item)]),
  );
};

export const mutants: Mutant[] = [
  onResult('rounds-big-integers', 'A bigint passes through a double.', ['VAL'], roundBig),
  onResult('drops-nulls', 'A null field is left out of the answer.', ['VAL'], dropNulls),
  onResult(
    'keeps-spellings',
    'Values come back as written, not in their canonical form.',
    ['VAL'],
    (result, call) =>
      call.fn === 'echoScalars' ? ((call.args as { value: unknown }).value ?? result) : result,
  ),
  onResult('forgets-fractions', 'Scales, fractions and decimals are cut.', ['VAL'], (result) =>
    object(result) && 'amount' in result ? { ...result, amount: String(Number(result.amount)) } : result,
  ),
  onResult('forgets-defaults', 'A default is not filled in.', ['VAL'], (result, call) => {
    if (object(result) && 'defaulted' in result) return { needed: result.needed, nullable: result.nullable };
    return call.fn === 'echoCurrency' && !Object.hasOwn((call.args ?? {}) as object, 'currency')
      ? 'USD'
      : result;
  }),
  onResult('flattens-lists', 'The first level of nesting is lost.', ['VAL'], (result) => {
    if (Array.isArray(result)) return result.flat();
    return object(result) && Array.isArray(result.children) ? { ...result, children: [] } : result;
  }),
  onResult('sorts-figures-wrongly', 'The arm of a union is guessed.', ['VAL'], (result) =>
    object(result) && result.kind === 'square' ? { ...result, kind: 'circle' } : result,
  ),
  onResult('texts-for-numbers', 'Numbers in an untagged union become text.', ['VAL'], (result, call) =>
    call.fn === 'echoPick' && typeof result === 'number' ? String(result) : result,
  ),
  onResult('upper-cases-enums', 'An enum value is changed.', ['VAL'], (result, call) =>
    call.fn === 'echoCurrency' || call.fn === 'echoColors'
      ? JSON.parse(JSON.stringify(result).toUpperCase())
      : result,
  ),
  onResult(
    'answers-nothing-with-an-object',
    'A function that returns nothing answers {}.',
    ['CALL'],
    (result, call) => (result === null && call.fn === 'nothing' ? {} : result),
  ),
  onResult(
    'returns-undeclared-keys',
    'A key that the output does not declare leaves the server.',
    ['VAL'],
    (result, call) => (call.fn === 'faulty' && object(result) ? { ...result, password: 'hunter2' } : result),
  ),
  onError(
    'skips-the-value-check',
    'Arguments are not checked.',
    ['VAL'],
    'VALIDATION_FAILED',
    (outcome, sent) => (callOf(sent) ? success(outcome, null) : outcome),
  ),
  onError(
    'stops-at-the-first-finding',
    'Only the first finding is reported.',
    ['VAL'],
    'VALIDATION_FAILED',
    (outcome) => keepFindings(outcome, (_, index) => index === 0),
  ),
  onError('reverses-findings', 'Findings are in another order.', ['VAL'], 'VALIDATION_FAILED', (outcome) =>
    withError(outcome, 422, 'VALIDATION_FAILED', {
      details: [...((errorOf(outcome)?.details ?? []) as unknown[])].reverse(),
    }),
  ),
  onError(
    'ignores-unknown-keys',
    'An unknown argument is let through.',
    ['VAL'],
    'VALIDATION_FAILED',
    (outcome) => keepFindings(outcome, (finding) => finding.code !== 'unknown'),
  ),
  onError(
    'ignores-formats',
    'A text that is not in its form is let through.',
    ['VAL'],
    'VALIDATION_FAILED',
    (outcome, sent) =>
      callOf(sent) ? keepFindings(outcome, (finding) => finding.code !== 'format') : outcome,
  ),
  onError(
    'takes-texts-for-numbers',
    'A value of another type is coerced.',
    ['VAL'],
    'VALIDATION_FAILED',
    (outcome) => keepFindings(outcome, (finding) => finding.code !== 'type' && finding.code !== 'union'),
  ),
  onError('ignores-constraints', 'Constraints are not enforced.', ['VAL'], 'VALIDATION_FAILED', (outcome) =>
    keepFindings(outcome, (finding) => !/^(min|max|pattern|multipleOf|enum)/.test(finding.code)),
  ),
  {
    id: 'counts-utf-16-units',
    breaks: 'Lengths are counted in UTF-16 units.',
    clauses: ['VAL'],
    after(outcome, sent) {
      const name = (callOf(sent)?.args as { name?: unknown } | undefined)?.name;
      if (callOf(sent)?.fn !== 'constrained' || typeof name !== 'string' || [...name].length === name.length)
        return outcome;
      return name.length > 8
        ? withError(outcome, 422, 'VALIDATION_FAILED', { details: [{ path: '/name', code: 'maxLength' }] })
        : keepFindings(outcome, (f) => f.path !== '/name');
    },
  },
  {
    id: 'refuses-integral-spellings',
    breaks: '1.0 and 1e2 are no integers.',
    clauses: ['VAL'],
    after: (outcome, sent) =>
      sent.kind === 'request' && String(sent.request.body ?? '').includes('1.0,1e2')
        ? withError(outcome, 422, 'VALIDATION_FAILED', { details: [] })
        : outcome,
  },
  onError(
    'hides-unknown-functions',
    'An unknown function is answered with INTERNAL.',
    ['CALL'],
    'NOT_FOUND',
    (outcome, sent) => (callOf(sent) ? withError(outcome, 500, 'INTERNAL', { id: 'x' }) : outcome),
  ),
  {
    id: 'looks-names-up-on-an-object',
    breaks: 'A function is looked up on an object with a prototype.',
    clauses: ['CALL'],
    after: (outcome, sent) =>
      ['constructor', 'toString', '__proto__'].includes(callOf(sent)?.fn ?? '')
        ? withError(outcome, 500, 'INTERNAL', { id: 'x' })
        : outcome,
  },
  {
    id: 'keeps-the-first-duplicate',
    breaks: 'Of two equal keys the first counts.',
    clauses: ['CALL'],
    before: (sent) =>
      sent.kind === 'request' && typeof sent.request.body === 'string'
        ? {
            ...sent,
            request: {
              ...sent.request,
              body: sent.request.body.replace('"fn":"nothing","fn":"echoCurrency"', '"fn":"nothing"'),
            },
          }
        : sent,
  },
  onError(
    'accepts-any-envelope',
    'Parts of the envelope are not checked.',
    ['CALL'],
    'BAD_REQUEST',
    (outcome, sent) => {
      const call = callOf(sent);
      return object(call) && typeof call.fn === 'string' ? success(outcome, null) : outcome;
    },
  ),
  onError(
    'accepts-envelopes-without-a-function',
    'An envelope without a function is answered.',
    ['CALL'],
    'BAD_REQUEST',
    (outcome, sent) => (callOf(sent) !== undefined ? success(outcome, null) : outcome),
  ),
  onError(
    'crashes-on-bad-json',
    'A body that is not JSON is answered with INTERNAL.',
    ['CALL'],
    'BAD_REQUEST',
    (outcome, sent) =>
      callOf(sent) === undefined ? withError(outcome, 500, 'INTERNAL', { id: 'x' }) : outcome,
  ),
  {
    id: 'accepts-lone-surrogates',
    breaks: 'Half a surrogate pair is let through.',
    clauses: ['CALL'],
    after: (outcome, sent) =>
      sent.kind === 'request' && /\\ud800|\\udc00/.test(String(sent.request.body ?? ''))
        ? success(outcome, '\ufffd')
        : outcome,
  },
  onError(
    'hides-wrong-methods',
    'A wrong method is answered with NOT_FOUND.',
    ['CALL'],
    'METHOD_NOT_ALLOWED',
    (outcome) => withError(outcome, 404, 'NOT_FOUND'),
  ),
  {
    id: 'takes-any-content-type',
    breaks: 'The content type is not looked at.',
    clauses: ['CALL'],
    before: (sent) =>
      sent.kind === 'request' && sent.request.body !== undefined && sent.request.method === 'POST'
        ? {
            ...sent,
            request: {
              ...sent.request,
              headers: { ...sent.request.headers, 'content-type': 'application/json' },
            },
          }
        : sent,
  },
  {
    id: 'looks-at-the-content-type-first',
    breaks: 'The content type is refused before the method.',
    clauses: ['CALL'],
    after: (outcome, sent) =>
      codeOf(outcome) === 'METHOD_NOT_ALLOWED' &&
      sent.kind === 'request' &&
      sent.request.headers?.['content-type'] === 'text/plain'
        ? withError(outcome, 415, 'UNSUPPORTED_MEDIA_TYPE')
        : outcome,
  },
  {
    id: 'answers-unknown-routes',
    breaks: 'An unknown route is answered with an empty success.',
    clauses: ['CALL'],
    after: (outcome, sent) =>
      sent.kind === 'request' && codeOf(outcome) === 'NOT_FOUND'
        ? withBody({ ...outcome, status: 200 }, {})
        : outcome,
  },
  {
    id: 'redirects-to-the-slash',
    breaks: 'A route without its slash is redirected.',
    clauses: ['CALL'],
    after: (outcome, sent) =>
      sent.kind === 'request' && /^\/(call|session)$/.test(sent.request.path)
        ? withHeader(
            { ...outcome, status: 308, text: '', body: undefined },
            'location',
            `${sent.request.path}/`,
          )
        : outcome,
  },
  onError(
    'opens-private-functions',
    'A private function can be called.',
    ['CALL'],
    'FORBIDDEN',
    (outcome, sent) => (callOf(sent)?.fn === 'settleAccount' ? success(outcome, null) : outcome),
  ),
  onError('leaks-the-exception', 'The text of an exception is sent.', ['ERR'], 'INTERNAL', (outcome) =>
    withBody(outcome, {
      ...(outcome.body as object),
      error: {
        ...errorOf(outcome),
        message: 'Error: connection to db-internal refused\n    at explode (app.ts:12)',
      },
    }),
  ),
  onError('internal-without-id', 'INTERNAL has no id for the log.', ['ERR'], 'INTERNAL', (outcome) =>
    withBody(outcome, { ...(outcome.body as object), error: { code: 'INTERNAL', message: 'm' } }),
  ),
  onError('does-not-check-outputs', 'A wrong output is sent.', ['VAL'], 'INTERNAL', (outcome, sent) =>
    callOf(sent)?.fn === 'faulty' ? success(outcome, { count: 'one', text: 'a' }) : outcome,
  ),
  {
    id: 'refuses-to-call-queries',
    breaks: 'A query cannot be called.',
    clauses: ['CALL'],
    after: (outcome, sent) =>
      callOf(sent)?.fn === 'accountProfile' ? withError(outcome, 404, 'NOT_FOUND') : outcome,
  },
  {
    id: 'validates-before-the-guard',
    breaks: 'Arguments are checked before the static guard.',
    clauses: ['CALL'],
    after: (outcome, sent) =>
      codeOf(outcome) === 'UNAUTHENTICATED' && (callOf(sent)?.args as { count?: unknown })?.count === 'x'
        ? withError(outcome, 422, 'VALIDATION_FAILED', { details: [{ path: '/count', code: 'type' }] })
        : outcome,
  },
  {
    id: 'looks-the-function-up-before-the-envelope',
    breaks: 'An unknown function is reported before a broken envelope.',
    clauses: ['CALL'],
    after: (outcome, sent) =>
      callOf(sent)?.fn === 'noSuchFunction' && codeOf(outcome) === 'BAD_REQUEST'
        ? withError(outcome, 404, 'NOT_FOUND')
        : outcome,
  },
  {
    id: 'runs-twice',
    breaks: 'Every call runs twice.',
    clauses: ['CALL'],
    async before(sent, driver) {
      if (sent.kind === 'call') await driver.call(sent.body, sent.around);
      return sent;
    },
  },
  {
    id: 'waits-for-the-whole-body',
    breaks: 'A body is taken in before its announced size is looked at.',
    clauses: ['HTTP-5'],
    afterRaw: (answer) => answer.replace('HTTP/1.1 413', 'HTTP/1.1 400'),
  },
  {
    id: 'runs-what-was-cut',
    breaks: 'A body that was cut is run as far as it goes.',
    clauses: ['HTTP-6'],
    async afterRaw(answer, bytes, driver) {
      if (bytes.includes('Content-Length: 400')) await driver.call({ fn: 'nothing' });
      return answer;
    },
  },
  {
    id: 'decodes-paths',
    breaks: 'A path is decoded and tidied before it is compared.',
    clauses: ['HTTP-2'],
    afterRaw: (answer) => answer.replace('HTTP/1.1 404', 'HTTP/1.1 200'),
  },
  onError('nests-without-end', 'Depth is not limited.', ['VAL-20'], 'BAD_REQUEST', (outcome, sent) =>
    sent.kind === 'request' && String(sent.request.body ?? '').includes('[[[[')
      ? success(outcome, null)
      : outcome,
  ),
];
