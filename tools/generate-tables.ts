/**
 * Prints the closed sets of `spec/tables` into one module a language.
 * `--check` writes nothing and exits with 1 when a module is stale.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readChangeConstants, readConstants } from './tables/constants.ts';
import { printPython } from './tables/python.ts';
import { printTypeScript } from './tables/typescript.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const tables = join(root, 'spec/tables');
const constants = readConstants(tables);
const targets = [
  { path: 'typescript/core/src/generated/tables.ts', text: printTypeScript(constants) },
  { path: 'typescript/ir/src/generated/tables.ts', text: printTypeScript(readChangeConstants(tables)) },
  { path: 'python/src/mizan/core/_tables.py', text: printPython(constants) },
];

const check = process.argv.includes('--check');
let stale = 0;
for (const { path, text } of targets) {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  stale += 1;
  if (check) {
    console.error(`${path} is older than spec/tables; run npm run generate`);
    continue;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`wrote ${path}`);
}
if (check && stale > 0) process.exitCode = 1;
