import { encodeValue, isWellFormed } from '@mizan/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restoreQuery } from './restored-query.ts';

const text = fc.string({ unit: 'grapheme' }).filter(isWellFormed);

describe('a restored query', () => {
  it('is what the client wrote', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z][A-Za-z0-9]{0,8}$/), text), (values) => {
        const written = Object.entries(values)
          .map(([key, value]) => `${key}=${encodeValue(value)}`)
          .join('&');
        const form = new URL(`http://x/?${new URLSearchParams(written)}`).search.slice(1);
        expect(restoreQuery(form)).toBe(written);
      }),
    );
  });

  it.each([
    ['', ''],
    ['%24min=*%2Ce.1&a=1', '$min=*,e.1&a=1'],
    ['$min=e.1', '$min=e.1'],
    ['q=a+b', 'q=a%20b'],
    ['q=%7E*', 'q=~%2A'],
    ['a=1&a=2&', 'a=1&a=2&'],
    ['a', 'a'],
    ['a=%zz', 'a=%zz'],
    ['%ff=1', '%ff=1'],
  ])('of %j is %j', (query, restored) => {
    expect(restoreQuery(query)).toBe(restored);
  });
});
