import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { followPages } from '../docs/follow-pages.mjs';
import { pages } from '../docs/pages.mjs';
import { parseBlocks } from '../docs/parse-markdown.mjs';
import { listTrackedFiles } from '../lib/tracked-files.mjs';

/**
 * Every code block of the README and the guides is executed, against the packed tarballs, in a folder of its own.
 *
 * @param {{ root: string, say: (line: string) => void }} context
 */
export async function runDocs({ root }) {
  const { passed, problems } = await followPages(root);
  return {
    passed,
    problems: [...(await findUntestedPages(root)), ...problems],
    note: `${pages.length} pages`,
  };
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
