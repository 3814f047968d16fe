import { join } from 'node:path';
import { repositoryRoot, SetupError } from '../install.mjs';
import { runCommand } from '../run-command.mjs';

const examplesFolder = join(repositoryRoot, 'examples');
const webFolder = join(examplesFolder, 'helpdesk-web');

/** The arguments of `node` for TypeScript of this repository: through tsx, our packages from their sources. */
export const typescriptArguments = ['--conditions=@mizan/source', '--import', 'tsx'];

/**
 * Generates the client from the functions of the TypeScript backend (every backend has the same contract), and
 * builds the page.
 *
 * @param {{ backend: import('./backend.mjs').DemoBackend, say: { step: (line: string) => void } }} options
 * @returns {Promise<{ web: string }>} the folder of the built page
 */
export async function prepareDemo({ backend, say }) {
  await backend.install?.(say.step);
  const cli = join(repositoryRoot, 'tools', 'mizan.mjs');
  say.step('Generating the typed client …');
  await run('Generating the client', process.execPath, [cli, 'generate'], examplesFolder);
  say.step('Building the page …');
  const vite = join(repositoryRoot, 'node_modules', 'vite', 'bin', 'vite.js');
  await run('Building the page', process.execPath, [vite, 'build', '--logLevel', 'warn'], webFolder);
  return { web: join(webFolder, 'dist') };
}

/** @param {string} what @param {string} program @param {string[]} args @param {string} cwd */
async function run(what, program, args, cwd) {
  const { code, output } = await runCommand(program, args, { cwd });
  if (code === 0) return;
  const lines = output.trimEnd().split('\n').slice(-25);
  throw new SetupError(
    `${what} failed:\n${lines.map((line) => `    ${line}`).join('\n')}\n` +
      '  If you changed nothing here, remove node_modules and try again: it is then installed anew.',
  );
}
