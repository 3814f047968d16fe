import { existsSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import type { WatchedTree } from '../backend.ts';

/** Folders whose source has no part in the contract. */
const SKIPPED = new Set(['__pycache__', 'migrations', 'node_modules', 'site-packages', 'venv']);

/** All Python source of a project; environments, caches, migrations and hidden folders are left out. */
export function pythonTree(folder: string): WatchedTree {
  return {
    folder,
    ignores(path, isFolder) {
      if (path === folder) return false;
      const parts = relative(folder, path).split(sep);
      if (parts.some((part) => part.startsWith('.') || SKIPPED.has(part))) return true;
      // An environment may have any name.
      return isFolder ? existsSync(join(path, 'pyvenv.cfg')) : !basename(path).endsWith('.py');
    },
  };
}
