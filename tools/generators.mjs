import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Generator
 * @property {string} name
 * @property {string} makes what it writes, for messages
 * @property {string} script a TypeScript or JavaScript file, relative to the root
 * @property {readonly string[]} [args]
 * @property {string} [cwd] relative to the root
 */

/**
 * Everything that is generated and committed. Each script writes by default, and with `--check` writes nothing and
 * exits with 1 when a committed file is stale.
 *
 * @type {readonly Generator[]}
 */
const generators = [
  {
    name: 'tables',
    makes: 'the closed sets of spec/tables in each language',
    script: 'tools/generate-tables.ts',
  },
  {
    name: 'Helpdesk client',
    makes: 'the typed client of the example',
    script: 'tools/mizan.mjs',
    args: ['generate'],
    cwd: 'examples',
  },
  {
    name: 'testee client',
    makes: "the typed client of the referee's fixture",
    script: 'tools/mizan.mjs',
    args: ['generate', 'conformance/app/app.kdl', '--typescript', 'typescript/testee/src/generated'],
  },
];

/** The generators whose script exists. @param {string} root */
export function readGenerators(root) {
  return generators.filter((generator) => existsSync(join(root, generator.script)));
}

/**
 * The arguments of `node` that run a generator: TypeScript through tsx, our packages from their sources.
 *
 * @param {string} root
 * @param {Generator} generator
 */
export function nodeArguments(root, generator) {
  return [
    '--conditions=@mizan/source',
    '--import',
    'tsx',
    join(root, generator.script),
    ...(generator.args ?? []),
  ];
}
