import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateMizan } from '../api/generate-mizan.mjs';
import { sizedContract } from '../api/sized-contract.mjs';
import { workFolder } from '../work-folder.mjs';
import { sizeOf } from './size-of.mjs';

/**
 * Gzipped bytes of an app with a generated client of so many functions that calls the first `called` of them: every
 * read by its hook under its context, every mutation by `useMutation`.
 *
 * @param {number} functions
 * @param {number} called
 * @param {boolean} [shortNames]
 */
export async function sizeOfMizanApp(functions, called = functions, shortNames = true) {
  const folder = workFolder(`bytes-${functions}`);
  const contract = sizedContract(functions);
  await generateMizan(contract, 'react', folder);
  withConstantId(join(folder, 'api', 'contract.ts'));
  const used = contract.functions.slice(0, called);
  const contexts = new Set(used.flatMap(({ context }) => (context ? [`${capital(context)}Context`] : [])));
  const hooks = used.filter(({ context }) => context).map(({ name }) => `use${capital(name)}`);
  const calls = used.filter(({ context }) => !context).map(({ name }) => name);
  return sizeOf(
    `import { createClient, MizanProvider, useMutation } from '@mizan/react';
     import { ${[...contexts, ...hooks, ...calls].join(', ')} } from './api/index';
     globalThis.app = [createClient, MizanProvider, useMutation, ${[...contexts, ...hooks, ...calls].join(', ')}];`,
    folder,
    shortNames,
  );
}

/** The id is as good as random, and how well it packs would be told as bytes of a function. @param {string} file */
function withConstantId(file) {
  writeFileSync(file, readFileSync(file, 'utf8').replace(/'[\da-f]{16}'/, "'3f9a1c20b7d4e655'"));
}

/** @param {string} name */
function capital(name) {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
