import { join } from 'node:path';
import { nodeArguments, readGenerators } from '../generators.mjs';
import { runCommand } from '../lib/run-command.mjs';

/**
 * What is generated and committed is what its generator would write now; `--update` writes it.
 *
 * @param {{ root: string, update: boolean }} context
 */
export async function checkGenerated({ root, update }) {
  /** @type {string[]} */
  const problems = [];
  let passed = 0;
  for (const generator of readGenerators(root)) {
    const args = [...nodeArguments(root, generator), ...(update ? [] : ['--check'])];
    const run = await runCommand(process.execPath, args, {
      cwd: join(root, generator.cwd ?? '.'),
      timeout: 120_000,
    });
    if (run.code === 0) passed += 1;
    else
      problems.push(`${generator.name} (${generator.makes}):\n${run.output.trim()}\nMend: npm run generate`);
  }
  return { passed, problems };
}
