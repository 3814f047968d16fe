import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dependsOn, majorOf, type PackageJson, readPackage } from './package-json.ts';

/** A frontend of a project. */
export interface Frontend {
  /** Its folder, relative with `/`; empty for the project's own. */
  folder: string;
  /** `React 19 with Vite (web/)`. */
  title: string;
  react: boolean;
  /** Its Vite configuration, relative with `/`. */
  viteConfig: { path: string; text: string } | undefined;
  /** The folder whose `package.json` names its packages; empty for the project's own. */
  packageFolder: string;
  /** Where the generated client goes, relative with `/`. */
  client: string;
}

const VITE_CONFIGS = ['vite.config.ts', 'vite.config.mts', 'vite.config.js', 'vite.config.mjs'];
const SKIPPED = new Set(['node_modules', 'dist', 'build', 'out', 'target', 'coverage', 'venv']);

/** Finds the frontend: the first folder, the nearest first, that has a Vite configuration, else one with React or Next. */
export async function findFrontend(root: string): Promise<Frontend | undefined> {
  const own = (await readPackage(root))?.value;
  const folders = ['', ...(await subfolders(root, '', 2))];
  for (const folder of folders) {
    for (const name of VITE_CONFIGS) {
      const text = await readFile(join(root, folder, name), 'utf8').catch(() => undefined);
      if (text !== undefined) return describe(root, folder, own, { path: under(folder, name), text });
    }
  }
  for (const folder of folders) {
    const value = (await readPackage(join(root, folder)))?.value;
    if (dependsOn(value, 'react')) return describe(root, folder, own, undefined);
  }
  return undefined;
}

async function describe(
  root: string,
  folder: string,
  own: PackageJson | undefined,
  viteConfig: Frontend['viteConfig'],
): Promise<Frontend> {
  const nested = folder === '' ? undefined : (await readPackage(join(root, folder)))?.value;
  const value = nested ?? own;
  const react = majorOf(value, 'react') ?? majorOf(own, 'react');
  const next = majorOf(value, 'next');
  const library = react === undefined ? 'a frontend' : `React ${react}`;
  const tool = viteConfig ? ' with Vite' : next === undefined ? '' : ` with Next ${next}`;
  const hasSource = (await readdir(join(root, folder)).catch((): string[] => [])).includes('src');
  return {
    folder,
    title: `${library}${tool}${folder === '' ? '' : ` (${folder}/)`}`,
    react: react !== undefined,
    viteConfig,
    packageFolder: nested ? folder : '',
    client: under(folder, hasSource ? 'src/mizan' : 'mizan'),
  };
}

async function subfolders(root: string, folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  const names = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !SKIPPED.has(entry.name))
    .map((entry) => under(folder, entry.name))
    .sort();
  if (depth === 1) return names;
  const deeper = await Promise.all(names.map((name) => subfolders(root, name, depth - 1)));
  return [...names, ...deeper.flat()];
}

function under(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
