import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.mjs';
import { runCommand } from './run-command.mjs';
import { publishedWorkspaces } from './workspaces.mjs';

/**
 * @typedef {object} PackedPackage
 * @property {string} name
 * @property {string} folder the workspace it was packed from
 * @property {string} tarball
 * @property {readonly string[]} files what is in it
 * @property {Record<string, any>} manifest
 */

/** @type {Map<string, Promise<PackedPackage[]>>} */
const packed = new Map();

/**
 * Packs every published package as npm would publish it; once a process, since several steps use the tarballs.
 * The packages must have been built.
 *
 * @param {string} root
 * @returns {Promise<PackedPackage[]>}
 */
export function packPackages(root) {
  const known = packed.get(root);
  if (known) return known;
  const packing = pack(root);
  packed.set(root, packing);
  return packing;
}

/** @param {string} root @returns {Promise<PackedPackage[]>} */
async function pack(root) {
  const folder = join(cacheFolder(), 'packed', createHash('sha256').update(root).digest('hex').slice(0, 12));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  /** @type {PackedPackage[]} */
  const packages = [];
  for (const workspace of publishedWorkspaces(root)) {
    const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
    const result = await runCommand('npm', args, { cwd: join(root, workspace.folder), timeout: 60_000 });
    if (result.code !== 0) throw new Error(`npm pack in ${workspace.folder} failed:\n${result.output}`);
    const [report] = JSON.parse(result.stdout);
    const tarball = join(folder, report.filename);
    packages.push({
      name: workspace.manifest.name,
      folder: workspace.folder,
      tarball,
      files: [...report.files.map((/** @type {{ path: string }} */ file) => file.path)],
      manifest: workspace.manifest,
    });
  }
  return packages;
}

/**
 * The tarballs of the named packages and of those of ours that they depend on: what npm would install.
 *
 * @param {readonly PackedPackage[]} packages
 * @param {readonly string[]} names
 */
export function tarballsFor(packages, names) {
  const byName = new Map(packages.map((entry) => [entry.name, entry]));
  /** @type {Set<PackedPackage>} */
  const chosen = new Set();
  /** @param {string} name */
  const choose = (name) => {
    const entry = byName.get(name);
    if (!entry || chosen.has(entry)) return;
    chosen.add(entry);
    for (const other of Object.keys(entry.manifest.dependencies ?? {})) choose(other);
  };
  for (const name of names) choose(name);
  return [...chosen].map((entry) => entry.tarball);
}
