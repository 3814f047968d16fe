import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Contract, printContract } from '@mizan/core';
import { build, createLogger, createServer, type InlineConfig, preview, type ViteDevServer } from 'vite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mizan } from './index.ts';

// Other programs start here, and the machine may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const repository = fileURLToPath(new URL('../../..', import.meta.url));

let folder: string;
let said: string[];
let open: (() => Promise<unknown>)[];
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'mizan-vite-')));
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
  write('package.json', '{ "type": "module" }\n');
  said = [];
  open = [];
});
afterEach(async () => {
  for (const close of open.reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}
const read = (path: string) => readFileSync(join(folder, path), 'utf8');

/** A contract of one query, whose name is given. */
function contract(member: string): Contract {
  return {
    contexts: [{ name: 'notes', params: [], members: [member], cacheClass: 'public', rev: 0 }],
    errors: [],
    functions: [
      {
        name: member,
        context: 'notes',
        input: [],
        output: { kind: 'string' },
        errors: [],
        auth: 'none',
        private: false,
        stream: false,
        websocket: false,
        affects: [],
        merge: [],
      },
    ],
    types: [],
  };
}

function settings(): InlineConfig {
  const logger = createLogger('info', { allowClearScreen: false });
  const keep = (message: string) => void said.push(message);
  Object.assign(logger, { info: keep, warn: keep, error: keep });
  return {
    root: folder,
    configFile: false,
    customLogger: logger,
    plugins: [mizan()],
    // The fixtures import our packages, which are found in their sources.
    resolve: { conditions: ['@mizan/source', 'module', 'browser', 'development|production'] },
    ssr: { noExternal: true, resolve: { conditions: ['@mizan/source', 'module', 'node'] } },
    optimizeDeps: { noDiscovery: true },
    server: { host: '127.0.0.1', port: 0, fs: { strict: false }, ws: false },
    cacheDir: join(folder, '.vite'),
  };
}

async function startVite(): Promise<{ vite: ViteDevServer; url: string }> {
  const vite = await createServer(settings());
  open.push(() => vite.close());
  await vite.listen();
  const [port] = [vite.httpServer?.address()].map((address) => (address as AddressInfo).port);
  return { vite, url: `http://127.0.0.1:${port}` };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  open.push(() => new Promise((closed) => server.close(closed)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Waits until a condition holds; the test's own time limit ends it otherwise. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((next) => setImmediate(next));
}

/**
 * Saves a file again and again until a condition holds: until its first walk through the folder is over, Vite's
 * watcher takes what changed for what was there.
 */
async function save(path: string, text: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  write(path, text);
  const saving = setInterval(() => write(path, text), 100);
  await until(holds).finally(() => clearInterval(saving));
}

const config = (more = '') => `export default {
  backend: { file: 'contract.kdl' },
  generate: { typescript: 'src/mizan' },
  ${more}
};
`;

describe('vite dev', () => {
  it('has generated the client before the first page, and keeps it current', async () => {
    write('mizan.config.mjs', config());
    write('contract.kdl', printContract(contract('notes')));
    await startVite();
    expect(read('src/mizan/notes-context.ts')).toContain('export const notes: ');
    expect(said.join('\n')).toMatch(/src\/mizan: 3 files written, \d+ ms/);
    write('contract.kdl', printContract(contract('letters')));
    await until(() => read('src/mizan/notes-context.ts').includes('export const letters: '));
  });

  it('sends what changed to the page, and only that', async () => {
    write('mizan.config.mjs', config());
    write('contract.kdl', printContract(contract('notes')));
    write(
      'src/page.ts',
      "import { notes } from './mizan/notes-context.js';\nconsole.log(notes);\nimport.meta.hot?.accept();\n",
    );
    const { url, vite } = await startVite();
    const page = await (await fetch(`${url}/src/page.ts`)).text();
    expect(page).toContain('/src/mizan/notes-context.ts');
    await fetch(`${url}/src/mizan/notes-context.ts`);
    await fetch(`${url}/src/mizan/contract.ts`);
    const sent: unknown[] = [];
    const { hot } = vite.environments.client;
    const send = hot.send.bind(hot);
    hot.send = (...args: unknown[]) => {
      sent.push(args[0]);
      (send as (...all: unknown[]) => void)(...args);
    };
    write('contract.kdl', printContract(contract('letters')));
    await until(() => sent.length > 0);
    expect(JSON.stringify(sent)).toContain('/src/page.ts');
    expect(JSON.stringify(sent)).not.toContain('full-reload');
  });

  it('shows what is wrong in the terminal and over the page, and takes it away again', async () => {
    write('mizan.config.mjs', config());
    write('contract.kdl', 'mizan {');
    const { vite } = await startVite();
    expect(said.join('\n')).toContain('contract.kdl  this is not a contract that Mizan can use');
    const sent: { type?: string; err?: { message: string } }[] = [];
    vite.environments.client.hot.send = (payload: unknown) => void sent.push(payload as object);
    write('contract.kdl', 'mizan protocol=2');
    await until(() => sent.some((one) => one.type === 'error'));
    expect(sent.find((one) => one.type === 'error')?.err?.message).toContain('contract.kdl');
    write('contract.kdl', printContract(contract('notes')));
    await until(() => sent.some((one) => one.type === 'update'));
    expect(existsSync(join(folder, 'src/mizan/notes-context.ts'))).toBe(true);
  });

  it('follows a backend in Python through all of its source', async () => {
    const printed = (name: string) => {
      const text = printContract(contract(name));
      return `CONTRACT = ${JSON.stringify({ contract: text, sources: {}, hash: '0'.repeat(64) })}\n`;
    };
    write(
      'mizan.config.mjs',
      "export default { backend: { django: 'manage.py' }, generate: { typescript: 'src/mizan' } };\n",
    );
    write('manage.py', 'import json\nfrom notes.clients import CONTRACT\n\nprint(json.dumps(CONTRACT))\n');
    write('notes/clients.py', printed('notes'));
    await startVite();
    expect(read('src/mizan/notes-context.ts')).toContain('export const notes: ');
    write('notes/clients.py', 'def half(\n');
    await until(() =>
      said.some((text) => text.startsWith('notes/clients.py:1  the project cannot be imported')),
    );
    expect(read('src/mizan/notes-context.ts')).toContain('export const notes: ');
    write('notes/clients.py', printed('letters'));
    await until(() => read('src/mizan/notes-context.ts').includes('export const letters: '));
  });

  it('starts again with another configuration', async () => {
    write('contract.kdl', printContract(contract('notes')));
    await startVite();
    await save('mizan.config.mjs', config(), () =>
      said.some((message) => message.includes('server restarted')),
    );
    expect(existsSync(join(folder, 'src/mizan/index.ts'))).toBe(true);
  });

  it('starts without a configuration, and says so', async () => {
    const { url } = await startVite();
    expect(said.join('\n')).toContain(
      'there is no mizan.config.ts here or in a folder above\n  Write one with: npx mizan init',
    );
    write('src/page.ts', 'export const x = 1;\n');
    expect((await fetch(`${url}/src/page.ts`)).status).toBe(200);
  });
});

describe('requests for the server', () => {
  it('go to the server of the configuration, with the host of the page', async () => {
    const seen: string[] = [];
    const server = await listen(
      createHttpServer((req, res) => {
        seen.push(`${req.method} ${req.url} ${req.headers.host}`);
        res.end('from the server');
      }),
    );
    write('mizan.config.mjs', config(`server: '${server}',`));
    write('contract.kdl', printContract(contract('notes')));
    const { url } = await startVite();
    expect(await (await fetch(`${url}/api/mizan/ctx/notes`)).text()).toBe('from the server');
    expect(seen).toEqual([`GET /api/mizan/ctx/notes ${new URL(url).host}`]);
  });

  it('are answered by a TypeScript backend inside of Vite, which follows its source', async () => {
    write(
      'mizan.config.mjs',
      "export default { backend: { typescript: 'server/mizan.ts' }, generate: { typescript: 'src/mizan' } };\n",
    );
    const notes = (text: string) => `import { client, context } from '@mizan/server';
import { z } from 'zod';
export const NotesContext = context('notes', {});
export const notes = client({ context: NotesContext, output: z.string() }, () => '${text}');
`;
    write('server/notes.ts', notes('first'));
    write(
      'server/mizan.ts',
      "import { createMizan } from '@mizan/server';\nimport * as notes from './notes.ts';\nexport const mizan = createMizan({ modules: [notes] });\n",
    );
    const { url } = await startVite();
    expect(await (await fetch(`${url}/api/mizan/ctx/notes`)).json()).toEqual({ notes: 'first' });
    const answer = async () =>
      (await (await fetch(`${url}/api/mizan/ctx/notes`)).json()) as {
        notes?: string;
        error?: { message: string };
      };
    await save('server/notes.ts', notes('second'), async () => (await answer()).notes === 'second');
    await save(
      'server/notes.ts',
      'throw new Error("half typed");\n',
      async () => (await answer()).error?.message === 'half typed',
    );
    const body = await answer();
    expect(body).toEqual({ error: { code: 'UNAVAILABLE', message: 'half typed' } });
    expect(said.join('\n')).toContain('half typed');
  }, 60_000);
});

describe('vite build and preview', () => {
  it('start nothing and write no client', async () => {
    write('mizan.config.mjs', "throw new Error('nobody may read this');\n");
    write('index.html', '<script type="module" src="/src/page.ts"></script>\n');
    write('src/page.ts', "document.title = 'built';\n");
    await build({ ...settings(), logLevel: 'silent' });
    expect(existsSync(join(folder, 'dist/index.html'))).toBe(true);
    const server = await preview({ ...settings(), preview: { host: '127.0.0.1', port: 0 } });
    open.push(() => server.close());
    expect(said.join('\n')).not.toContain('nobody');
    expect(existsSync(join(folder, 'src/mizan'))).toBe(false);
  });
});
