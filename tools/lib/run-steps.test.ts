import { describe, expect, it } from 'vitest';
import { formatCounts, runSteps, selectSteps } from './run-steps.mjs';

const ok = (name: string, more = {}) => ({ name, title: name, run: () => ({ passed: 2 }), ...more });

async function collect(steps: Parameters<typeof runSteps>[0], options = {}) {
  const lines: string[] = [];
  const counts = await runSteps(steps, {
    root: '.',
    say: (line) => lines.push(line),
    now: () => 0,
    ...options,
  });
  return { counts, text: lines.join('\n') };
}

describe('runSteps', () => {
  it('adds up the counts of all steps', async () => {
    const { counts } = await collect([ok('a'), ok('b', { run: () => ({ passed: 3, skipped: 1 }) })]);
    expect(formatCounts(counts)).toBe('5 passed, 0 failed, 1 skipped');
  });

  it('prints each problem and counts it', async () => {
    const { counts, text } = await collect([
      ok('a', { run: () => ({ passed: 1, problems: ['x.ts:3  wrong'] }) }),
    ]);
    expect(counts).toEqual({ passed: 1, failed: 1, skipped: 0 });
    expect(text).toContain('    x.ts:3  wrong');
  });

  it('turns a thrown error into a failure and goes on', async () => {
    const fails = () => {
      throw new Error('broken tool');
    };
    const { counts, text } = await collect([ok('a', { run: fails }), ok('b')]);
    expect(counts).toEqual({ passed: 2, failed: 1, skipped: 0 });
    expect(text).toContain('broken tool');
  });

  it('does not read a step that checked nothing as green', async () => {
    const { counts } = await collect([ok('a', { run: () => ({ passed: 0 }) })]);
    expect(counts.failed).toBe(1);
  });

  it('does not run a step whose need failed, and counts it as failed', async () => {
    let ran = false;
    const steps = [
      ok('build', { run: () => ({ passed: 0, problems: ['no'] }) }),
      ok('pack', {
        needs: ['build'],
        run: () => {
          ran = true;
          return { passed: 1 };
        },
      }),
    ];
    const { counts, text } = await collect(steps);
    expect(ran).toBe(false);
    expect(counts.failed).toBe(2);
    expect(text).toContain('not run, because build failed');
  });

  it('stops at the first failure when asked', async () => {
    const { counts } = await collect([ok('a', { run: () => ({ passed: 0, problems: ['no'] }) }), ok('b')], {
      bail: true,
    });
    expect(counts).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe('selectSteps', () => {
  const steps = [ok('a', { groups: ['checks'] }), ok('b'), ok('c', { needs: ['b'] })];
  const names = (choice: Parameters<typeof selectSteps>[1]) =>
    selectSteps(steps, choice).map((step) => step.name);

  it('takes all without a choice, a group by its name, and what a step needs', () => {
    expect(names({})).toEqual(['a', 'b', 'c']);
    expect(names({ only: ['checks'] })).toEqual(['a']);
    expect(names({ only: ['c'] })).toEqual(['b', 'c']);
    expect(names({ except: ['a'] })).toEqual(['b', 'c']);
  });

  it('refuses an unknown name and an empty selection', () => {
    expect(() => names({ only: ['nothing'] })).toThrow(/no step or group "nothing"/);
    expect(() => names({ only: ['a'], except: ['a'] })).toThrow(/No step is left/);
  });
});
