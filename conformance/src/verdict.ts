import { printFailure } from './report/text.ts';
import type { Result } from './run.ts';

/** What a run amounts to once the known-failing lists have been asked. */
export interface Verdict {
  passed: number;
  /** One text for each result that is red. */
  problems: string[];
  /** One line for each case that failed as it was known to. */
  known: string[];
}

/**
 * Four outcomes: passed, failed, known to fail, not run. Red are failures that are not listed, whatever did not
 * run, and listed cases that pass.
 */
export function judgeResults(
  results: readonly Result[],
  knownFailing: (testee: string) => ReadonlyMap<string, string>,
): Verdict {
  const verdict: Verdict = { passed: 0, problems: [], known: [] };
  for (const result of results) {
    const { outcome, testee } = result;
    const { id } = result.case;
    const reason = knownFailing(testee).get(id);
    if (outcome === 'passed' && reason === undefined) verdict.passed += 1;
    else if (outcome === 'passed')
      verdict.problems.push(
        `UNEXPECTED PASS  ${id} on ${testee}: take it out of known-failing/${testee}.txt`,
      );
    else if (outcome === 'failed' && reason !== undefined)
      verdict.known.push(`known to fail  ${id} on ${testee}: ${reason}`);
    else verdict.problems.push(printFailure(result));
  }
  return verdict;
}
