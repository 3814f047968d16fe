import type { Json } from '@mizan/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printDoc } from './doc-comment.ts';
import { printJson, printString } from './literal.ts';
import { compareNatural } from './natural-order.ts';
import { textWidth } from './text-width.ts';

const evaluate = (code: string): unknown => new Function(`'use strict';return (${code});`)();

/** Any sequence of units, lone surrogates and marks that reorder text among them. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc.string({
    unit: fc.constantFrom("'", '"', '\\', '\n', '\r', '\u2028', '\u202e', '*', '/', '@', '$', '{', '`'),
  }),
);

describe('a printed text', () => {
  it('means the same in JavaScript', () => {
    fc.assert(fc.property(anyText, (text) => evaluate(printString(text)) === text));
  });

  it('stands on one line and hides nothing', () => {
    fc.assert(
      fc.property(anyText, (text) => !/[\n\r\u2028\u2029\u202a-\u202e\u2066-\u2069]/.test(printString(text))),
    );
  });

  it('is in the quotes that need fewer escapes', () => {
    expect(printString('plain')).toBe("'plain'");
    expect(printString("it's")).toBe('"it\'s"');
    expect(printString('say "hi"')).toBe('\'say "hi"\'');
    expect(printString('\'"')).toBe("'\\'\"'");
  });
});

describe('a printed JSON value', () => {
  it('means the same in JavaScript, __proto__ included', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(evaluate(printJson(value as Json))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    const hostile = JSON.parse('{"__proto__": {"polluted": true}, "a b": 1}') as Json;
    const back = evaluate(printJson(hostile)) as object;
    expect(Object.keys(back)).toEqual(['__proto__', 'a b']);
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
  });
});

describe('a doc comment', () => {
  it('ends at its end and nowhere before, whatever it says', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (doc, note, deprecated) => {
        const text = printDoc({ doc, note, deprecated, see: { path: doc, line: 1 } });
        expect(text.indexOf('*/')).toBe(text.length - 3);
        expect(evaluate(`${text} 1`)).toBe(1);
      }),
    );
  });

  it('is nothing when there is nothing to say', () => {
    expect(printDoc({})).toBe('');
    expect(printDoc({ doc: '', note: '' })).toBe('');
    expect(printDoc({ doc: ' \n ' })).toBe('');
  });

  it('is of one line or of several', () => {
    expect(printDoc({ doc: 'One.' }, '  ')).toBe('  /** One. */\n');
    expect(printDoc({ note: 'At most 3.' })).toBe('/** At most 3. */\n');
    expect(printDoc({ deprecated: '' })).toBe('/** @deprecated */\n');
    expect(printDoc({ doc: 'One.\n\nTwo.', deprecated: 'Old.' })).toBe(
      '/**\n * One.\n *\n * Two.\n *\n * @deprecated Old.\n */\n',
    );
  });
});

describe('the order of imports', () => {
  it('is an order', () => {
    const name = fc.string({ unit: fc.constantFrom(...'aAbB019_-./'), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        expect(Math.sign(compareNatural(a, b))).toBe(-Math.sign(compareNatural(b, a)) + 0);
        if (compareNatural(a, b) <= 0 && compareNatural(b, c) <= 0)
          expect(compareNatural(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('counts numbers, and puts a capital before its small letter', () => {
    const names = ['b', 'B', 'a10', 'a9', 'A9', 'x_', 'x', 'Profile2', 'Profile_', 'Profile10', 'ProfileA'];
    expect([...names].sort(compareNatural)).toEqual([
      'A9',
      'a9',
      'a10',
      'B',
      'b',
      'Profile_',
      'Profile2',
      'Profile10',
      'ProfileA',
      'x',
      'x_',
    ]);
  });
});

describe('the width of a text', () => {
  it.each([
    ['abc', 3],
    ['é', 1],
    ['e\u0301', 1],
    ['漢字', 4],
    ['한', 2],
    ['😀', 2],
    ['', 0],
  ])('of %j is %i', (text, width) => {
    expect(textWidth(text)).toBe(width);
  });
});
