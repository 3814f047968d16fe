/**
 * Counts and failures of one vitest run, from its JSON report.
 *
 * @param {any} report what `--reporter=json` wrote
 * @param {string} root
 * @returns {import('./run-steps.mjs').StepResult & { failed: number, skipped: number }}
 */
export function summarizeVitest(report, root) {
  /** @type {string[]} */
  const problems = [];
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const file of report.testResults ?? []) {
    const path = String(file.name).replace(`${root}/`, '');
    const tests = file.assertionResults ?? [];
    for (const test of tests) {
      if (test.status === 'passed') counts.passed += 1;
      else if (test.status === 'failed') {
        counts.failed += 1;
        problems.push(`${path}  ${test.fullName}\n${firstLines(test.failureMessages ?? [], root)}`);
      } else counts.skipped += 1;
    }
    // A file that could not be loaded has no tests that could fail.
    if (file.status === 'failed' && !tests.some((/** @type {any} */ test) => test.status === 'failed')) {
      counts.failed += 1;
      problems.push(`${path}\n${firstLines([file.message ?? 'could not be run'], root)}`);
    }
  }
  if (!report.success && counts.failed === 0) {
    counts.failed += 1;
    problems.push('vitest failed without a failing test; run npx vitest run to see why');
  }
  return { ...counts, problems };
}

/** @param {readonly string[]} messages @param {string} root */
function firstLines(messages, root) {
  // What vitest's report says instead of a message when a test ran out of time.
  const text = messages.join('\n').replace('Error: STACK_TRACE_ERROR', 'ran out of time');
  const lines = text.replaceAll(`${root}/`, '').split('\n');
  const ours = lines.filter((line) => !/^\s+at .*node_modules|^\s+at .*node:internal/.test(line));
  return ours
    .slice(0, 25)
    .map((line) => `    ${line}`)
    .join('\n');
}
