import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFileProblems } from '../lib/find-file-problems.mjs';
import { listTrackedFiles } from '../lib/tracked-files.mjs';

const binary = /\.(png|ico|woff2?|gif|jpe?g|sqlite|tgz|gz)$/;

/**
 * No tracked file names a machine's folders or a registry's host, no test is switched off, file names say what they hold.
 *
 * @param {{ root: string }} context
 */
export async function checkFiles({ root }) {
  const paths = (await listTrackedFiles(root)).filter((path) => !binary.test(path));
  const problems = paths.flatMap((path) => findFileProblems(path, readFileSync(join(root, path), 'utf8')));
  return { passed: paths.length, problems };
}
