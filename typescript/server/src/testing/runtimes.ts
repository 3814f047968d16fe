import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..');

/** A folder beside installed runtimes, with the packages built as they are published. */
export interface Runtimes {
  folder: string;
  /** `node_modules` of the runtimes. */
  modules: string;
  write(file: string, text: string): Promise<void>;
  remove(): Promise<void>;
}

/** Installs the runtimes where they are missing, and builds the packages into a new folder beside them. */
export async function prepareRuntimes(): Promise<Runtimes> {
  const tools: {
    ensureToolInstalled(root: string, name: string, say: (line: string) => void): Promise<string>;
  } = await import(pathToFileURL(join(root, 'tools/lib/cache-folder.mjs')).href);
  const modules = await tools.ensureToolInstalled(root, 'runtimes', (line) => console.info(line));
  const folder = await mkdtemp(join(dirname(modules), 'mounts-'));
  await Promise.all(['core', 'server'].map((name) => build(name, join(folder, 'node_modules/@mizan', name))));
  const write = async (file: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  };
  await write('package.json', '{ "type": "module" }');
  return { folder, modules, write, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function build(name: string, into: string): Promise<void> {
  const source = join(root, 'typescript', name);
  await mkdir(into, { recursive: true });
  await cp(join(source, 'package.json'), join(into, 'package.json'));
  const flags = [
    '--customConditions',
    '@mizan/source',
    '--noCheck',
    '--declaration',
    'false',
    '--sourceMap',
    'false',
  ];
  const compiler = join(root, 'node_modules/typescript-7/bin/tsc');
  const project = join(source, 'tsconfig.build.json');
  await promisify(execFile)(process.execPath, [
    compiler,
    '-p',
    project,
    ...flags,
    '--outDir',
    join(into, 'dist'),
  ]);
}

/** Starts a program until the test ends and waits for the first match of `ready` in what it prints. */
export function start(
  command: string,
  args: readonly string[],
  { cwd, ready, env = {} }: { cwd: string; ready: RegExp; env?: Record<string, string> },
): Promise<RegExpExecArray> {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, detached: true });
  onTestFinished(() => stop(child));
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const match = ready.exec(said);
      if (match) resolve(match);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${command} ended with ${code}:\n${said}`)));
  });
}

/** Ends the program and whatever it started. */
function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.pid === undefined) return resolve();
    child.on('exit', () => resolve());
    process.kill(-child.pid, 'SIGKILL');
  });
}
