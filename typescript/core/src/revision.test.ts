import { describe, expect, it } from 'vitest';
import { readVectors } from '../test/read-vectors.ts';
import { formatMin, isMin, type Min, parseMin, reachesMin, revisionForMin } from './min.ts';
import {
  changedAt,
  createRecord,
  formatRevision,
  noteScopes,
  parseRevision,
  type Revision,
} from './revision.ts';

type Step =
  | { note: string[]; now: number; n: number }
  | { changedAt: string; n: number }
  | { last: number }
  | { floor: number };

interface RevisionVectors {
  texts: { text: string; epoch?: string; n?: number }[];
  min: { min: string; epoch: string; changedAt: number; reached: boolean }[];
  answered: { why: string; read: string; min: string; now: number; revision: string }[];
  records: { name: string; epoch: string; created: number; cap: number; steps: Step[] }[];
}

const vectors = readVectors<RevisionVectors>('revisions.json');

describe('texts of revisions', () => {
  it.each(vectors.texts)('$text', ({ text, epoch, n }) => {
    const read = parseRevision(text);
    if (epoch === undefined) return expect(read).toBeUndefined();
    expect(read).toEqual({ epoch, n });
    expect(formatRevision(read as Revision)).toBe(text);
  });
});

describe('$min', () => {
  it.each(vectors.min)('$min at $epoch.$changedAt: $reached', ({ min, epoch, changedAt: n, reached }) => {
    expect(isMin(min)).toBe(true);
    expect(formatMin(parseMin(min) as Min)).toBe(min);
    expect(reachesMin(parseMin(min) as Min, epoch, n)).toBe(reached);
  });

  it.each(vectors.answered)('$why', ({ read, min, now, revision }) => {
    const answer = revisionForMin(parseRevision(read) as Revision, parseMin(min) as Min, now);
    expect(formatRevision(answer)).toBe(revision);
  });

  it('asks for anything when more epochs were told than fit', () => {
    const revisions = Array.from({ length: 9 }, (_, at) => ({ epoch: `e${at}`, n: at }));
    expect(formatMin({ any: false, revisions })).toBe('*');
    expect(formatMin({ any: true, revisions: revisions.slice(0, 8) })).toBe('*');
    expect(formatMin({ any: false, revisions: revisions.slice(0, 8) }).split(',')).toHaveLength(8);
    expect(formatMin({ any: true, revisions: revisions.slice(0, 2) })).toBe('*,e0.0,e1.1');
  });
});

describe('the record', () => {
  it.each(vectors.records)('$name', ({ epoch, created, cap, steps }) => {
    const record = createRecord(epoch, created);
    for (const step of steps) {
      if ('note' in step) expect(noteScopes(record, step.note, step.now, cap)).toBe(step.n);
      else if ('changedAt' in step) expect(changedAt(record, step.changedAt)).toBe(step.n);
      else if ('last' in step) expect(record.last).toBe(step.last);
      else expect(record.floor).toBe(step.floor);
    }
    expect(record.scopes.size).toBeLessThanOrEqual(cap);
  });
});
