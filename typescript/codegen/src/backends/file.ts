import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Sources } from '@mizan/core';
import { contractId } from '@mizan/core/hash';
import { Mend } from '../mend.ts';
import type { BackendKind } from './backend.ts';
import { readContract } from './read-contract.ts';

/** `backend: { file }`: a contract that was exported before. Needs no server and no network. */
export const fileBackend: BackendKind = {
  key: 'file',
  value: 'a contract file',
  async load({ root, value }) {
    const path = resolve(root, value);
    const [text, sources] = await Promise.all([readText(path, value), readSources(sourcesPath(path))]);
    const contract = readContract(text, value, [path]);
    return { contract, id: contractId(contract), sources, files: [path, sourcesPath(path)] };
  },
};

/** `contract.kdl` has its places in the source beside it, in `contract.sources.json`. */
export function sourcesPath(path: string): string {
  return path.replace(/(\.kdl)?$/, '.sources.json');
}

async function readText(path: string, shown: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Mend('this contract file cannot be read', {
      where: shown,
      detail: error instanceof Error ? error.message : String(error),
      mend: 'Write it with: npx mizan contract --output contract.kdl',
      files: [path],
      cause: error,
    });
  }
}

async function readSources(path: string): Promise<Partial<Sources>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return {};
  }
  try {
    return JSON.parse(text) as Partial<Sources>;
  } catch (error) {
    throw new Mend('this file is not JSON', {
      where: path,
      mend: 'Export it again beside its contract, or delete it: only links into the source hang on it.',
      cause: error,
    });
  }
}
