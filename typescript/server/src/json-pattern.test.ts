import { compilePattern } from '@mizan/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pattern } from './json-pattern.ts';

const read = (source: string) => {
  const reading = pattern(source);
  return 'pattern' in reading ? reading.pattern : undefined;
};

describe('a pattern', () => {
  it.each([
    ['^[a-z]+$', '[a-z]+'],
    ['^\\d{4}$', '[0-9]{4}'],
    ['^[\\w-]+$', '[A-Za-z0-9_-]+'],
    ['^(?:a|b)$', '(a|b)'],
    ['^a+?$', 'a+'],
    ['^a{2,3}?b??$', 'a{2,3}b?'],
    ['^a\\/b$', 'a/b'],
    ['^a\\+?$', 'a\\+?'],
    ['^a\\$$', 'a$'],
    ['^\\$', '$(.|[\\n\\r])*'],
    ['^\\@\\"[\\/]$', '@"[/]'],
    ['^x', 'x(.|[\\n\\r])*'],
    ['x$', '(.|[\\n\\r])*x'],
    ['x', '(.|[\\n\\r])*x(.|[\\n\\r])*'],
    ['^$', ''],
    ['a|b', '(.|[\\n\\r])*(a|b)(.|[\\n\\r])*'],
  ])('%s is %s', (source, expected) => {
    expect(read(source)).toBe(expected);
  });

  it.each([
    '^(?=a)b$',
    '^(a)\\1$',
    '^\\s+$',
    '^\\bword$',
    '^a|b$',
    '^(?<name>a)$',
    '^[^]$',
    'a^b',
    '^\\u0041$',
  ])('%s is refused, with a mend', (source) => {
    const reading = pattern(source);
    expect(reading).toEqual({ problem: expect.stringContaining('no I-Regexp'), mend: expect.any(String) });
  });

  it('that is read takes the same texts', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '[ab]',
      '[^a]',
      '\\d',
      '\\w',
      '(?:a|b)',
      '.',
      'a*',
      '(?:a|b1)',
      'b+',
      'a?',
      'c{1,2}',
      '\\.',
      '[\\d.]',
    );
    const sources = fc
      .tuple(fc.boolean(), fc.array(piece, { minLength: 1, maxLength: 4 }), fc.boolean())
      .map(([start, pieces, end]) => `${start ? '^' : ''}${pieces.join('')}${end ? '$' : ''}`);
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '.', '_', '\n', 'é'), maxLength: 6 });
    fc.assert(
      fc.property(sources, texts, (source, text) => {
        const translated = read(source);
        expect(translated).toBeDefined();
        expect(compilePattern(translated as string).test(text)).toBe(new RegExp(source, 'u').test(text));
      }),
      { numRuns: 2000 },
    );
  });
});
