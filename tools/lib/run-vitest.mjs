import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './run-command.mjs';
import { summarizeVitest } from './vitest-report.mjs';
import { readJson } from './workspaces.mjs';

/**
 * Runs vitest once and gives its counts and failures.
 *
 * @param {string} root
 * @param {{ node?: string, config?: string, args?: readonly string[], env?: Record<string, string>, timeout?: number }} [options]
 *   `node` is the runtime to test on, this one by default; `config` a folder with a configuration of its own
 * @returns {Promise<import('./run-steps.mjs').StepResult & { failed: number, skipped: number }>}
 */
export async function runVitest(
  root,
  { node = process.execPath, config = '.', args = [], env = {}, timeout = 900_000 } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'mizan-vitest-'));
  try {
    const file = join(folder, 'report.json');
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const flags = ['run', '--reporter=json', `--outputFile=${file}`, '--silent=passed-only', ...args];
    const result = await runCommand(node, [vitest, ...flags], {
      cwd: join(root, config),
      env: { ...env, NO_COLOR: '1', FORCE_COLOR: undefined },
      timeout,
    });
    if (result.timedOut) return failure(`vitest did not end within ${timeout / 1000} s`);
    if (!existsSync(file)) return failure(`vitest wrote no report:\n${result.output.slice(-4000)}`);
    const summary = summarizeVitest(readJson(file), root);
    // Unhandled errors fail the run without failing a test.
    if (result.code !== 0 && summary.failed === 0) {
      return { ...summary, failed: 1, problems: [`vitest failed:\n${result.output.slice(-4000)}`] };
    }
    return summary;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} problem */
function failure(problem) {
  return { passed: 0, failed: 1, skipped: 0, problems: [problem] };
}
