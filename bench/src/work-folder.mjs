import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../.cache/', import.meta.url));

/** An empty folder for what a row writes. It lies in bench/, so that programs in it find the peers. @param {string} name */
export function workFolder(name) {
  const folder = `${root}${name}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}
