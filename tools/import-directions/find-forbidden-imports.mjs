import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import ts from 'typescript';
import { browserEntries, rooms } from './rooms.mjs';

/**
 * @typedef {{ path: string, text: string }} SourceFile `path` relative to the root
 * @typedef {{ folder: string, manifest: Record<string, any> }} Workspace
 * @typedef {{ specifier: string, line: number }} Import
 */

const builtins = new Set(builtinModules);
const isTest = (/** @type {string} */ path) =>
  /\.(test|spec|bench)\.(ts|tsx|mjs)$|(^|\/)(tests?|testing|fixtures?)\//.test(path) ||
  /(^|\/)test-[\w-]+\.tsx?$/.test(path);

/** The room that a file belongs to, or undefined. @param {string} path */
export function roomOf(path) {
  return rooms.find((room) => room.path.test(path));
}

/**
 * Every import that points the wrong way, reaches into a package's inside, is not declared in the package's own
 * manifest, or brings a module of Node's into the browser.
 *
 * @param {readonly SourceFile[]} files
 * @param {readonly Workspace[]} workspaces
 * @returns {string[]} `path:line  what and why`
 */
export function findForbiddenImports(files, workspaces) {
  const importsOf = new Map(files.map((file) => [file.path, readImports(file)]));
  const known = new Set(importsOf.keys());
  /** @type {string[]} */
  const problems = [];
  for (const [path, imports] of importsOf) {
    const room = roomOf(path);
    if (!room) {
      problems.push(`${path}: stands in no room of tools/import-directions/rooms.mjs`);
      continue;
    }
    for (const { specifier, line } of imports) {
      const problem = judge(path, room, specifier, workspaces);
      if (problem) problems.push(`${path}:${line}  ${problem}`);
    }
  }
  for (const entry of browserEntries) {
    if (known.has(entry)) problems.push(...findNodeModules(entry, importsOf, workspaces));
  }
  return problems;
}

