import { packPackages } from '../lib/pack-packages.mjs';
import { buildPythonDistribution } from '../lib/python-distribution.mjs';
import { pages } from './pages.mjs';
import { removePageFolder, runPage } from './run-page.mjs';

/**
 * Follows pages in their order, each from the folder of the page that it goes on from.
 *
 * @param {string} root
 * @param {{ only?: readonly string[], say?: (line: string) => void }} [options] `only` pages, and those they go on from
 * @returns {Promise<{ passed: number, problems: string[] }>}
 */
export async function followPages(root, { only = [], say = () => {} } = {}) {
  const packages = await packPackages(root);
  const wanted = withBases(only.length > 0 ? only : pages.map((page) => page.path));
  /** @type {string[]} */
  const problems = [];
  let passed = 0;
  /** @type {Map<string, string>} */
  const folders = new Map();
  try {
    for (const { path, base, python } of pages) {
      if (!wanted.has(path)) continue;
      const from = base === undefined ? undefined : folders.get(base);
      if (base !== undefined && from === undefined) {
        problems.push(`${path}: not followed, because ${base} does not hold`);
        continue;
      }
      const started = Date.now();
      const result = await runPage(path, {
        root,
        packages,
        ...(python === true && { distribution: await buildPythonDistribution(root, say) }),
        ...(from !== undefined && { base: from }),
      });
      say(`${path}: ${result.passed} blocks, ${((Date.now() - started) / 1000).toFixed(1)} s`);
      passed += result.passed;
      problems.push(...result.problems);
      if (result.problems.length === 0) folders.set(path, result.folder);
      else removePageFolder(result.folder);
    }
  } finally {
    for (const folder of folders.values()) removePageFolder(folder);
  }
  return { passed, problems };
}

/** @param {readonly string[]} paths @returns {Set<string>} */
function withBases(paths) {
  /** @type {Set<string>} */
  const wanted = new Set();
  for (const start of paths) {
    for (let path = /** @type {string | undefined} */ (start); path !== undefined; ) {
      const page = pages.find((entry) => entry.path === path);
      if (!page) throw new Error(`${path} stands in no list of tools/docs/pages.mjs`);
      wanted.add(path);
      path = page.base;
    }
  }
  return wanted;
}
