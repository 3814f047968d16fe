import { type Case, Failure } from './case.ts';
import { within } from './deadline.ts';
import { type Mutant, mutate } from './mutant.ts';
import { createStage } from './stage.ts';
import { defaultSettings, startTestee, type Testee, type TesteeSpec } from './testee.ts';

/** What became of a case, before the known-failing list is asked. */
export interface Result {
  case: Case;
  testee: string;
  adapter: string;
  outcome: 'passed' | 'failed' | 'not run';
  /** Why it failed or did not run. */
  message?: string;
  /** The last exchange, as a line to repeat it. */
  curl?: string;
}

/** The longest that one case may take, in milliseconds. */
const caseLimit = 30_000;

/** Runs cases against one testee; cases with equal settings share a process. */
export async function runCases(
  spec: TesteeSpec,
  cases: Case[],
  onResult: (result: Result) => void = () => {},
): Promise<Result[]> {
  const results: Result[] = [];
  const report = (result: Result): void => {
    results.push(result);
    onResult(result);
  };
  for (const group of groupBySettings(cases.filter((found) => spec.transport === 'http' || !found.http)))
    await runGroup(spec, group, report);
  return results;
}

async function runGroup(spec: TesteeSpec, group: Case[], report: (result: Result) => void): Promise<void> {
  const base = { testee: spec.name, adapter: spec.adapter };
  let testee: Testee | undefined;
  try {
    for (const found of group) {
      try {
        testee ??= await startTestee(spec, group[0]?.settings);
      } catch (cause) {
        report({ ...base, case: found, outcome: 'not run', message: (cause as Error).message });
        continue;
      }
      const result = await runCase(found, testee);
      report({ ...base, ...result });
      if (result.outcome === 'failed' && (await hasEnded(testee))) testee = undefined;
    }
  } finally {
    try {
      await testee?.stop();
    } catch (cause) {
      const last = group.at(-1);
      if (last)
        report({
          ...base,
          case: { ...last, id: `${spec.name}/stops` },
          outcome: 'failed',
          message: (cause as Error).message,
        });
    }
  }
}

/** Runs one case on a running testee, honest or behind a mutant. */
export async function runCase(
  found: Case,
  testee: Testee,
  mutant?: Mutant,
): Promise<Pick<Result, 'case' | 'outcome' | 'message' | 'curl'>> {
  const stage = createStage(testee, mutant ? mutate(testee.driver, mutant) : testee.driver, mutant);
  try {
    await testee.driver.call({ fn: 'reset', args: {} });
    await within(`case ${found.id}`, found.run(stage), found.limit ?? caseLimit);
    return { case: found, outcome: 'passed' };
  } catch (cause) {
    const ended = cause instanceof Failure ? await hasEnded(testee) : await endsSoon(testee);
    const message =
      (cause as Error).message + (ended ? `\n  the testee ${ended}\n${testee.log().slice(-2000)}` : '');
    const curl = stage.last()?.curl;
    return { case: found, outcome: 'failed', message, ...(curl ? { curl } : {}) };
  } finally {
    await stage.close();
  }
}

/** A broken connection is heard of before the end of the process that broke it. */
async function endsSoon({ ended }: Testee): Promise<string | undefined> {
  return within('the end of the testee', ended, 500).catch(() => undefined);
}

function hasEnded(testee: Testee): Promise<string | undefined> {
  return Promise.race([testee.ended, Promise.resolve(undefined)]);
}

/** Cases with equal settings, which share a testee. */
export function groupBySettings(cases: Case[]): Case[][] {
  const groups = new Map<string, Case[]>();
  for (const found of cases) {
    const key = JSON.stringify({ ...defaultSettings, ...found.settings });
    const group = groups.get(key);
    if (group) group.push(found);
    else groups.set(key, [found]);
  }
  return [...groups.values()];
}
