import { describe, expect, it } from 'vitest';
import { changedAt, createRecord, noteScopes } from '../../src/revision.ts';
import { randomOf } from './random.ts';

/** Hit rate of an origin cache when more scopes are written than the table holds; readers are skewed. */
function hitRate(rule: 'equal' | 'as of', cap: number): number {
  const random = randomOf(1);
  const record = createRecord('e', 0);
  const entries = new Map<string, number>();
  let hits = 0;
  let reads = 0;
  for (let i = 0; i < 15_000; i++) {
    if (i % 21 === 0) {
      noteScopes(record, [`user?id=${Math.floor(random() * 2000)}`], 0, cap);
      continue;
    }
    const address = `user?id=${Math.floor(2000 * random() ** 3)}`;
    const changed = changedAt(record, address);
    const entry = entries.get(address);
    reads += 1;
    if (entry !== undefined && (rule === 'equal' ? entry === changed : entry >= changed)) hits += 1;
    else entries.set(address, rule === 'equal' ? changed : record.last);
  }
  return hits / reads;
}

describe('hit rate of a bounded table', () => {
  it.each([50, 100, 200])('an entry keeps the number it read: %i scopes', (cap) => {
    expect(hitRate('as of', cap)).toBeGreaterThan(2 * hitRate('equal', cap));
  });

  it('does not matter when the table holds everything', () => {
    expect(hitRate('as of', 100_000)).toBeCloseTo(hitRate('equal', 100_000), 2);
  });
});
