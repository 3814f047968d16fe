import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './run-command.mjs';

/** Both compilers own the command `tsc`, so each is called by its path. */
export const compilers = [
  { name: 'TypeScript 7', path: join('node_modules', 'typescript-7', 'bin', 'tsc') },
  { name: 'TypeScript 6', path: join('node_modules', 'typescript', 'bin', 'tsc') },
];

/**
 * Runs one compiler over one project.
 *
 * @param {string} root
 * @param {string} compiler path below the root
 * @param {readonly string[]} args
 */
export function runCompiler(root, compiler, args) {
  return runCommand(process.execPath, [join(root, compiler), ...args, '--pretty', 'false'], {
    cwd: root,
    timeout: 300_000,
  });
}

/**
 * Maps over items with at most as many at once as there are cores; results in the order of the items.
 *
 * @template T, R
 * @param {readonly T[]} items
 * @param {(item: T) => Promise<R>} work
 * @returns {Promise<R[]>}
 */
export async function mapParallel(items, work) {
  /** @type {R[]} */
  const results = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(/** @type {T} */ (items[index]));
    }
  };
  await Promise.all(Array.from({ length: Math.min(items.length, availableParallelism()) }, worker));
  return results;
}
