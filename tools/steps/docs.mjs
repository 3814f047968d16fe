import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pages } from '../docs/pages.mjs';
import { parseBlocks } from '../docs/parse-markdown.mjs';
import { removePageFolder, runPage } from '../docs/run-page.mjs';
import { packPackages } from '../lib/pack-packages.mjs';
import { listTrackedFiles } from '../lib/tracked-files.mjs';

/**
 * Every code block of the README and the guides is executed, against the packed tarballs, in a folder of its own.
 *
 * @param {{ root: string, say: (line: string) => void }} context
 */
export async function runDocs({ root }) {
  const packages = await packPackages(root);
  /** @type {string[]} */
  const problems = [...(await findUntestedPages(root))];
  let passed = 0;
  /** @type {Map<string, string>} */
  const folders = new Map();
  try {
    for (const { path, base } of pages) {
      const from = base === undefined ? undefined : folders.get(base);
      if (base !== undefined && from === undefined) {
        problems.push(`${path}: not followed, because ${base} does not hold`);
        continue;
      }
      const result = await runPage(path, { root, packages, ...(from === undefined ? {} : { base: from }) });
      folders.set(path, result.folder);
      passed += result.passed;
      problems.push(...result.problems);
      if (result.problems.length > 0) {
        removePageFolder(result.folder);
        folders.delete(path);
      }
    }
  } finally {
    for (const folder of folders.values()) removePageFolder(folder);
  }
  return { passed, problems, note: `${pages.length} pages` };
}

/** Pages for users that show code and stand in no list. @param {string} root */
async function findUntestedPages(root) {
  const listed = new Set(pages.map((page) => page.path));
  const shown = (await listTrackedFiles(root)).filter(
    (path) => path === 'README.md' || /^docs\/.*\.md$/.test(path),
  );
  return shown
    .filter((path) => !listed.has(path) && parseBlocks(readFileSync(join(root, path), 'utf8')).length > 0)
    .map((path) => `${path}: shows code and stands in no list of tools/docs/pages.mjs`);
}
