import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ownVersion } from '../cli/version.ts';
import { Mend } from '../mend.ts';

/** What matters here of a `package.json`. */
export interface PackageJson {
  name?: string;
  type?: string;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** A `package.json` with its own text, so that a change keeps its layout. */
export interface PackageFile {
  value: PackageJson;
  text: string;
}

/** Versions of what `mizan init` asks for. */
const VERSIONS: Readonly<Record<string, string>> = {
  '@types/node': '^20.19.25',
  '@types/react': '^19.0.0',
  '@types/react-dom': '^19.0.0',
  '@vitejs/plugin-react': '^6.0.0',
  react: '^19.0.0',
  'react-dom': '^19.0.0',
  tsx: '^4.23.15',
  typescript: '^6.0.3',
  vite: '^8.3.8',
  zod: '^4.6.0',
};

/** Reads a folder's `package.json`; `undefined` when there is none. */
export async function readPackage(folder: string): Promise<PackageFile | undefined> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return { value: JSON.parse(text) as PackageJson, text };
  } catch (error) {
    throw new Mend('is not JSON', { where: join(folder, 'package.json'), cause: error });
  }
}

/** The major version that a package asks for: 19 of `^19.1.0`; `undefined` when it does not have the dependency. */
export function majorOf(value: PackageJson | undefined, name: string): number | undefined {
  const range = value?.dependencies?.[name] ?? value?.devDependencies?.[name];
  const major = range === undefined ? undefined : /\d+/.exec(range)?.[0];
  return major === undefined ? undefined : Number(major);
}

/** Whether a package depends on another, in whatever version. */
export function dependsOn(value: PackageJson | undefined, name: string): boolean {
  return value?.dependencies?.[name] !== undefined || value?.devDependencies?.[name] !== undefined;
}

/** A `package.json` with more dependencies, or `undefined` when it has them all. What is there keeps its version. */
export function addDependencies(
  file: PackageFile,
  wanted: { dependencies: readonly string[]; devDependencies: readonly string[] },
): { text: string; added: string[] } | undefined {
  const missing = (names: readonly string[]) => names.filter((name) => !dependsOn(file.value, name));
  const [run, dev] = [missing(wanted.dependencies), missing(wanted.devDependencies)];
  if (run.length + dev.length === 0) return undefined;
  const value = { ...file.value };
  if (run.length > 0) value.dependencies = merge(value.dependencies, run);
  if (dev.length > 0) value.devDependencies = merge(value.devDependencies, dev);
  return { text: printLike(file.text, value), added: [...run, ...dev] };
}

/** The version to ask for of a package. */
export function versionOf(name: string): string {
  return VERSIONS[name] ?? `^${ownVersion()}`;
}

function merge(old: Record<string, string> | undefined, names: readonly string[]): Record<string, string> {
  const all = { ...old, ...Object.fromEntries(names.map((name) => [name, versionOf(name)])) };
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** JSON with the indentation and the last line end of another text. */
export function printLike(text: string, value: unknown): string {
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  return JSON.stringify(value, null, indent) + (text.endsWith('\n') ? '\n' : '');
}
