import { ensureChromium } from '../lib/chromium.mjs';
import { backendNames } from '../lib/demo/backend-names.mjs';
import { runVitest } from '../lib/run-vitest.mjs';

/**
 * The Helpdesk in headless Chromium, driven as a person would, on each of its backends.
 *
 * @param {{ root: string, say: (line: string) => void }} context
 */
export async function runBrowserTests({ root, say }) {
  const chromium = await ensureChromium(say);
  const names = backendNames();
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const problems = [];
  for (const name of names) {
    say(`… on ${name}`);
    const env = { MIZAN_CHROMIUM: chromium, HELPDESK_BACKEND: name };
    const result = await runVitest(root, { config: 'examples/browser', env });
    total.passed += result.passed;
    total.failed += result.failed;
    total.skipped += result.skipped;
    problems.push(...(result.problems ?? []).map((problem) => `${name}: ${problem}`));
  }
  return { ...total, problems, note: names.join(', ') };
}
