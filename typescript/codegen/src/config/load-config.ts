import { access, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Mend } from '../mend.ts';
import { checkConfig } from './check-config.ts';
import { type Config, defineConfig } from './config.ts';

/** Names under which a configuration is looked for. */
const FILES = ['mizan.config.ts', 'mizan.config.mts', 'mizan.config.js', 'mizan.config.mjs'];

/** A configuration and the folder that its paths are relative to. */
export interface LoadedConfig {
  config: Config;
  root: string;
  /** The file it came from; absent when it came from flags only. */
  path?: string;
}

/** The configuration at `file`, else the nearest one in `cwd` or a folder above it; `undefined` when there is none. */
export async function loadConfig(cwd: string, file?: string): Promise<LoadedConfig | undefined> {
  const path = file === undefined ? await findConfig(cwd) : resolve(cwd, file);
  if (path === undefined) return undefined;
  if (!(await exists(path))) throw new Mend('there is no such configuration file', { where: file });
  const value = await importConfig(path);
  return { config: await checkConfig(value, basename(path)), root: dirname(path), path };
}

async function findConfig(from: string): Promise<string | undefined> {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    for (const name of FILES) {
      const path = join(folder, name);
      if (await exists(path)) return path;
    }
    if (folder === dirname(folder)) return undefined;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function importConfig(path: string): Promise<unknown> {
  try {
    if (/\.m?js$/.test(path)) {
      // Whoever follows a project loads its configuration again when that was changed.
      const url = `${pathToFileURL(path).href}?${(await stat(path)).mtimeMs}`;
      return ((await import(url)) as { default?: unknown }).default;
    }
    const { createJiti } = await import('jiti');
    // The configuration names this package for its types only; what it imports need not be installed again.
    const jiti = createJiti(path, {
      fsCache: false,
      moduleCache: false,
      virtualModules: { mizan: { defineConfig } },
    });
    return await jiti.import(path, { default: true });
  } catch (error) {
    throw new Mend('this configuration cannot be loaded', {
      where: basename(path),
      detail: error instanceof Error ? error.message : String(error),
      mend: 'It is a module whose default export is defineConfig({ … }).',
      cause: error,
    });
  }
}
