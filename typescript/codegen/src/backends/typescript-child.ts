/**
 * Runs in a process of its own, under tsx: imports a backend's module, and writes its contract to file
 * descriptor 3 as one line of JSON. Ends at once, so that what the module started ends with it.
 */
import { writeSync } from 'node:fs';
import { createRequire, register } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import type { Contract, Sources } from '@mizan/core';

/** What the child says. */
export type ChildReport =
  | { ok: true; contract: Contract; id: string; sources: Sources; files: string[] }
  /** `mistakes`: the declarations are wrong, and the detail is help already. */
  | { ok: false; why: 'none' | 'import' | 'mistakes'; detail: string; files: string[] };

/** What `createMizan` made, as far as it matters here. */
interface Exporting {
  contract(): Contract;
  export(): { hash: string; sources: Sources };
}

function send(report: ChildReport): never {
  const bytes = Buffer.from(`${JSON.stringify(report)}\n`);
  // A pipe takes what fits and asks for patience (EAGAIN) when its reader is slower.
  for (let sent = 0; sent < bytes.length; ) {
    try {
      sent += writeSync(3, bytes, sent);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
  process.exit(0);
}

function isExporting(value: unknown): value is Exporting {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Partial<Exporting>).export === 'function' &&
    typeof (value as Partial<Exporting>).contract === 'function'
  );
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.stack?.includes(error.message) ? error.stack : `${error.message}\n${error.stack ?? ''}`;
}

const path = process.argv[2] as string;
const { port1, port2 } = new MessageChannel();
port1.unref();
const hooks = `./loaded-urls${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`;
register(hooks, { parentURL: import.meta.url, data: { port: port2 }, transferList: [port2] });

/** Files of the project that were loaded until now, by `import` or `require`. */
function loadedFiles(): string[] {
  const files = new Set([path, ...Object.keys(createRequire(import.meta.url).cache)]);
  for (let item = receiveMessageOnPort(port1); item; item = receiveMessageOnPort(port1)) {
    const url = item.message as string;
    if (url.startsWith('file:')) files.add(fileURLToPath(url.replace(/[?#].*$/, '')));
  }
  return [...files].filter((file) => !/[\\/]node_modules[\\/]/.test(file)).sort();
}

try {
  const module = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  const found = [module.mizan, module.default, ...Object.values(module)].find(isExporting);
  if (!found) send({ ok: false, why: 'none', detail: '', files: loadedFiles() });
  const { hash, sources } = found.export();
  send({ ok: true, contract: found.contract(), id: hash.slice(0, 16), sources, files: loadedFiles() });
} catch (error) {
  if (error instanceof Error && error.name === 'RegistrationError') {
    send({ ok: false, why: 'mistakes', detail: error.message.trim(), files: loadedFiles() });
  }
  send({ ok: false, why: 'import', detail: describe(error), files: loadedFiles() });
}
