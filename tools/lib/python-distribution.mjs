import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.mjs';
import { ensurePythonEnvironment } from './python-environment.mjs';
import { runCommand } from './run-command.mjs';

/**
 * @typedef {object} Distribution
 * @property {string} wheel
 * @property {string} sdist
 * @property {string} python the interpreter that its environments are made with
 * @property {string} constraints the pins of the Python room, for installing what it depends on
 */

/** @type {Map<string, Promise<Distribution>>} */
const built = new Map();

/**
 * Builds wheel and sdist of the Python distribution as they would be published; once a process, since several steps
 * install them.
 *
 * @param {string} root
 * @param {(line: string) => void} say
 * @returns {Promise<Distribution>}
 */
export function buildPythonDistribution(root, say) {
  const known = built.get(root);
  if (known) return known;
  const building = build(root, say);
  built.set(root, building);
  return building;
}

/** @param {string} root @param {(line: string) => void} say @returns {Promise<Distribution>} */
async function build(root, say) {
  const constraints = join(root, 'python', 'requirements-dev.txt');
  const { programs } = await ensurePythonEnvironment({ requirements: constraints, say });
  const python = join(programs, 'python');
  const name = createHash('sha256').update(root).digest('hex').slice(0, 12);
  const folder = join(cacheFolder(), 'packed', `python-${name}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const result = await runCommand(python, ['-m', 'hatchling', 'build', '--directory', folder], {
    cwd: join(root, 'python'),
    env: { PYTHONPATH: undefined },
    timeout: 120_000,
  });
  if (result.code !== 0) throw new Error(`The Python distribution could not be built:\n${result.output}`);
  const files = readdirSync(folder);
  const wheel = files.find((file) => file.endsWith('.whl'));
  const sdist = files.find((file) => file.endsWith('.tar.gz'));
  if (!wheel || !sdist) throw new Error(`hatchling wrote ${files.join(', ') || 'nothing'} to ${folder}`);
  return { wheel: join(folder, wheel), sdist: join(folder, sdist), python, constraints };
}
