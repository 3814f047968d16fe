import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedWorkspaces, readJson, readWorkspaces } from '../lib/workspaces.mjs';

/**
 * The most packages that installing one of ours may bring in, ours not counted. Browser packages bring none.
 * Raising a number is a decision, which this list makes visible.
 *
 * @type {Record<string, number>}
 */
export const dependencyLimits = {
  '@mizan/core': 0,
  '@mizan/client': 0,
  '@mizan/react': 0,
  '@mizan/server': 1,
  '@mizan/ir': 1,
  mizan: 12,
  'vite-plugin-mizan': 12,
};

/**
 * Every package says Elastic-2.0 and ships the licence's own text, and brings no more packages than agreed.
 *
 * @param {{ root: string }} context
 */
export function checkLicences({ root }) {
  /** @type {string[]} */
  const problems = [];
  let passed = 0;
  /** @param {boolean} holds @param {string} problem */
  const check = (holds, problem) => {
    if (holds) passed += 1;
    else problems.push(problem);
  };
  const text = readFileSync(join(root, 'LICENSE'), 'utf8');
  check(text.startsWith('Elastic License 2.0\n'), 'LICENSE is not the Elastic License 2.0');
  const rootManifest = readJson(join(root, 'package.json'));
  check(rootManifest.license === 'Elastic-2.0', 'package.json: license is not "Elastic-2.0"');
  for (const { folder, manifest } of readWorkspaces(root)) {
    check(manifest.license === 'Elastic-2.0', `${folder}/package.json: license is not "Elastic-2.0"`);
  }

  const lock = readJson(join(root, 'package-lock.json')).packages;
  for (const { folder, manifest } of publishedWorkspaces(root)) {
    const file = join(root, folder, 'LICENSE');
    const same = existsSync(file) && readFileSync(file, 'utf8') === text;
    check(same, `${folder}/LICENSE differs from LICENSE: cp LICENSE ${folder}/LICENSE`);
    check(manifest.files?.includes('LICENSE'), `${folder}/package.json: "files" leaves out LICENSE`);
    const brought = runtimeClosure(lock, folder);
    const limit = dependencyLimits[manifest.name];
    const names = [...brought].join(', ');
    if (limit === undefined) problems.push(`${manifest.name} has no limit in tools/steps/licence.mjs`);
    else
      check(
        brought.size <= limit,
        `${manifest.name} brings ${brought.size} packages, agreed are ${limit}: ${names}`,
      );
  }
  return { passed, problems };
}

/**
 * The packages of others that installing the workspace in `folder` brings in, by the lock file.
 * A package that exists once a platform (esbuild's, for one) counts once, with its parent.
 *
 * @param {Record<string, any>} lock
 * @param {string} folder
 */
function runtimeClosure(lock, folder) {
  /** @type {Set<string>} */
  const brought = new Set();
  /** @param {string} from @param {string} name */
  const find = (from, name) => {
    for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
      const path = `${place ? `${place}/` : ''}node_modules/${name}`;
      if (lock[path]) return path;
      if (!place) return undefined;
      if (!place.includes('/node_modules/')) place = '';
    }
  };
  /** @param {string} path */
  const visit = (path) => {
    for (const name of Object.keys(lock[path]?.dependencies ?? {})) {
      const found = find(path, name) ?? find('', name);
      if (!found) continue;
      const target = lock[found].link ? lock[found].resolved : found;
      if (target === found) {
        if (brought.has(name)) continue;
        brought.add(name);
      }
      visit(target);
    }
  };
  visit(folder);
  return brought;
}
