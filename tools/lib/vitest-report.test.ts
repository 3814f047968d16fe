import { describe, expect, it } from 'vitest';
import { summarizeVitest } from './vitest-report.mjs';

const file = (assertionResults: object[], more = {}) => ({
  name: '/project/a.test.ts',
  status: 'passed',
  assertionResults,
  ...more,
});

describe('summarizeVitest', () => {
  it('counts passed, failed and skipped tests and names the failed ones', () => {
    const report = {
      success: false,
      testResults: [
        file([
          { status: 'passed', fullName: 'a works' },
          {
            status: 'failed',
            fullName: 'a breaks',
            failureMessages: ['Error: no\n    at /project/a.test.ts:3:1'],
          },
          { status: 'skipped', fullName: 'a rests' },
        ]),
      ],
    };
    const result = summarizeVitest(report, '/project');
    expect(result).toMatchObject({ passed: 1, failed: 1, skipped: 1 });
    expect(result.problems).toEqual([expect.stringMatching(/^a\.test\.ts {2}a breaks\n.*Error: no/)]);
  });

  it('counts a file that cannot be loaded as a failure', () => {
    const report = {
      success: false,
      testResults: [file([], { status: 'failed', message: 'Cannot find module' })],
    };
    expect(summarizeVitest(report, '/project')).toMatchObject({ passed: 0, failed: 1 });
  });

  it('never turns an unsuccessful run green', () => {
    expect(summarizeVitest({ success: false, testResults: [] }, '/project').failed).toBe(1);
  });
});
