import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Contract } from '@mizan/core';
import { contractId } from '@mizan/core/hash';
import type { Exported } from './backends/backend.ts';
import { readContract } from './backends/read-contract.ts';
import { type Project, showPath } from './project.ts';
import { writeWhole } from './write-files.ts';

/** A contract that was released, and clients of which are out there. */
export interface Released {
  /** `2026-11-01.kdl`. */
  file: string;
  id: string;
  contract: Contract;
}

/** The file beside the released contracts that servers read. */
export const SUMMARY = 'contracts.json';

/** All released contracts of a folder, oldest first. */
export async function readReleased(folder: string, shown: string): Promise<Released[]> {
  const files = (await list(folder)).filter((name) => name.endsWith('.kdl')).sort(byRelease);
  return Promise.all(
    files.map(async (file) => {
      const contract = readContract(await readFile(join(folder, file), 'utf8'), `${shown}/${file}`);
      return { file, id: contractId(contract), contract };
    }),
  );
}

/**
 * Keeps a contract as released on `date`, in a file of its own; a second one of a day is `2026-11-01-2.kdl`.
 * The same contract is not kept twice in a row.
 */
export async function releaseContract(
  folder: string,
  id: string,
  text: string,
  date: Date,
): Promise<{ path: string; fresh: boolean }> {
  const released = await readReleased(folder, folder);
  const last = released.at(-1);
  if (last?.id === id) return { path: join(folder, last.file), fresh: false };
  const day = date.toISOString().slice(0, 10);
  const taken = new Set(released.map((one) => one.file));
  let file = `${day}.kdl`;
  for (let count = 2; taken.has(file); count++) file = `${day}-${count}.kdl`;
  await mkdir(folder, { recursive: true });
  writeWhole(join(folder, file), text);
  return { path: join(folder, file), fresh: true };
}

/** What `contracts.json` must say: for each released contract, by its hash, the names that changed since so that old clients break. */
export async function summarizeReleased(project: Project, exported: Exported): Promise<string | undefined> {
  if (project.contracts === undefined) return undefined;
  const released = await readReleased(project.contracts, showPath(project.root, project.contracts));
  if (released.length === 0) return undefined;
  const { diffContracts } = await import('@mizan/ir');
  const entries = new Map<string, { changed: string[] }>();
  for (const { contract, id } of released) {
    if (entries.has(id)) continue;
    entries.set(id, {
      changed: id === exported.id ? [] : diffContracts(contract, exported.contract).changed,
    });
  }
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`;
}

/** Brings `contracts.json` to the contract, if there are released ones. Returns whether it was written. */
export async function updateReleased(project: Project, exported: Exported): Promise<boolean> {
  const text = await summarizeReleased(project, exported);
  if (text === undefined) return false;
  const path = join(project.contracts as string, SUMMARY);
  if ((await readFile(path, 'utf8').catch(() => undefined)) === text) return false;
  writeWhole(path, text);
  return true;
}

/** By day, then by number: `2026-11-01.kdl`, `2026-11-01-2.kdl`, `2026-11-01-10.kdl`. */
function byRelease(a: string, b: string): number {
  const [, dayA = a, countA = '1'] = /^(\d{4}-\d\d-\d\d)(?:-(\d+))?\.kdl$/.exec(a) ?? [];
  const [, dayB = b, countB = '1'] = /^(\d{4}-\d\d-\d\d)(?:-(\d+))?\.kdl$/.exec(b) ?? [];
  return dayA < dayB ? -1 : dayA > dayB ? 1 : Number(countA) - Number(countB);
}

async function list(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}
