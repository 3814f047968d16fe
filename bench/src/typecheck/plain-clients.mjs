import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printFields, printInterfaces, typeText } from '../api/print-interfaces.mjs';
import { printUse } from '../api/print-use.mjs';

/** @typedef {import('@mizan/core').Contract} Contract */

/**
 * The client as a person would write it without any library: plain interfaces, named ones for what functions take,
 * plain functions that fetch, a module for every subject. It is the limit because it is the least that runs: what
 * only declares functions is no client, and nobody keeps ten thousand lines in one file.
 *
 * @param {Contract} contract
 * @param {string} folder
 */
export function limit(contract, folder) {
  const subjects = subjectsOf(contract);
  writeFileSync(join(folder, 'ask.ts'), ask);
  for (const [name, subject] of subjects) writeFileSync(join(folder, `${name}.ts`), printSubject(subject));
  const index = [...subjects.keys()].map((name) => `export * from './${name}.ts';\n`);
  writeFileSync(join(folder, 'api.ts'), index.join(''));
  writeUse(contract, folder);
}

/**
 * Declarations alone, all in one file: no program, but nothing types so many calls for less.
 *
 * @param {Contract} contract
 * @param {string} folder
 */
export function declarations(contract, folder) {
  const functions = contract.functions.map(({ name, input, output }) => {
    const args = input.length === 0 ? '{}' : `{\n${printFields(input)}}`;
    return `export declare function ${name}(args: ${args}): Promise<${typeText(output)}>;\n`;
  });
  writeFileSync(join(folder, 'api.ts'), `${printInterfaces(contract)}\n${functions.join('\n')}`);
  writeUse(contract, folder);
}

/** @param {Contract} contract @param {string} folder */
function writeUse(contract, folder) {
  const use = printUse(contract, "import * as api from './api.ts';", (fn, args) => `api.${fn.name}(${args})`);
  writeFileSync(join(folder, 'use.ts'), use);
}

const ask = `export async function read(name: string, args: object): Promise<any> {
  const answer = await fetch(\`/api/\${name}?\${new URLSearchParams(Object.entries(args))}\`);
  return answer.json();
}

export async function call(name: string, args: object): Promise<any> {
  const answer = await fetch(\`/api/\${name}\`, { method: 'POST', body: JSON.stringify(args) });
  return answer.json();
}
`;

/** The parts of a contract by the number in their names, which its groups of ten share. @param {Contract} contract */
function subjectsOf(contract) {
  /** @type {Map<string, Contract>} */
  const subjects = new Map();
  for (const kind of /** @type {const} */ (['contexts', 'functions', 'types']))
    for (const one of contract[kind]) {
      const name = `subject${/\d+/.exec(one.name)?.[0]}`;
      const subject = subjects.get(name) ?? { contexts: [], errors: [], functions: [], types: [] };
      subjects.set(name, subject);
      /** @type {object[]} */ (subject[kind]).push(one);
    }
  return subjects;
}

/** @param {Contract} subject */
function printSubject(subject) {
  const interfaces = subject.contexts.map(({ name, params }) => printInterface(`${name}Params`, params));
  const functions = subject.functions.map(({ name, context, input, output }) => {
    const verb = context === undefined ? 'call' : 'read';
    const args = context === undefined ? `${name}Args` : `${context}Params`;
    const own = context === undefined ? `${printInterface(args, input)}\n` : '';
    return `${own}export function ${name}(args: ${args}): Promise<${typeText(output)}> {\n  return ${verb}('${name}', args);\n}\n`;
  });
  const verbs = [
    ...new Set(subject.functions.map(({ context }) => (context === undefined ? 'call' : 'read'))),
  ];
  const head = `import { ${verbs.sort().join(', ')} } from './ask.ts';\n`;
  return [head, printInterfaces(subject), ...interfaces, ...functions].join('\n');
}

/** @param {string} name @param {Contract['functions'][0]['input']} fields */
function printInterface(name, fields) {
  return `export interface ${name} {\n${printFields(fields)}}\n`;
}
