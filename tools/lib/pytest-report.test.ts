import { describe, expect, it } from 'vitest';
import { summarizePytest } from './pytest-report.mjs';

describe('summarizePytest', () => {
  it('counts a run that holds', () => {
    const output = '....s\n3 passed, 1 skipped in 0.12s\n';
    expect(summarizePytest(output, 0)).toEqual({ passed: 3, failed: 0, skipped: 1, problems: [] });
  });

  it('names every test that failed, and shows the first', () => {
    const output = [
      '=================== FAILURES ===================',
      '_____________________ test_a _____________________',
      '    assert 1 == 2',
      'E   assert 1 == 2',
      '_____________________ test_b _____________________',
      'E   assert 3 == 4',
      '============ short test summary info ============',
      'FAILED tests/test_x.py::test_a - assert 1 == 2',
      'FAILED tests/test_x.py::test_b - assert 3 == 4',
      '2 failed, 5 passed in 0.31s',
    ].join('\n');
    const summary = summarizePytest(output, 1);
    expect(summary).toMatchObject({ passed: 5, failed: 2, skipped: 0 });
    expect(summary.problems).toHaveLength(3);
    expect(summary.problems[2]).toBe('assert 1 == 2\nE   assert 1 == 2');
  });

  it('counts errors of collection', () => {
    const output = 'ERROR tests/test_x.py - NameError\n1 error in 0.10s\n';
    expect(summarizePytest(output, 2)).toMatchObject({ passed: 0, failed: 1 });
  });

  it('never takes a run without a summary for green', () => {
    const summary = summarizePytest('usage: pytest [options]\n', 4);
    expect(summary).toMatchObject({ passed: 0, failed: 1, problems: ['usage: pytest [options]\n'] });
  });
});
