import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findForbiddenImports } from '../import-directions/find-forbidden-imports.mjs';
import { listTrackedFiles } from '../lib/tracked-files.mjs';
import { readWorkspaces } from '../lib/workspaces.mjs';

/**
 * Imports point in the directions of CONTRIBUTING.md, and browser packages reach nothing of Node's.
 *
 * @param {{ root: string }} context
 */
export async function checkImports({ root }) {
  const paths = (await listTrackedFiles(root)).filter(
    (path) => /\.(ts|tsx|mjs|js)$/.test(path) && !/\.d\.ts$/.test(path),
  );
  const files = paths.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
  return { passed: files.length, problems: findForbiddenImports(files, readWorkspaces(root)) };
}
