import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCheck } from './check.ts';
import { checkJson } from './json.ts';
import { readJson } from './json-text.ts';
import { findCorpus, readVectors } from './testing/vectors.ts';

interface TextCase {
  id: string;
  text?: string;
  base64?: string;
  ok: boolean;
  out?: unknown;
}

describe('spec/vectors/json/texts', () => {
  it.each(readVectors<TextCase>('json/texts'))('$id', ({ text, base64, ok, out }) => {
    const bytes = base64 === undefined ? new TextEncoder().encode(text) : Buffer.from(base64, 'base64');
    const reading = readJson(bytes);
    if (reading.ok) expect({ ok: true, out: reading.value }).toStrictEqual({ ok, out });
    else expect({ ok: false, said: reading.fault !== '' }).toStrictEqual({ ok, said: true });
  });
});

const corpus = findCorpus('json-test-suite/test_parsing');
const free = new Map(
  readVectors<{ file: string; text: boolean; json: boolean }>('json/suite').map((row) => [row.file, row]),
);

describe.skipIf(corpus === undefined)(
  corpus === undefined ? 'json-test-suite: not run: corpus missing' : 'json-test-suite',
  () => {
    const files = corpus === undefined ? ['not run'] : readdirSync(corpus).sort();
    const check = compileCheck({ kind: 'json' }, [], 'input');

    it('has a verdict of ours for each free text', () => {
      expect(files.filter((file) => file.startsWith('i_'))).toStrictEqual([...free.keys()].sort());
      expect(files).toHaveLength(318);
    });

    it.each(files)('%s', (file) => {
      const reading = readJson(readFileSync(join(corpus ?? '', file)));
      const row = free.get(file);
      expect(reading.ok).toBe(row?.text ?? file.startsWith('y_'));
      if (reading.ok) expect(check(reading.value).ok).toBe(row?.json ?? true);
    });
  },
);

describe('readJson', () => {
  it('never quotes the body in a fault', () => {
    const reading = readJson(new TextEncoder().encode('{"password": hunter2}'));
    expect(reading).toStrictEqual({ ok: false, fault: 'The body is not JSON' });
  });

  it('refuses 10,000 levels without a stack overflow', () => {
    const reading = readJson(new TextEncoder().encode('['.repeat(10_000) + ']'.repeat(10_000)));
    expect(reading).toStrictEqual({ ok: false, fault: 'The body: nested deeper than 64' });
  });

  it('reads what JSON.stringify wrote', () => {
    const value = fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' });
    fc.assert(
      fc.property(value, (given) => {
        const text = JSON.stringify(given);
        expect(readJson(new TextEncoder().encode(text))).toStrictEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });

  it('never throws on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        readJson(bytes);
      }),
    );
  });
});

describe('checkJson', () => {
  it('takes everything that has no wire form as somebody else’s business', () => {
    expect(checkJson(undefined)).toBeUndefined();
    expect(checkJson([1, 'a', null, true, { a: {} }])).toBeUndefined();
  });

  it.each([
    [Number.NaN, 'a number is not finite'],
    [[Number.POSITIVE_INFINITY], 'a number is not finite'],
    [{ a: ['\ud800'] }, 'a text is not valid Unicode'],
    [{ '\udc00': 1 }, 'a key is not valid Unicode'],
  ])('names the fault of %j', (value, fault) => expect(checkJson(value)).toBe(fault));
});
