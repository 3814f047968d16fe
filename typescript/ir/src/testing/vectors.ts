import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** Reads a file of `spec/vectors` by its path there, without `.json`. */
export function readVectors<Case>(name: string): Case[] {
  return JSON.parse(readFileSync(join(root, 'spec/vectors', `${name}.json`), 'utf8'));
}

/** Reads a page of `spec`. */
export function readPage(path: string): string {
  return readFileSync(join(root, 'spec', path), 'utf8');
}

/** Reads a table of `spec/tables`. */
export function readTable<Row>(name: string): Row[] {
  return JSON.parse(readFileSync(join(root, 'spec/tables', `${name}.json`), 'utf8')).rows;
}

/** The folder of a public corpus, or undefined where it is not at hand. */
export function findCorpus(name: string): string | undefined {
  const folder = join(process.env.MIZAN_CORPORA ?? join(root, '../shared/corpora'), name);
  return existsSync(folder) ? folder : undefined;
}