/** @param {SourceFile} file @returns {Import[]} */
function readImports({ path, text }) {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  const lineOf = (/** @type {number} */ position) => text.slice(0, position).split('\n').length;
  return importedFiles
    .map((found) => ({ specifier: found.fileName, line: lineOf(found.pos), path }))
    .filter(({ specifier }) => specifier !== '' && !/[\n`$\s]/.test(specifier));
}

/**
 * @param {string} path
 * @param {import('./rooms.mjs').Room} room
 * @param {string} specifier
 * @param {readonly Workspace[]} workspaces
 * @returns {string | undefined}
 */
function judge(path, room, specifier, workspaces) {
  const allowed = new Set([...room.mayImport, ...(isTest(path) ? (room.testsMayImport ?? []) : [])]);
  if (specifier.startsWith('.')) {
    const target = posix.normalize(posix.join(posix.dirname(path), specifier));
    const other = roomOf(target);
    if (other === room || (other && allowed.has(other.name))) return undefined;
    if (other?.name === 'spec' || /^spec\//.test(target)) return undefined;
    if (isTest(path) && isShared(path, target, allowed, workspaces)) return undefined;
    const samePackage =
      packageOf(path, workspaces) !== undefined &&
      packageOf(path, workspaces) === packageOf(target, workspaces);
    if (samePackage)
      return `${room.name} may not import "${specifier}" (${other?.name ?? target}): ${room.why}`;
    return `"${specifier}" leaves the room; import the package by its name, where the direction allows it`;
  }
  if (specifier.startsWith('#')) {
    const known = packageOf(path, workspaces)?.manifest.imports ?? {};
    return specifier in known ? undefined : `"${specifier}" stands in no "imports" of the package`;
  }
  const name = packageName(specifier);
  if (isBuiltin(specifier)) {
    return specifier.startsWith('node:') ? undefined : `write "node:${specifier}"`;
  }
  const ours = workspaces.find((workspace) => workspace.manifest.name === name);
  const own = packageOf(path, workspaces);
  if (ours) {
    if (ours === own) return undefined;
    const inExamples = room.name === 'examples' && ours.folder.startsWith('examples/');
    if (!allowed.has(name) && !inExamples) return `${room.name} may not import "${name}": ${room.why}`;
    if (!exportsOf(ours.manifest).has(`.${specifier.slice(name.length)}`)) {
      return `"${specifier}" is no published entry point of ${name}`;
    }
  }
  return judgeDeclared(path, name, own, ours !== undefined);
}

/**
 * What a package offers to its own tests and to those of the packages above it: its folder `testing`, which is not
 * published.
 *
 * @param {string} path
 * @param {string} target
 * @param {ReadonlySet<string>} allowed
 * @param {readonly Workspace[]} workspaces
 */
function isShared(path, target, allowed, workspaces) {
  const owner = packageOf(target, workspaces);
  if (owner === undefined || !target.includes('/testing/')) return false;
  return allowed.has(owner.manifest.name) || owner === packageOf(path, workspaces);
}

/**
 * @param {string} path
 * @param {string} name
 * @param {Workspace | undefined} own
 * @param {boolean} ours every one of our packages is linked for the tests of all rooms
 */
function judgeDeclared(path, name, own, ours) {
  if (!own) return undefined;
  const { dependencies, peerDependencies, devDependencies } = own.manifest;
  const shipped = { ...dependencies, ...peerDependencies };
  if (name in shipped || `@types/${name}` in shipped) return undefined;
  const development = isTest(path) || own.manifest.private || !path.startsWith(`${own.folder}/src/`);
  const linked = isTest(path) && ours;
  if (development && (linked || name in (devDependencies ?? {}) || rootTools.has(name))) return undefined;
  if (development) return `"${name}" is not declared in ${own.folder}/package.json`;
  return `"${name}" is no dependency in ${own.folder}/package.json, so it would be missing where the package is installed`;
}

// The root's development dependencies, which every room's tests share.
const rootTools = new Set(['vitest', 'fast-check', 'tsx', 'typescript', 'typescript-7']);

/**
 * Follows what an entry point loads at run time and reports each path to a module of Node's.
 *
 * @param {string} entry
 * @param {ReadonlyMap<string, readonly Import[]>} importsOf
 * @param {readonly Workspace[]} workspaces
 */
function findNodeModules(entry, importsOf, workspaces) {
  /** @type {string[]} */
  const problems = [];
  /** @type {Map<string, string | undefined>} */
  const from = new Map([[entry, undefined]]);
  for (const path of from.keys()) {
    for (const { specifier } of importsOf.get(path) ?? []) {
      if (isBuiltin(specifier)) {
        problems.push(
          `${entry} must run in a browser, and reaches "${specifier}": ${trail(path, from).join(' → ')}`,
        );
      }
      const target = resolveOurs(path, specifier, workspaces);
      if (target && importsOf.has(target) && !from.has(target)) from.set(target, path);
    }
  }
  return problems;
}

/** @param {string} path @param {ReadonlyMap<string, string | undefined>} from */
function trail(path, from) {
  /** @type {string[]} */
  const steps = [];
  for (let place = /** @type {string | undefined} */ (path); place; place = from.get(place))
    steps.unshift(place);
  return steps;
}

/** @param {string} path @param {string} specifier @param {readonly Workspace[]} workspaces */
function resolveOurs(path, specifier, workspaces) {
  if (specifier.startsWith('.')) return posix.normalize(posix.join(posix.dirname(path), specifier));
  if (specifier.startsWith('#')) return resolveInner(path, specifier, workspaces);
  const name = packageName(specifier);
  const ours = workspaces.find((workspace) => workspace.manifest.name === name);
  const entry = ours?.manifest.exports?.[`.${specifier.slice(name.length)}`]?.['@mizan/source'];
  return ours && entry ? posix.join(ours.folder, entry) : undefined;
}

/**
 * The source of an inner name (`#host`) as a browser gets it.
 *
 * @param {string} path
 * @param {string} specifier
 * @param {readonly Workspace[]} workspaces
 */
function resolveInner(path, specifier, workspaces) {
  const own = packageOf(path, workspaces);
  const targets = own?.manifest.imports?.[specifier];
  const target = targets?.browser ?? targets?.['@mizan/source'];
  if (!own || !target) return undefined;
  return posix.join(own.folder, target.replace('./dist/', './src/').replace(/\.js$/, '.ts'));
}

/** @param {string} specifier */
function isBuiltin(specifier) {
  return specifier.startsWith('node:') || builtins.has(specifier);
}

/** @param {string} specifier */
function packageName(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** @param {Record<string, any>} manifest */
function exportsOf(manifest) {
  return new Set(Object.keys(manifest.exports ?? { '.': true }));
}

/** @param {string} path @param {readonly Workspace[]} workspaces */
function packageOf(path, workspaces) {
  return workspaces.find((workspace) => path.startsWith(`${workspace.folder}/`));
}
