import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Workspace
 * @property {string} folder relative to the root, with `/`
 * @property {Record<string, any>} manifest its package.json
 */

/** @param {string} file @returns {any} a JSON file's value, which each caller knows the form of */
export function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * All workspaces that the root package.json names and that exist, sorted by folder.
 *
 * @param {string} root
 * @returns {Workspace[]}
 */
export function readWorkspaces(root) {
  /** @type {string[]} */
  const patterns = readJson(join(root, 'package.json')).workspaces ?? [];
  const folders = patterns.flatMap((pattern) => {
    if (!pattern.endsWith('/*')) return [pattern];
    const parent = pattern.slice(0, -2);
    if (!existsSync(join(root, parent))) return [];
    return readdirSync(join(root, parent)).map((name) => `${parent}/${name}`);
  });
  return folders
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .sort()
    .map((folder) => ({ folder, manifest: readJson(join(root, folder, 'package.json')) }));
}

/** The workspaces that are published, each after those it depends on. @param {string} root @returns {Workspace[]} */
export function publishedWorkspaces(root) {
  const published = readWorkspaces(root).filter((workspace) => !workspace.manifest.private);
  const byName = new Map(published.map((workspace) => [workspace.manifest.name, workspace]));
  /** @type {Set<Workspace>} */
  const sorted = new Set();
  /** @param {Workspace} workspace */
  const visit = (workspace) => {
    for (const name of Object.keys(workspace.manifest.dependencies ?? {})) {
      const other = byName.get(name);
      if (other && !sorted.has(other)) visit(other);
    }
    sorted.add(workspace);
  };
  for (const workspace of published) visit(workspace);
  return [...sorted];
}
