import { existsSync, readFileSync } from 'node:fs';

/** Cases that a testee is known to fail, each with the reason: `known-failing/<testee>.txt`. */
export function readKnownFailing(testee: string): Map<string, string> {
  const file = new URL(`../known-failing/${testee}.txt`, import.meta.url);
  const known = new Map<string, string>();
  if (!existsSync(file)) return known;
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const found = /^(\S+)\s+—\s+(\S.*)$/.exec(line);
    if (!found) throw new Error(`known-failing/${testee}.txt:${index + 1}: write "case/id — the reason"`);
    known.set(found[1] as string, found[2] as string);
  }
  return known;
}
