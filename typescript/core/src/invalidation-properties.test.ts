import fc from 'fast-check';
import { parseList } from 'structured-headers';
import { describe, expect, it } from 'vitest';
import { compileAddress } from './address.ts';
import { covers } from './address-text.ts';
import { isWellFormed } from './code-points.ts';
import { fitHeader } from './fit-header.ts';
import { formatEntry, formatInvalidateHeader, normalizeScopes, parseEntry } from './invalidation.ts';
import { changedAt, createRecord, noteScopes } from './revision.ts';

const contexts = ['inbox', 'user', 'board'].map((name) =>
  compileAddress(
    {
      name,
      params: ['a', 'b', 'c'].map((key) => ({ name: key, type: { kind: 'string' }, optional: true })),
    },
    [],
  ),
);
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }).filter(isWellFormed),
  fc.constantFrom('\r\n', '"', '\\', ',', 'é', '\u0000', '@k3.1', 'x'.repeat(300), '5', '6'),
);
const scope = fc
  .tuple(
    fc.constantFrom(...contexts),
    fc.record({ a: hostile, b: hostile, c: hostile }, { requiredKeys: [] }),
    fc.constantFrom(undefined, 'm', 'n'),
  )
  .map(([context, values, member]) => context.scope(values, member));
const lists = fc
  .array(scope, { maxLength: 60 })
  .map((scopes) =>
    normalizeScopes(scopes).map((one) =>
      formatEntry(one, { epoch: 'abcdefghijkl', n: 1_800_000_000_000 + one.charCodeAt(0) }),
    ),
  );
const budget = fc.integer({ min: 3, max: 2000 });

const scopesOf = (entries: readonly string[]) => entries.map((entry) => parseEntry(entry)?.scope as string);

describe('the header', () => {
  it('is always read back by an independent parser as the entries', () => {
    fc.assert(
      fc.property(lists, (entries) => {
        const header = formatInvalidateHeader(entries);
        expect(header).toMatch(/^[ -~]*$/);
        expect(parseList(header).map(([item]) => item)).toEqual(entries);
        for (const entry of entries) expect(parseEntry(entry)).toBeDefined();
      }),
      { numRuns: 400 },
    );
  });

  it('holds what fits: broader, never narrower', () => {
    fc.assert(
      fc.property(lists, budget, (entries, limit) => {
        const fitted = fitHeader(entries, limit);
        expect(formatInvalidateHeader(fitted).length).toBeLessThanOrEqual(limit);
        const scopes = scopesOf(fitted);
        for (const one of scopesOf(entries)) expect(scopes.some((wide) => covers(wide, one))).toBe(true);
        expect(fitHeader(fitted, limit)).toEqual(fitted);
        if (formatInvalidateHeader(entries).length <= limit) expect(fitted).toEqual(entries);
      }),
      { numRuns: 400 },
    );
  });
});

describe('entries', () => {
  it('never make the reader throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const entry = parseEntry(text);
        if (entry !== undefined) expect(formatEntry(entry.scope, entry.revision)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a bounded record', () => {
  const step = fc.tuple(fc.array(scope, { minLength: 1, maxLength: 3 }), fc.nat(5));
  it('says as late as one without bounds, or later', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.nat(6), scope, (steps, cap, instance) => {
        const bounded = createRecord('e', 100);
        const whole = createRecord('e', 100);
        let now = 100;
        let last = 100;
        for (const [scopes, passed] of steps) {
          now += passed;
          const n = noteScopes(bounded, scopes, now, cap);
          expect(noteScopes(whole, scopes, now, Number.POSITIVE_INFINITY)).toBe(n);
          expect(n).toBeGreaterThan(last);
          last = n;
          expect(bounded.scopes.size).toBeLessThanOrEqual(cap);
          for (const one of scopes) expect(changedAt(bounded, one)).toBe(n);
        }
        expect(changedAt(bounded, instance)).toBeGreaterThanOrEqual(changedAt(whole, instance));
        expect(changedAt(bounded, instance)).toBeLessThanOrEqual(bounded.last);
      }),
      { numRuns: 200 },
    );
  });
});
