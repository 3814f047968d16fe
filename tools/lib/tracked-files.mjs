import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command.mjs';

/**
 * The files of the repository that git tracks or would track, relative to the root and sorted.
 *
 * @param {string} root
 * @returns {Promise<string[]>}
 */
export async function listTrackedFiles(root) {
  const listed = await runCommand('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
  });
  if (listed.code !== 0) throw new Error(`git ls-files failed:\n${listed.output}`);
  const files = [...new Set(listed.stdout.split('\0').filter(Boolean))].sort();
  // A file may be removed and not yet committed.
  return files.filter((file) => existsSync(join(root, file)));
}
