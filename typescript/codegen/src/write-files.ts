import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutputFile } from './kernel/target.ts';

/** What a folder needed to hold exactly the files that were printed. */
export interface Written {
  written: string[];
  unchanged: string[];
  removed: string[];
}

/** What a folder holds compared with what was printed. */
export interface Comparison extends Written {
  /** The files that differ, as printed. */
  changes: OutputFile[];
}

/** How the texts of a target's files are understood. */
export interface FileRules {
  /** Whether a file is ours to remove. */
  mine(text: string): boolean;
  /** Whether a file on disk says what was printed. */
  same(old: string, printed: string): boolean;
}

/**
 * Compares a folder with what was printed, without writing. Files in it that are ours and were not printed again
 * count as removed; all others are left alone.
 */
export async function compareFiles(
  folder: string,
  files: readonly OutputFile[],
  rules: FileRules,
): Promise<Comparison> {
  const result: Comparison = { written: [], unchanged: [], removed: [], changes: [] };
  const present = new Set(await list(folder));
  const printed = new Set(files.map((file) => file.path));
  const texts = await Promise.all(
    files.map((file) => (present.has(file.path) ? read(join(folder, file.path)) : undefined)),
  );
  files.forEach((file, at) => {
    const old = texts[at];
    const same = old !== undefined && rules.same(old, file.text);
    (same ? result.unchanged : result.written).push(file.path);
    if (!same) result.changes.push(file);
  });
  for (const name of present) {
    if (printed.has(name) || !/\.tsx?$/.test(name)) continue;
    const text = await read(join(folder, name));
    if (text !== undefined && rules.mine(text)) result.removed.push(name);
  }
  result.removed.sort();
  return result;
}

/** Brings a folder to what was printed. Each file is written under another name and then renamed: nobody sees half a file. */
export async function writeFiles(folder: string, comparison: Comparison): Promise<void> {
  if (comparison.changes.length > 0) await mkdir(folder, { recursive: true });
  await Promise.all(comparison.changes.map((file) => writeWhole(join(folder, file.path), file.text)));
  await Promise.all(comparison.removed.map((name) => rm(join(folder, name), { force: true })));
}

let count = 0;

/** Replaces a file in one step. Its folder must exist. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}-${count++}.tmp`;
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function read(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}
