import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateMizan } from '../api/generate-mizan.mjs';
import { printUse } from '../api/print-use.mjs';
import { sizedContract } from '../api/sized-contract.mjs';
import { workFolder } from '../work-folder.mjs';
import { declarations, limit } from './plain-clients.mjs';
import * as server from './servers.mjs';

/** @typedef {import('@mizan/core').Contract} Contract */

/**
 * Client programs of so many functions, each in a folder with a tsconfig.json: all call every function and touch
 * every result; they differ in where the types come from.
 *
 * @param {number} size
 * @returns {Promise<Record<string, string>>} folder by contestant
 */
export async function clientPrograms(size) {
  const contract = sizedContract(size);
  /** @type {Record<string, string>} */
  const folders = {};
  for (const [name, write] of Object.entries({ limit, declarations, mizan, orpc, trpc, hono })) {
    folders[name] = workFolder(`typecheck-${size}/${name}`);
    await write(contract, folders[name]);
    writeConfig(folders[name]);
  }
  return folders;
}

/** Server programs of so many functions over the same schemas. @param {number} size @returns {Record<string, string>} */
export function serverPrograms(size) {
  const contract = sizedContract(size);
  const routers = {
    limit: server.trpc,
    mizan: server.mizan,
    schemas: () => "import './schemas.ts';\n",
    orpc: server.orpc,
    hono: server.hono,
  };
  return Object.fromEntries(
    Object.entries(routers).map(([name, print]) => {
      const folder = workFolder(`typecheck-server-${size}/${name}`);
      server.writeServer(contract, folder, print);
      writeConfig(folder);
      return [name, folder];
    }),
  );
}

/** A program that imports one module and does nothing with it. @param {string} name @param {string} text */
export function importProgram(name, text) {
  const folder = workFolder(`typecheck-import/${name.replaceAll('/', '-')}`);
  writeFileSync(join(folder, 'main.ts'), text);
  writeConfig(folder);
  return folder;
}

/** @param {string} folder */
function writeConfig(folder) {
  const compilerOptions = {
    target: 'ES2023',
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    module: 'ESNext',
    moduleResolution: 'Bundler',
    allowImportingTsExtensions: true,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['**/*.ts'] }));
}

/** @param {Contract} contract @param {string} folder */
async function mizan(contract, folder) {
  await generateMizan(contract, 'typescript', folder);
  const use = printUse(contract, "import * as api from './api/index.js';", (fn, args) =>
    fn.context === undefined
      ? `api.${fn.name}(${args === '{}' && fn.input.length === 0 ? '' : args})`
      : `api.${fn.name}.read(${args})`,
  );
  writeFileSync(join(folder, 'use.ts'), use);
}

/** @param {Contract} contract @param {string} folder */
function trpc(contract, folder) {
  server.writeServer(contract, folder, server.trpc);
  const head = `import { createTRPCClient, httpBatchLink } from '@trpc/client';
import type { AppRouter } from './server.ts';
const api = createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: '/' })] });
`;
  const verb = (/** @type {{ context?: string }} */ { context }) =>
    context === undefined ? 'mutate' : 'query';
  writeFileSync(
    join(folder, 'use.ts'),
    printUse(contract, head, (fn, args, group) => `api.g${group}.${fn.name}.${verb(fn)}(${args})`),
  );
}

/** @param {Contract} contract @param {string} folder */
function orpc(contract, folder) {
  server.writeServer(contract, folder, server.orpc);
  const head = `import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { RouterClient } from '@orpc/server';
import type { AppRouter } from './server.ts';
const api: RouterClient<AppRouter> = createORPCClient(new RPCLink({ url: '/' }));
`;
  writeFileSync(
    join(folder, 'use.ts'),
    printUse(contract, head, (fn, args, group) => `api.g${group}.${fn.name}(${args})`),
  );
}

/** @param {Contract} contract @param {string} folder */
function hono(contract, folder) {
  server.writeServer(contract, folder, server.hono);
  mkdirSync(folder, { recursive: true });
  const head = `import { hc, parseResponse } from 'hono/client';
import type { AppRouter } from './server.ts';
const api = hc<AppRouter>('/');
`;
  writeFileSync(
    join(folder, 'use.ts'),
    printUse(
      contract,
      head,
      (fn, args, group) => `parseResponse(api.g${group}.${fn.name}.$post({ json: ${args} }))`,
    ),
  );
}
