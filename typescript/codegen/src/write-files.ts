import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputFile } from './kernel/target.ts';

// Synchronous on purpose: a client is many small files, and each promise costs more than the file.

/** What a folder needed to hold exactly the files that were printed. */
export interface Comparison {
  written: string[];
  unchanged: string[];
  removed: string[];
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
export function compareFiles(folder: string, files: readonly OutputFile[], rules: FileRules): Comparison {
  const result: Comparison = { written: [], unchanged: [], removed: [], changes: [] };
  const present = new Set(list(folder));
  const printed = new Set(files.map((file) => file.path));
  for (const file of files) {
    const old = present.has(file.path) ? readText(join(folder, file.path)) : undefined;
    const same = old !== undefined && rules.same(old, file.text);
    (same ? result.unchanged : result.written).push(file.path);
    if (!same) result.changes.push(file);
  }
  for (const name of present) {
    if (printed.has(name) || !/\.tsx?$/.test(name)) continue;
    const text = readText(join(folder, name));
    if (text !== undefined && rules.mine(text)) result.removed.push(name);
  }
  result.removed.sort();
  return result;
}

/** Brings a folder to what was printed. Each file is written under another name and then renamed: nobody sees half a file. */
export function writeFiles(folder: string, comparison: Comparison): void {
  if (comparison.changes.length > 0) mkdirSync(folder, { recursive: true });
  for (const file of comparison.changes) writeWhole(join(folder, file.path), file.text);
  for (const name of comparison.removed) rmSync(join(folder, name), { force: true });
}

let count = 0;

/** Replaces a file in one step. Its folder must exist. */
export function writeWhole(path: string, text: string): void {
  const temporary = `${path}.${process.pid}-${count++}.tmp`;
  try {
    writeFileSync(temporary, text, { flag: 'wx' });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** A file's text, or `undefined` when it cannot be read. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
