import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readVectors } from './testing/vectors.ts';

const spec = new URL('../../../spec/', import.meta.url);
const folders = ['values', 'json', 'names', 'errors'];

const clausesOf = (page: string) =>
  Array.from(
    readFileSync(new URL(`protocol/${page}.md`, spec), 'utf8').matchAll(/^\*\*([A-Z]+-\d+)\*\*/gm),
    (match) => match[1] as string,
  );

const vectors = folders.flatMap((folder) =>
  readdirSync(new URL(`vectors/${folder}/`, spec)).flatMap((file) =>
    readVectors<{ id?: string; clause: string }>(`${folder}/${file.replace('.json', '')}`),
  ),
);

/** Clauses about what pure input and verdict cannot show; tests beside the code prove them, or the suite. */
const withoutVector = {
  values: ['VAL-2', 'VAL-3', 'VAL-4', 'VAL-5', 'VAL-6', 'VAL-35', 'VAL-36', 'VAL-86'],
  names: ['NAME-4', 'NAME-5', 'NAME-8', 'NAME-9', 'NAME-10'],
  errors: ['ERR-1', 'ERR-3', 'ERR-4', 'ERR-5', 'ERR-15', 'ERR-21', 'ERR-22', 'ERR-23', 'ERR-24'],
};

describe.each(['values', 'names', 'errors'] as const)('spec/protocol/%s', (page) => {
  const clauses = clausesOf(page);

  it('gives no id twice', () => {
    expect(clauses.length).toBeGreaterThan(5);
    expect(new Set(clauses).size).toBe(clauses.length);
  });

  it('has a vector for every clause that one can prove', () => {
    const proved = new Set(vectors.map(({ clause }) => clause));
    expect(clauses.filter((clause) => !proved.has(clause))).toStrictEqual(withoutVector[page]);
  });
});

describe('spec/vectors', () => {
  it('stand for clauses that exist', () => {
    const known = new Set(['values', 'names', 'errors'].flatMap(clausesOf));
    expect(vectors.filter(({ clause }) => !known.has(clause))).toStrictEqual([]);
  });

  it('have ids of their own', () => {
    const ids = vectors.flatMap(({ id }) => id ?? []);
    expect(ids.length).toBeGreaterThan(1_200);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toStrictEqual([]);
  });
});
