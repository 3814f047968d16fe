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
  return { passed, problems };
}

/** @param {unknown} range */
function isExact(range) {
  return typeof range === 'string' && /^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(range);
}
