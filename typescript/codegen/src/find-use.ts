import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ClientChange } from './client-changes.ts';

/** Most files that are looked through; a hint is not worth more. */
const MOST_FILES = 5000;

/** A line of somebody's code. */
export interface Use {
  path: string;
  line: number;
}

/** Looks through the code around a generated client for what uses a part of it. */
export class UseFinder {
  readonly #folder: string;
  #sources: Promise<Map<string, string>> | undefined;

  /** `folder` is the generated client's; code beside it and below its parent is looked through. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The first line, by path, that seems to use what changed; only in files that import the client. */
  async find(change: ClientChange): Promise<Use | undefined> {
    this.#sources ??= readSources(dirname(this.#folder), this.#folder);
    const word = change.member ?? change.name;
    const pattern =
      change.member === undefined
        ? new RegExp(`\\b${word}\\b`)
        : new RegExp(`\\.${word}\\b|[{,]\\s*${word}\\s*[,:}=]`);
    for (const [path, text] of await this.#sources) {
      if (!pattern.test(text)) continue;
      const line = text
        .split('\n')
        .findIndex((one) => pattern.test(one) && !/^\s*(import|\/\/|\*)/.test(one));
      if (line !== -1) return { path, line: line + 1 };
    }
    return undefined;
  }
}

/** Code that names the client's folder in an import, by path. */
async function readSources(root: string, client: string): Promise<Map<string, string>> {
  const imports = new RegExp(`from\\s+['"][^'"]*\\b${basename(client).replace(/\W/g, '\\$&')}\\b`);
  const found = new Map<string, string>();
  const open = [root];
  let count = 0;
  for (let folder = open.shift(); folder !== undefined && count < MOST_FILES; folder = open.shift()) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (
        entry.name.startsWith('.') ||
        entry.name === 'node_modules' ||
        entry.name === 'dist' ||
        path === client
      )
        continue;
      if (entry.isDirectory()) open.push(path);
      else if (/\.([jt]sx?|mts|vue|svelte)$/.test(entry.name) && ++count < MOST_FILES) {
        const text = await readFile(path, 'utf8').catch(() => '');
        if (imports.test(text)) found.set(path, text);
      }
    }
  }
  return found;
}
