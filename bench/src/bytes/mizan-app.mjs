import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateMizan } from '../api/generate-mizan.mjs';
import { sizedContract } from '../api/sized-contract.mjs';
import { workFolder } from '../work-folder.mjs';
import { minified, sizeOf } from './size-of.mjs';

/**
 * Gzipped bytes of an app with a generated client of so many functions that calls all of them: every read by its
 * hook under its context, every mutation by `useMutation`.
 *
 * @param {number} functions
 */
export async function sizeOfMizanApp(functions) {
  return sizeOf(...(await mizanApp(functions, functions)));
}

/**
 * By how many bytes, before gzip, such an app grows when its contract has more functions that it does not call.
 *
 * @param {number} called
 * @param {number} more
 */
export async function bytesOfNotCalled(called, more) {
  const before = await minified(...(await mizanApp(called, called)));
  const after = await minified(...(await mizanApp(called + more, called)));
  // Other bytes of the same number are not the same program either.
  return before === after ? 0 : Math.max(1, after.length - before.length);
}

/**
 * Source and folder of such an app that calls the first `called` functions.
 *
 * @param {number} functions
 * @param {number} called
 * @returns {Promise<[source: string, folder: string]>}
 */
async function mizanApp(functions, called) {
  const folder = workFolder(`bytes-${functions}`);
  const contract = sizedContract(functions);
  await generateMizan(contract, 'react', folder);
  withConstantId(join(folder, 'api', 'contract.ts'));
  const used = contract.functions.slice(0, called);
  const contexts = new Set(used.flatMap(({ context }) => (context ? [`${capital(context)}Context`] : [])));
  const hooks = used.filter(({ context }) => context).map(({ name }) => `use${capital(name)}`);
  const calls = used.filter(({ context }) => !context).map(({ name }) => name);
  const all = ['createClient', 'MizanProvider', 'useMutation', ...contexts, ...hooks, ...calls];
  return [
    `import { createClient, MizanProvider, useMutation } from '@mizan/react';
     import { ${all.slice(3).join(', ')} } from './api/index';
     globalThis.app = [${all.join(', ')}];`,
    folder,
  ];
}

/** The id is as good as random, and how well it packs would be told as bytes of a function. @param {string} file */
function withConstantId(file) {
  writeFileSync(file, readFileSync(file, 'utf8').replace(/'[\da-f]{16}'/, "'3f9a1c20b7d4e655'"));
}

/** @param {string} name */
function capital(name) {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
