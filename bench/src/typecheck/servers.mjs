import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printSchemas, zodFields, zodOf } from '../api/print-zod.mjs';

/** @typedef {import('@mizan/core').Contract} Contract */
/** @typedef {import('@mizan/core').FunctionDecl} FunctionDecl */

/**
 * Writes the server of a contract: its schemas, and the functions as one library wants them.
 *
 * @param {Contract} contract
 * @param {string} folder
 * @param {(contract: Contract) => string} print
 */
export function writeServer(contract, folder, print) {
  writeFileSync(join(folder, 'schemas.ts'), printSchemas(contract));
  writeFileSync(join(folder, 'server.ts'), print(contract));
}

const head = `import { z } from 'zod';
import * as s from './schemas.ts';
`;

/** @param {FunctionDecl} fn */
const input = (fn) => named(`z.object(${zodFields(fn.input)})`);
/** @param {FunctionDecl} fn */
const output = (fn) => named(zodOf(fn.output));
/** What a handler does does not matter here; that its result is checked does. @param {FunctionDecl} fn */
const body = (fn) => `null as unknown as z.input<typeof out_${fn.name}>`;
/** @param {Contract} contract */
const outputs = (contract) =>
  contract.functions.map((fn) => `const out_${fn.name} = ${output(fn)};\n`).join('');

/** Names of schemas as members of the module they stand in. @param {string} text */
function named(text) {
  return text.replace(/(?<![\w.'"])([A-Z]\w+)(?![\w:'"])/g, 's.$1');
}

/** Groups of ten, as an app would have a router a subject. @param {Contract} contract @param {(fn: FunctionDecl) => string} print */
function grouped({ functions }, print) {
  /** @type {string[][]} */
  const groups = [];
  for (const [at, fn] of functions.entries()) {
    const group = Math.floor(at / 10);
    groups[group] = [...(groups[group] ?? []), print(fn)];
  }
  return groups;
}

/** @param {Contract} contract */
export function trpc(contract) {
  const groups = grouped(contract, (fn) => {
    const verb = fn.context === undefined ? 'mutation' : 'query';
    return `  ${fn.name}: t.procedure.input(${input(fn)}).output(out_${fn.name}).${verb}(({ input }) => { void input; return ${body(fn)}; }),\n`;
  });
  return `import { initTRPC } from '@trpc/server';
${head}
const t = initTRPC.create();
${outputs(contract)}
${groups.map((lines, at) => `const g${at} = t.router({\n${lines.join('')}});\n`).join('')}
const router = t.router({ ${groups.map((_, at) => `g${at}`).join(', ')} });
export type AppRouter = typeof router;
`;
}

/** @param {Contract} contract */
export function orpc(contract) {
  const groups = grouped(
    contract,
    (fn) =>
      `  ${fn.name}: os.input(${input(fn)}).output(out_${fn.name}).handler(({ input }) => { void input; return ${body(fn)}; }),\n`,
  );
  return `import { os } from '@orpc/server';
${head}
${outputs(contract)}
${groups.map((lines, at) => `const g${at} = {\n${lines.join('')}};\n`).join('')}
const router = { ${groups.map((_, at) => `g${at}`).join(', ')} };
export type AppRouter = typeof router;
`;
}

/** @param {Contract} contract */
export function hono(contract) {
  const groups = grouped(
    contract,
    (fn) =>
      `\n  .post('/${fn.name}', zValidator('json', ${input(fn)}), (c) => { void c.req.valid('json'); return c.json(${body(fn)}); })`,
  );
  return `import { zValidator } from '@hono/zod-validator';
import { Hono } from 'hono';
${head}
${outputs(contract)}
${groups.map((lines, at) => `const g${at} = new Hono()${lines.join('')};\n`).join('')}
const app = new Hono()${groups.map((_, at) => `\n  .route('/g${at}', g${at})`).join('')};
export type AppRouter = typeof app;
`;
}

/** @param {Contract} contract */
export function mizan(contract) {
  const contexts = contract.contexts.map(
    ({ name, params }) =>
      `const ${name}Context = context('${name}', { input: ${named(zodFields(params))} });\n`,
  );
  const functions = contract.functions.map((fn) => {
    const shared =
      contract.contexts.find(({ name }) => name === fn.context)?.params.map(({ name }) => name) ?? [];
    const own = fn.input.filter(({ name }) => !shared.includes(name));
    const affects = fn.affects.map(({ context: name }) => `${name}Context`);
    const options = [
      ...(fn.context === undefined ? [] : [`context: ${fn.context}Context`]),
      ...(affects.length > 0 ? [`affects: [${affects.join(', ')}]`] : []),
      ...(own.length > 0 ? [`input: ${named(zodFields(own))}`] : []),
      `output: out_${fn.name}`,
    ];
    return `export const ${fn.name} = client({ ${options.join(', ')} }, (input) => { void input; return ${body(fn)}; });\n`;
  });
  return `import { client, context } from '@mizan/server';
${head}
${outputs(contract)}
${contexts.join('')}
${functions.join('')}`;
}
