import { describe, expect, it } from 'vitest';
import { countCells } from './report/board.ts';
import type { Result } from './run.ts';
import { judgeResults } from './verdict.ts';

const result = (id: string, outcome: Result['outcome'], message?: string): Result => ({
  case: {
    id,
    capability: 'dispatch',
    clauses: ['CALL-1'],
    level: 'MUST',
    http: false,
    settings: {},
    run: async () => {},
  },
  testee: 'django-wsgi',
  adapter: 'django',
  outcome,
  ...(message === undefined ? {} : { message, curl: "curl -i 'http://127.0.0.1:1/'" }),
});
const none = (): Map<string, string> => new Map();
const listed = (): Map<string, string> => new Map([['dispatch/a', 'waits for the value check']]);

describe('the verdict on a run', () => {
  it('counts what passed', () => {
    expect(judgeResults([result('dispatch/a', 'passed')], none)).toEqual({
      passed: 1,
      problems: [],
      known: [],
    });
  });

  it('is red for a failure, and names case, clause, difference and how to repeat it', () => {
    const { passed, problems } = judgeResults([result('dispatch/a', 'failed', 'expected 1\nsaw 2')], none);
    expect(passed).toBe(0);
    expect(problems).toEqual([
      "FAILED  dispatch/a  on django-wsgi  (MUST CALL-1)\n  expected 1\n  saw 2\n  curl -i 'http://127.0.0.1:1/'",
    ]);
  });

  it('is red for what did not run, listed or not', () => {
    for (const known of [none, listed])
      expect(judgeResults([result('dispatch/a', 'not run', 'no python')], known).problems).toEqual([
        expect.stringMatching(/^NOT RUN {2}dispatch\/a/),
      ]);
  });

  it('says why a listed case failed, and is not red for it', () => {
    expect(judgeResults([result('dispatch/a', 'failed', 'm')], listed)).toEqual({
      passed: 0,
      problems: [],
      known: ['known to fail  dispatch/a on django-wsgi: waits for the value check'],
    });
  });

  it('is red when a listed case passes', () => {
    expect(judgeResults([result('dispatch/a', 'passed')], listed).problems).toEqual([
      'UNEXPECTED PASS  dispatch/a on django-wsgi: take it out of known-failing/django-wsgi.txt',
    ]);
  });

  it('shows a listed failure as not passed on the board', () => {
    const cells = countCells([result('dispatch/a', 'failed', 'm'), result('dispatch/b', 'passed')]);
    expect(cells).toEqual([{ adapter: 'django', capability: 'dispatch', passed: 1, total: 2 }]);
  });
});
