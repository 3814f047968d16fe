import { parseList } from 'structured-headers';
import { describe, expect, it } from 'vitest';
import { readVectors } from '../test/read-vectors.ts';
import { fitHeader } from './fit-header.ts';
import { formatEntry, formatInvalidateHeader, parseEntry } from './invalidation.ts';
import { formatRevision, parseRevision } from './revision.ts';

interface InvalidationVectors {
  entries: { entry: string; scope?: string; revision?: string | null }[];
  headers: { entries: string[]; header: string }[];
  fitted: { name: string; entries: string[]; budget: number; fitted: string[] }[];
}

const vectors = readVectors<InvalidationVectors>('invalidation.json');

/** Entries as an independent reader of structured fields sees them. */
function readHeader(header: string): unknown[] {
  return parseList(header).map(([item, parameters]) => {
    expect(parameters.size).toBe(0);
    return item;
  });
}

describe('entries', () => {
  it.each(vectors.entries)('$entry', ({ entry, scope, revision }) => {
    const read = parseEntry(entry);
    if (scope === undefined) return expect(read).toBeUndefined();
    expect(read?.scope).toBe(scope);
    expect(read?.revision && formatRevision(read.revision)).toBe(revision);
    expect(formatEntry(scope, revision ? (parseRevision(revision) ?? null) : null)).toBe(entry);
  });
});

describe('the header', () => {
  it.each(vectors.headers)('$header', ({ entries, header }) => {
    expect(formatInvalidateHeader(entries)).toBe(header);
    expect(readHeader(header)).toEqual(entries);
  });
});

describe('a list that is too long', () => {
  it.each(vectors.fitted)('$name', ({ entries, budget, fitted }) => {
    expect(fitHeader(entries, budget)).toEqual(fitted);
    expect(formatInvalidateHeader(fitted).length).toBeLessThanOrEqual(budget);
  });
});
