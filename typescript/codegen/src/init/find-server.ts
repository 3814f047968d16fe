import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Mount, mounts } from './edit-source.ts';
import { dependsOn, majorOf, type PackageJson } from './package-json.ts';

/** A TypeScript server of a project. */
export interface Server {
  /** `Express 5 (server/main.ts)`. */
  title: string;
  /** The folder for our files, relative with `/`. */
  folder: string;
  /** Where its application is made, and how; `undefined` when that was not found. */
  app: { path: string; text: string; mount: Mount } | undefined;
  /** A module that calls `createMizan`, when there is one already. */
  mizan: string | undefined;
  /** Next keeps its routes in this folder. */
  nextApp: string | undefined;
  /** The port that it listens to, when its source says so. */
  port: number | undefined;
}

const FOLDERS = ['server', 'src/server', 'backend', 'api', 'src', ''];
const SKIPPED = new Set(['node_modules', 'dist', 'build', 'out', 'public', 'coverage']);

/** Finds the server of a project by its packages and its source. */
export async function findServer(root: string, value: PackageJson): Promise<Server> {
  const files = await sourceFiles(root, '', 4);
  const texts = new Map<string, string>();
  for (const path of files) texts.set(path, await readFile(join(root, path), 'utf8').catch(() => ''));
  const mizan = [...texts].find(([, text]) => /\bcreateMizan\(/.test(text))?.[0];
  if (dependsOn(value, 'next')) return nextServer(root, value, files, mizan);
  const mount = mounts.find(({ framework }) => dependsOn(value, framework));
  const app = mount && [...texts].find(([, text]) => mount.made.test(text));
  const folder = app ? folderOf(app[0]) : await firstFolder(root);
  const major = mount && majorOf(value, mount.framework);
  const where = app ? ` (${app[0]})` : '';
  return {
    title: mount ? `${mount.title}${major === undefined ? '' : ` ${major}`}${where}` : 'TypeScript',
    folder,
    app: app && mount && { path: app[0], text: app[1], mount },
    mizan,
    nextApp: undefined,
    port: app && portOf(app[1]),
  };
}

function nextServer(
  root: string,
  value: PackageJson,
  files: readonly string[],
  mizan: string | undefined,
): Server {
  const nextApp = files.some((path) => path.startsWith('src/app/')) ? 'src/app' : 'app';
  return {
    title: `Next ${majorOf(value, 'next') ?? ''}`.trim(),
    folder: nextApp === 'src/app' ? 'src/server' : 'server',
    app: undefined,
    mizan,
    nextApp: root && nextApp,
    port: undefined,
  };
}

/** `listen(3000)`, `port: 3000`, `PORT ?? 3000`: the first number that looks like one. */
function portOf(text: string): number | undefined {
  const port = /\b(?:listen\(\s*|port:\s*|PORT\s*(?:\?\?|\|\|)\s*)['"]?(\d{2,5})\b/.exec(text)?.[1];
  return port === undefined ? undefined : Number(port);
}

async function firstFolder(root: string): Promise<string> {
  for (const folder of FOLDERS.slice(0, 3)) {
    if (await readdir(join(root, folder)).catch(() => undefined)) return folder;
  }
  return 'server';
}

async function sourceFiles(root: string, folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (depth > 1 && !entry.name.startsWith('.') && !SKIPPED.has(entry.name)) {
        found.push(...(await sourceFiles(root, path, depth - 1)));
      }
    } else if (/\.(m?[jt]s|tsx)$/.test(entry.name) && !/\.(test|spec|d)\./.test(entry.name)) found.push(path);
  }
  return found;
}

function folderOf(path: string): string {
  const end = path.lastIndexOf('/');
  return end === -1 ? 'server' : path.slice(0, end);
}
