import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DemoBackend } from '../../../../tools/lib/demo/backend.mjs';
import { createSeed, type Seed } from '../../../helpdesk-data/seed.ts';

/** A Helpdesk server in a process of its own, with a database of its own. */
export interface RunningServer {
  url: string;
  /** The tickets that it began with. */
  seed: Seed;
  /** Reads a context as a client would: `read('ticket?ticketId=5')`. */
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it
  read(address: string): Promise<any>;
  /** Calls a function as somebody else would; the body of the answer. */
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it
  call(fn: string, args: unknown): Promise<any>;
  /** Ends the process as Ctrl-C does, and starts it again on the same database and port. */
  restart(backend?: DemoBackend): Promise<void>;
  stop(): Promise<void>;
}

/** The name of the backend under test: `HELPDESK_BACKEND`, or TypeScript. */
export function backendName(): string {
  return process.env.HELPDESK_BACKEND || 'typescript';
}

/** The backend under test. */
export async function chosenBackend(): Promise<DemoBackend> {
  const name = backendName();
  const { backend } = (await import(`../../../helpdesk-${name}/demo.mjs`)) as { backend: DemoBackend };
  await backend.install?.(() => {});
  return backend;
}

/** Starts a backend on a free port. The page is the one that `build-page.ts` has built. */
export async function runServer(given?: DemoBackend): Promise<RunningServer> {
  const backend = given ?? (await chosenBackend());
  const folder = mkdtempSync(join(tmpdir(), 'helpdesk-'));
  const seed = createSeed(new Date());
  writeFileSync(join(folder, 'seed.json'), JSON.stringify(seed));
  let { child, url } = await start(backend, folder, 0);
  const api = (path: string) => `${url}/api/mizan/${path}`;
  return {
    url,
    seed,
    read: async (address) => answered(await fetch(api(`ctx/${address}`))),
    call: async (fn, args) => {
      const headers = { 'Content-Type': 'application/json' };
      return answered(
        await fetch(api('call/'), { method: 'POST', headers, body: JSON.stringify({ fn, args }) }),
      );
    },
    restart: async (other) => {
      await end(child);
      ({ child, url } = await start(other ?? backend, folder, Number(new URL(url).port)));
    },
    stop: async () => {
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What a test does beside the page has to succeed, or the page would wait for it in vain. */
async function answered(response: Response) {
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

function start(backend: DemoBackend, folder: string, port: number) {
  const { program, args, cwd, env } = backend.command();
  const web = process.env.HELPDESK_WEB;
  if (web === undefined)
    throw new Error('The page is not built: run with the vitest.config.ts of this folder');
  const child = spawn(program, args, {
    cwd,
    env: {
      ...process.env,
      ...env,
      HELPDESK_DATABASE: join(folder, 'helpdesk.sqlite'),
      HELPDESK_SEED: join(folder, 'seed.json'),
      HELPDESK_WEB: web,
      HOST: '127.0.0.1',
      PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  return new Promise<{ child: ChildProcess; url: string }>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const url = /^listening (\S+)$/.exec(line)?.[1];
      if (url !== undefined) resolve({ child, url });
    });
    child.once('close', (code) => reject(new Error(`The server ended with ${code}:\n${errors}`)));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  await closed;
}
