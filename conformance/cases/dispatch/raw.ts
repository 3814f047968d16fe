import { type CodeCase, Failure, type Stage } from '../../src/case.ts';
import { expectSame } from '../../src/judge.ts';

/** The path under which a testee answers, for requests that are written by hand. */
const head = (method: string, path: string, headers: string[]): string =>
  [`${method} /api/mizan${path} HTTP/1.1`, 'Host: 127.0.0.1', 'Connection: close', ...headers, '', ''].join(
    '\r\n',
  );

function statusOf(answer: string): string {
  return /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? `nothing (${answer.slice(0, 60)})`;
}

async function ranNothing(stage: Stage): Promise<void> {
  expectSame('runs', (await stage.witness('nothing')).count, 0);
  const next = await stage.call('echoCurrency', { currency: 'USD' });
  expectSame('the next request', next.status, 200);
}

export const cases: CodeCase[] = [
  {
    id: 'dispatch/too-large-is-refused-unread',
    clauses: ['HTTP-5', 'REF-2'],
    http: true,
    async run(stage) {
      const announced = ['Content-Type: application/json', `Content-Length: ${10 * 2 ** 20}`];
      expectSame(
        'status of ten megabytes that never come',
        statusOf(await stage.raw(head('POST', '/call/', announced))),
        '413',
      );
      await ranNothing(stage);
    },
  },
  {
    id: 'dispatch/too-large-while-reading',
    clauses: ['HTTP-5', 'REF-2'],
    http: true,
    async run(stage) {
      const body = `{"fn":"nothing","args":{"a":"${'x'.repeat(2 ** 20)}"}}`;
      const chunked = `${head('POST', '/call/', ['Content-Type: application/json', 'Transfer-Encoding: chunked'])}${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
      expectSame('status of a long body without a length', statusOf(await stage.raw(chunked)), '413');
      await ranNothing(stage);
    },
  },
  {
    id: 'dispatch/too-deep',
    clauses: ['VAL-20', 'HTTP-6'],
    http: true,
    async run(stage) {
      for (const depth of [65, 10_000]) {
        const body = `{"fn":"echoScalars","args":${'['.repeat(depth)}${']'.repeat(depth)}}`;
        const outcome = await stage.request({ method: 'POST', path: '/call/', body });
        expectSame(
          `code at depth ${depth}`,
          (outcome.body as { error?: { code: string } }).error?.code,
          'BAD_REQUEST',
        );
      }
    },
  },
  {
    id: 'dispatch/a-body-that-was-cut-runs-nothing',
    clauses: ['HTTP-6', 'CALL-10'],
    http: true,
    async run(stage) {
      const announced = ['Content-Type: application/json', 'Content-Length: 400'];
      const answer = await stage.raw(`${head('POST', '/call/', announced)}{"fn":"nothing","args":{}}`, true);
      if (/^HTTP\/1\.1 2/.test(answer))
        throw new Failure(`a body that was cut was answered with ${statusOf(answer)}`);
      await ranNothing(stage);
    },
  },
  {
    id: 'dispatch/escaped-names-are-no-routes',
    clauses: ['HTTP-2'],
    http: true,
    async run(stage) {
      for (const path of [
        '/c%61ll/',
        '/call//',
        '//call/',
        '/./call/',
        '/call/../call/',
        '/ctx/%61ccount?accountId=5',
        '/CALL/',
      ]) {
        const bytes = path.includes('ctx')
          ? head('GET', path, [])
          : `${head('POST', path, ['Content-Type: application/json', 'Content-Length: 16'])}{"fn":"nothing"}`;
        expectSame(`status of ${path}`, statusOf(await stage.raw(bytes)), '404');
      }
      await ranNothing(stage);
    },
  },
];
