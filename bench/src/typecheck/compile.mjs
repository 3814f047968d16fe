import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runProgram } from '../process/run-program.mjs';

const require = createRequire(import.meta.url);

/** The compilers by the name that tables show. */
export const compilers = {
  'TypeScript 6': compilerOf('typescript'),
  'TypeScript 5': compilerOf('typescript-5'),
  'TypeScript 7': compilerOf('typescript-7'),
};

/** @param {string} name */
function compilerOf(name) {
  return join(dirname(require.resolve(`${name}/package.json`)), 'bin', 'tsc');
}

/**
 * Checks a program and gives what the compiler says of itself: milliseconds of checking, and instantiations of types.
 *
 * @param {string} compiler
 * @param {string} folder
 */
export async function compile(compiler, folder) {
  const { stdout } = await runProgram(
    [process.execPath, '--max-old-space-size=6000', compiler, '-p', folder, '--extendedDiagnostics'],
    { cwd: folder },
  );
  /** @param {string} name */
  const told = (name) => Number(new RegExp(`^${name}:\\s+([\\d.]+)`, 'm').exec(stdout)?.[1]);
  return { milliseconds: told('Check time') * 1000, instantiations: told('Instantiations') };
}
