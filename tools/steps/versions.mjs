import { join } from 'node:path';
import { checkNodeVersion, findInstallDrift } from '../lib/install.mjs';
import { readJson, readWorkspaces } from '../lib/workspaces.mjs';

/**
 * Node is new enough, what is installed is what the lock file says, our packages have one version, and every
 * development dependency is pinned exactly (ranges stand only where a user's package manager shall choose).
 *
 * @param {{ root: string }} context
 */
export function checkVersions({ root }) {
  /** @type {string[]} */
  const problems = [];
  let passed = 0;
  checkNodeVersion();
  passed += 1;
  const drift = findInstallDrift(root);
  if (drift) problems.push(`${drift}: run npm ci`);
  else passed += 1;

  const manifest = readJson(join(root, 'package.json'));
  const workspaces = readWorkspaces(root);
  const ours = new Set(workspaces.map((workspace) => workspace.manifest.name));
  for (const { folder, manifest: own } of [{ folder: '.', manifest }, ...workspaces]) {
    if (folder !== '.' && !own.private && own.version !== manifest.version) {
      problems.push(
        `${folder}/package.json: version is ${own.version}, the project's is ${manifest.version}`,
      );
    }
    if (own.engines?.node !== manifest.engines.node && !own.private) {
      problems.push(`${folder}/package.json: engines.node is not ${manifest.engines.node}`);
    }
    for (const kind of ['dependencies', 'devDependencies']) {
      for (const [name, range] of Object.entries(own[kind] ?? {})) {
        if (isExact(range)) passed += 1;
        else problems.push(`${folder}/package.json: ${kind} ${name} is "${range}"; pin one exact version`);
        if (ours.has(name) && range !== manifest.version) {
          problems.push(
            `${folder}/package.json: ${name} is ${range}, the project's version is ${manifest.version}`,
          );
        }
      }
    }
  }
  const gaps = findLockGaps(readJson(join(root, 'package-lock.json')).packages);
  if (gaps.length === 0) passed += 1;
  problems.push(...gaps.map((gap) => `package-lock.json: ${gap}`));
  return { passed, problems };
}

/**
 * Optional dependencies (packages of one platform) that the lock file lacks: npm leaves out what a registry did not have
 * at that moment, and `npm ci` then fails.
 *
 * @param {Record<string, any>} packages
 */
function findLockGaps(packages) {
  const names = new Set(
    Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 13)),
  );
  return Object.entries(packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !names.has(name))
      .map((name) => `${path} has the optional dependency ${name}, which is not locked; add its entry`),
  );
}

/** @param {unknown} range */
function isExact(range) {
  return typeof range === 'string' && /^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(range);
}
