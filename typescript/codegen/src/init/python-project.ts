import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findInterpreter, installLine } from '../backends/python/find-interpreter.ts';
import { probe } from '../backends/python/probe.ts';
import type { Change, InitPlan } from './change.ts';
import { findFrontend } from './find-frontend.ts';
import { readPackage } from './package-json.ts';
import { addPackages, addPlugin, findConfigFile } from './plan-frontend.ts';
import { configFile } from './templates.ts';

const SKIPPED = new Set([
  'node_modules',
  'venv',
  'env',
  'site-packages',
  '__pycache__',
  'migrations',
  'dist',
  'build',
]);

/** Python files of a project, relative with `/`; the nearest first, and each folder's by name. */
export async function pythonFiles(root: string, depth: number, folder = ''): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  if (entries.some((entry) => entry.name === 'pyvenv.cfg')) return [];
  const names = entries.map((entry) => ({ entry, path: under(folder, entry.name) }));
  names.sort((a, b) => (a.path < b.path ? -1 : 1));
  const files = names.filter(({ entry }) => entry.isFile() && entry.name.endsWith('.py'));
  const folders = names.filter(
    ({ entry }) => entry.isDirectory() && !entry.name.startsWith('.') && !SKIPPED.has(entry.name),
  );
  const deeper =
    depth === 1 ? [] : await Promise.all(folders.map(({ path }) => pythonFiles(root, depth - 1, path)));
  return [...files.map(({ path }) => path), ...deeper.flat()];
}

/** The text of a project's file; `undefined` when it cannot be read. */
export async function readSource(root: string, path: string): Promise<string | undefined> {
  return readFile(join(root, path), 'utf8').catch(() => undefined);
}

/** A path below a folder, which may be empty. */
export function under(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** The framework's version as far as people say it, and how to install Mizan where that is still to be done. */
export async function environmentOf(
  root: string,
  cwd: string,
  key: 'django' | 'fastapi',
): Promise<{ version: string | undefined; install: string | undefined }> {
  try {
    const at = { root, cwd, python: undefined, env: process.env, platform: process.platform };
    const interpreter = findInterpreter(at);
    const environment = await probe(interpreter, cwd, ['mizan', key], new AbortController().signal);
    const version = environment?.packages[key]?.match(/^\d+\.\d+/)?.[0];
    const complete = environment?.packages.mizan !== undefined;
    return { version, install: complete ? undefined : installLine(interpreter, key) };
  } catch {
    return { version: undefined, install: `pip install "mizan[${key}]"` };
  }
}

/** A plan with everything but the backend's own changes: frontend, packages and configuration. */
export async function completePlan(
  root: string,
  plan: InitPlan,
  backend: Readonly<Record<string, string>>,
): Promise<InitPlan> {
  const frontend = await findFrontend(root);
  if (frontend) plan.found.push(frontend.title);
  if (frontend?.viteConfig) addPlugin(plan, frontend.viteConfig);
  await addPackages(root, plan, await readPackage(root), frontend, []);
  if ((await findConfigFile(root)) === undefined) {
    plan.config = configChange({
      backend,
      target: frontend?.react ? 'react' : 'typescript',
      folder: frontend?.client ?? 'client/mizan',
      ...(frontend?.viteConfig && { server: SERVER }),
    });
    if (frontend && !frontend.viteConfig) {
      plan.byHand.push(`Let your frontend send /api/mizan to the server: ${SERVER}/api/mizan`);
    }
  }
  return plan;
}

/** Where `manage.py runserver` and uvicorn listen unless told otherwise. */
const SERVER = 'http://127.0.0.1:8000';

/** Whether the project is configured for a backend of another kind. */
export async function servesOtherwise(root: string, key: string): Promise<boolean> {
  const file = await findConfigFile(root);
  if (file === undefined) return false;
  return !new RegExp(`\\b${key}\\s*:`).test((await readSource(root, file)) ?? '');
}

function configChange(parts: Parameters<typeof configFile>[0]): Change {
  return { path: 'mizan.config.ts', what: '', text: configFile(parts) };
}
