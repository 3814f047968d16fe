import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../', import.meta.url);
const PAGES = ['spec/protocol/', 'spec/ir/'];
const READERS = ['spec', 'conformance', 'typescript', 'examples', 'docs'];
const LEFT_OUT = new Set(['node_modules', 'dist', '.cache']);

/** Clause ids as pages give them: `**ADR-1**` at the start of a paragraph. */
const given = PAGES.flatMap((folder) =>
  readdirSync(new URL(folder, root))
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) =>
      Array.from(
        readFileSync(new URL(folder + file, root), 'utf8').matchAll(/^\*\*([A-Z]+(?:-[A-Z0-9]+)+)\*\*/gm),
        (match) => match[1] as string,
      ),
    ),
);
const prefixes = new Set(given.map((id) => id.slice(0, id.indexOf('-'))));

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(new URL(`${folder}/`, root), { withFileTypes: true })) {
    if (LEFT_OUT.has(entry.name)) continue;
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (/\.(ts|tsx|mjs|md|json)$/.test(entry.name)) yield path;
  }
}

describe('clauses', () => {
  it('have ids of their own', () => {
    expect(given.length).toBeGreaterThan(150);
    expect(given.filter((id, at) => given.indexOf(id) !== at)).toEqual([]);
  });

  it('exist where they are named', () => {
    const known = new Set(given);
    const named = new RegExp(`\\b(?:${[...prefixes].join('|')})(?:-[A-Z]+)*-\\d+\\b`, 'g');
    const missing: string[] = [];
    for (const folder of READERS)
      for (const path of filesBelow(folder))
        for (const [id] of readFileSync(new URL(path, root), 'utf8').matchAll(named))
          if (!known.has(id)) missing.push(`${path}: ${id}`);
    expect(missing).toEqual([]);
  });
});
