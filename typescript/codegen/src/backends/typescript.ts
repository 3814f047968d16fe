import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Mend } from '../mend.ts';
import type { BackendKind, Exported } from './backend.ts';
import type { ChildReport } from './typescript-child.ts';

/** How long importing the backend may take. */
const TIMEOUT = 60_000;

/** `backend: { typescript }`: a module, imported through tsx in a process of its own, which ends at once. */
export const typescriptBackend: BackendKind = {
  key: 'typescript',
  value: 'a module that exports what createMizan made',
  async load({ root, value }, signal) {
    const path = resolve(root, value);
    if (!existsSync(path)) {
      throw new Mend('there is no such module', {
        where: value,
        mend: 'Name the module that exports createMizan(…) under backend.typescript in mizan.config.ts.',
        files: [path],
      });
    }
    return read(await run(path, root, signal), value, root);
  },
};

function read(report: ChildReport, shown: string, root: string): Exported {
  if (report.ok) {
    const { contract, id, sources, files } = report;
    return { contract, id, sources, files };
  }
  if (report.why === 'none') {
    throw new Mend('this module exports nothing that createMizan made', {
      where: shown,
      ...(report.detail !== '' && { detail: report.detail }),
      mend: 'Export it: export const mizan = createMizan({ modules: [users] })',
      files: report.files,
    });
  }
  if (report.why === 'mistakes') throw new Mend(report.detail, { files: report.files });
  throw new Mend('this module cannot be imported', {
    where: shown,
    detail: trimStack(report.detail, root),
    mend: 'It is imported to ask for its contract; nothing is started. Mend the error above.',
    files: report.files,
  });
}

/** An error's text with those frames only that are the project's own, by their paths in it. */
function trimStack(text: string, root: string): string {
  return text
    .split('\n')
    .filter(
      (line) => !/^\s+at /.test(line) || (line.includes(root) && !/node_modules|typescript-child/.test(line)),
    )
    .join('\n')
    .replaceAll('file://', '')
    .replaceAll(`${root}${sep}`, '');
}

/** Runs the child and takes its report from a pipe of its own; what the backend prints is shown when it fails. */
async function run(path: string, root: string, signal: AbortSignal): Promise<ChildReport> {
  signal.throwIfAborted();
  const child = spawn(process.execPath, [...conditions(), '--import', tsx(), script(), path], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, MIZAN_EXPORT: '1' },
  });
  const stop = () => child.kill('SIGKILL');
  const timer = setTimeout(stop, TIMEOUT);
  signal.addEventListener('abort', stop, { once: true });
  process.once('exit', stop);
  try {
    return await report(child);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    process.off('exit', stop);
    signal.throwIfAborted();
  }
}

async function report(child: ChildProcess): Promise<ChildReport> {
  const chunks: Buffer[] = [];
  const printed: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => printed.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => printed.push(chunk));
  child.stdio[3]?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<string>((done, fail) => {
    child.once('error', fail);
    child.once('close', (status, killed) => done(killed ?? String(status)));
  });
  const text = Buffer.concat(chunks).toString('utf8');
  const found: ChildReport = text.endsWith('\n')
    ? (JSON.parse(text) as ChildReport)
    : {
        ok: false,
        why: 'import',
        detail: `The process ended (${code}) before it had a contract.`,
        files: [],
      };
  const said = Buffer.concat(printed).toString('utf8').slice(-4000).trim();
  if (!found.ok && found.why !== 'mistakes' && said !== '')
    found.detail = found.detail === '' ? said : `${found.detail}\n\n${said}`;
  return found;
}

/** The conditions that this process resolves packages with hold in the child, too. */
function conditions(): string[] {
  return process.execArgv.filter((arg) => arg.startsWith('--conditions=') || arg.startsWith('-C='));
}

function tsx(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
}

function script(): string {
  const self = import.meta.url;
  return fileURLToPath(new URL(`./typescript-child${self.endsWith('.ts') ? '.ts' : '.js'}`, self));
}
