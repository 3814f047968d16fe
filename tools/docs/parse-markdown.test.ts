import { describe, expect, it } from 'vitest';
import { fileNameOf, findMissingLine, parseBlocks, parseConsole } from './parse-markdown.mjs';

const fence = '```';
const block = (text: string, language = 'ts') => ({ language, words: [], text, line: 1 });

describe('parseBlocks', () => {
  it('finds blocks with their language, words and place, hidden ones too', () => {
    const page = `# Title\n\n${fence}ts\nconst a = 1;\n${fence}\n\n<!-- test\n${fence}console background\n$ node a.mjs\n${fence}\n-->\n`;
    expect(parseBlocks(page)).toEqual([
      { language: 'ts', words: [], text: 'const a = 1;\n', line: 4 },
      { language: 'console', words: ['background'], text: '$ node a.mjs\n', line: 9 },
    ]);
  });

  it('removes the indentation of a block in a list', () => {
    expect(parseBlocks(`1. Do\n\n   ${fence}ts\n   if (a) {\n     b();\n   }\n   ${fence}\n`)[0]?.text).toBe(
      'if (a) {\n  b();\n}\n',
    );
  });

  it('keeps a shorter fence that stands inside', () => {
    expect(parseBlocks(`${fence}${fence}md\n${fence}ts\n${fence}\n${fence}${fence}\n`)).toHaveLength(1);
  });

  it('refuses a block without an end', () => {
    expect(() => parseBlocks(`${fence}ts\nconst a = 1;\n`)).toThrow(/never closed/);
  });
});

describe('fileNameOf', () => {
  it.each([
    ['// server/users.ts\nconst a = 1;\n', 'server/users.ts'],
    ['# app/clients.py\n', 'app/clients.py'],
    ['<!-- index.html -->\n', 'index.html'],
    ['// app/api/[...path]/route.ts\n', 'app/api/[...path]/route.ts'],
    ['// a comment about users.ts\n', undefined],
    ['const a = 1;\n', undefined],
  ])('reads %j as %s', (text, name) => {
    expect(fileNameOf(block(text))).toBe(name);
  });
});

describe('parseConsole', () => {
  it('splits commands from what they print', () => {
    const commands = parseConsole(block('$ npm init -y\n$ npx mizan generate\nmizan: 3 files\n'));
    expect(commands).toEqual([
      { command: 'npm init -y', expected: [], line: 1 },
      { command: 'npx mizan generate', expected: ['mizan: 3 files'], line: 2 },
    ]);
  });

  it('joins a command over two lines', () => {
    expect(parseConsole(block('$ npm install \\\n    zod\n'))[0]?.command).toBe('npm install zod');
  });

  it('refuses output without a command', () => {
    expect(() => parseConsole(block('hello\n'))).toThrow(/starts with a/);
  });
});

describe('findMissingLine', () => {
  it('takes … for any text and any lines, and keeps the order', () => {
    expect(findMissingLine('a 1 ms\nb\nc', ['a … ms', '…', 'c'])).toBeUndefined();
    expect(findMissingLine('c\na', ['a', 'c'])).toBe('c');
    expect(findMissingLine('a (b)', ['a (c)'])).toBe('a (c)');
  });
});
