import { join } from 'node:path';
import { runCommand } from '../lib/run-command.mjs';

/**
 * Formatter, linter and import order, by Biome; `--update` writes what can be mended.
 *
 * @param {{ root: string, update: boolean }} context
 */
export async function checkFormat({ root, update }) {
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const flags = [
    '--error-on-warnings',
    '--max-diagnostics=20',
    '--colors=off',
    ...(update ? ['--write'] : []),
  ];
  const result = await runCommand(process.execPath, [biome, 'check', ...flags], {
    cwd: root,
    timeout: 120_000,
  });
  const files = Number(/Checked (\d+) files/.exec(result.output)?.[1] ?? 0);
  if (result.code === 0) return { passed: files };
  return { passed: 0, problems: [`${result.output.trim()}\nMend what can be mended: npm run format`] };
}
