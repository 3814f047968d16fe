import { expect, it } from 'vitest';
import { describeDifference } from './describe-difference.mjs';

it('names the lines that were removed and added, and nothing else', () => {
  expect(describeDifference('a\nb\nc\nd', 'a\nc\nx\nd')).toBe('- b\n+ x');
  expect(describeDifference('same', 'same')).toBe('');
});

it('says how much it left out', () => {
  const many = Array.from({ length: 10 }, (_, index) => `line ${index}`).join('\n');
  expect(describeDifference('', many, 3).split('\n').at(-1)).toMatch(/^… and \d+ more lines$/);
});
