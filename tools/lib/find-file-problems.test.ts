import { describe, expect, it } from 'vitest';
import { findFileProblems } from './find-file-problems.mjs';

const slash = '/';

describe('findFileProblems', () => {
  it.each([
    ['a machine folder', 'docs/a.md', `see ${slash}root/project`],
    ['a home folder', 'docs/a.md', `see ${slash}home/ada/project`],
    ['a registry host', '.npmrc', `registry=https://registry.${'npmjs'}.org`],
    ['a download address', 'package-lock.json', '"resolved": "https://example.test/a.tgz"'],
    ['a focused test', 'a.test.ts', `it.${'only'}('x', () => {})`],
    ['a switched-off test', 'a.test.ts', `describe.${'skip'}('x', () => {})`],
    ['work left for later', 'a.ts', `// ${'TO'}DO: finish`],
    ['an enum', 'a.ts', 'export enum Color { Red }'],
    ['a name that says nothing', 'typescript/core/src/utils.ts', ''],
    ['a name in camel case', 'typescript/core/src/contractHash.ts', ''],
    ['Windows line ends', 'a.md', 'a\r\nb'],
  ])('refuses %s', (_, path, text) => {
    expect(findFileProblems(path, text)).toHaveLength(1);
  });

  it.each([
    ['a relative path that holds such a word', 'docs/a.md', 'see src/root/project and network/work/a'],
    ['a URL with such a path', 'docs/a.md', 'https://example.test/users/ada'],
    ['an ordinary test', 'a.test.ts', "it('skips what is only optional', () => {})"],
    ['a lock file with versions only', 'package-lock.json', '"version": "1.0.0"'],
    ['a kebab-case name', 'typescript/core/src/contract-hash.ts', 'export const a = 1;\n'],
  ])('lets %s through', (_, path, text) => {
    expect(findFileProblems(path, text)).toEqual([]);
  });

  it('names the line', () => {
    expect(findFileProblems('a.ts', `const a = 1;\n// ${'FIX'}ME\n`)).toEqual([
      expect.stringMatching(/^a\.ts:2 {2}.*left for later/),
    ]);
  });
});
