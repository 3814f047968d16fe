import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { printContract } from '@mizan/core';
import { runProgram } from '../process/run-program.mjs';

/** The command line as users run it. */
export const mizanBin = join(dirname(createRequire(import.meta.url).resolve('mizan')), 'bin.js');

/** Writes a contract where the command line can read it. @param {import('@mizan/core').Contract} contract @param {string} file */
export function writeContract(contract, file) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, printContract(contract));
}

/**
 * Generates the client of a contract into a folder.
 *
 * @param {import('@mizan/core').Contract} contract
 * @param {'typescript' | 'react'} target
 * @param {string} folder
 */
export async function generateMizan(contract, target, folder) {
  const file = join(folder, 'contract.kdl');
  writeContract(contract, file);
  await runProgram([process.execPath, mizanBin, 'generate', file, `--${target}`, join(folder, 'api')], {
    cwd: folder,
  });
}
