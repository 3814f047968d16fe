import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from './run-command.mjs';

/** The root folder of the repository. */
export const repositoryRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A problem with the machine, told as help: `message` says what is missing and how to mend it. */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError';
}

const oldestNode = [20, 19];

/** Throws a `SetupError` when this Node is older than the project supports. */
export function checkNodeVersion(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [needMajor = 0, needMinor = 0] = oldestNode;
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return;
  throw new SetupError(
    `Mizan needs Node ${oldestNode.join('.')} or newer, and this is Node ${version}.\n` +
      '  Install a current Node from https://nodejs.org (or with your version manager), then run the same command again.',
  );
}

/**
 * Says why the installed packages in `folder` do not match its lock file, or undefined when they do.
 * Compares contents, not times: a checkout gives files new times.
 *
 * @param {string} folder
 * @returns {string | undefined}
 */
export function findInstallDrift(folder) {
  const lockFile = join(folder, 'package-lock.json');
  const hiddenFile = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(hiddenFile)) return 'node_modules does not exist yet';
  const wanted = JSON.parse(readFileSync(lockFile, 'utf8')).packages ?? {};
  const installed = JSON.parse(readFileSync(hiddenFile, 'utf8')).packages ?? {};
  for (const [path, entry] of Object.entries(wanted)) {
    if (!path.includes('node_modules/')) continue;
    const have = installed[path];
    if (!have) {
      // Packages for other platforms stand in the lock file and are never installed.
      if (entry.optional || entry.devOptional || entry.peer) continue;
      return `${path} is missing`;
    }
    if (have.version !== entry.version)
      return `${path} is ${have.version}, the lock file says ${entry.version}`;
  }
  return undefined;
}

/**
 * Installs the packages of `folder` from its lock file when they are missing or older than it.
 * Prints a line when it starts, every ten seconds while it works, and when it is done; throws a `SetupError` with help.
 *
 * @param {{ folder?: string, say?: (line: string) => void, what?: string }} [options]
 * @returns {Promise<boolean>} whether anything was installed
 */
export async function ensureInstalled({
  folder = repositoryRoot,
  say = console.log,
  what = 'packages',
} = {}) {
  checkNodeVersion();
  const drift = findInstallDrift(folder);
  if (drift === undefined) return false;
  const started = Date.now();
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
  say(`Installing ${what} (${drift}) …`);
  const heartbeat = setInterval(() => say(`  still installing, ${seconds()}`), 10_000);
  // What is there already is brought up to date in place, which takes seconds; neither command changes the lock file.
  const command = existsSync(join(folder, 'node_modules')) ? ['install', '--no-save'] : ['ci'];
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const result = await runCommand('npm', [...command, ...flags], { cwd: folder }).finally(() =>
    clearInterval(heartbeat),
  );
  if (result.code !== 0) throw new SetupError(explainNpmFailure(command[0] ?? '', result.output));
  say(`Installed ${what} in ${seconds()}.`);
  return true;
}

/** @param {string} command @param {string} output what npm printed */
function explainNpmFailure(command, output) {
  const head = output
    .split('\n')
    .filter((line) => line.trim() !== '' && line.trim() !== 'npm error')
    .slice(0, 12)
    .map((line) => `    ${line}`)
    .join('\n');
  return `npm ${command} failed:\n${head}\n  ${adviceFor(output)}`;
}

/** What to do about a failed npm, from what it printed. @param {string} output */
export function adviceFor(output) {
  if (/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|network/i.test(output)) {
    return 'The package registry cannot be reached. Check the network and `npm config get registry`, then try again.';
  }
  if (/EBADENGINE/.test(output)) {
    return 'A package refuses this version of Node. Use Node 20.19 or newer, or Node 24.';
  }
  if (/can only install packages when your package.json and package-lock.json/.test(output)) {
    return 'package.json and package-lock.json disagree. Run `npm install` once and commit the lock file.';
  }
  if (/EACCES|EPERM/.test(output)) {
    return 'A file could not be written. Check who owns node_modules, or remove that folder, then try again.';
  }
  if (/127|ENOENT/.test(output) && /npm: /.test(output)) {
    return 'npm was not found. It comes with Node; check your PATH.';
  }
  return 'Remove node_modules and try again; if it stays, the lines above say what npm could not do.';
}

/**
 * Runs a command-line program's main function, and prints a `SetupError` as help instead of a stack.
 *
 * @param {() => Promise<number | void>} main returns the exit code
 */
export async function runMain(main) {
  try {
    const code = await main();
    // A short grace for output that is still on its way into a pipe.
    process.exitCode = typeof code === 'number' ? code : 0;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}
