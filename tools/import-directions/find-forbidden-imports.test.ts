import { describe, expect, it } from 'vitest';
import { findForbiddenImports } from './find-forbidden-imports.mjs';

const manifest = (name: string, more = {}) => ({
  name,
  exports: { '.': { '@mizan/source': './src/index.ts' } },
  ...more,
});
const workspaces = [
  {
    folder: 'typescript/core',
    manifest: manifest('@mizan/core', {
      exports: { '.': { '@mizan/source': './src/index.ts' }, './hash': { '@mizan/source': './src/hash.ts' } },
      devDependencies: { 'structured-headers': '1.0.0' },
    }),
  },
  { folder: 'typescript/ir', manifest: manifest('@mizan/ir', { dependencies: { '@mizan/core': '1.0.0' } }) },
  {
    folder: 'typescript/client',
    manifest: manifest('@mizan/client', { dependencies: { '@mizan/core': '1.0.0' } }),
  },
  {
    folder: 'typescript/codegen',
    manifest: manifest('mizan', { dependencies: { '@mizan/core': '1.0.0', '@mizan/ir': '1.0.0' } }),
  },
  {
    folder: 'typescript/server',
    manifest: manifest('@mizan/server', { dependencies: { '@mizan/core': '1.0.0', '@mizan/ir': '1.0.0' } }),
  },
  { folder: 'conformance', manifest: manifest('@mizan/conformance', { private: true }) },
];

const judge = (path: string, text: string, more: { path: string; text: string }[] = []) =>
  findForbiddenImports([{ path, text }, ...more], workspaces);

describe('directions', () => {
  it.each([
    ['client', 'typescript/client/src/a.ts', "import { compileCheck } from '@mizan/core';"],
    ['a file beside it', 'typescript/client/src/a.ts', "import { b } from './b.ts';"],
    [
      'a subpath that is published',
      'typescript/ir/src/a.ts',
      "import { contractHash } from '@mizan/core/hash';",
    ],
    ['vectors', 'typescript/core/src/a.test.ts', "import cases from '../../../spec/vectors/a.json';"],
    [
      'a module of Node on the server',
      'typescript/server/src/a.ts',
      "import { createServer } from 'node:http';",
    ],
    [
      'react target',
      'typescript/codegen/src/targets/react/a.ts',
      "import { print } from '../typescript/print.ts';",
    ],
    [
      'a target',
      'typescript/codegen/src/targets/typescript/a.ts',
      "import { file } from '../../kernel/file.ts';",
    ],
    [
      'the command line',
      'typescript/codegen/src/commands/a.ts',
      "import { react } from '../targets/react/index.ts';",
    ],
    ['material of the same package', 'typescript/codegen/src/kernel/a.test.ts', "import '../testing/a.ts';"],
    [
      'a test tool in a test',
      'typescript/core/src/a.test.ts',
      "import { parseList } from 'structured-headers';",
    ],
  ])('%s may import what stands below it', (_, path, text) => {
    expect(judge(path, text)).toEqual([]);
  });

  it.each([
    [
      'core',
      'typescript/core/src/a.ts',
      "import { parse } from '@mizan/ir';",
      /core may not import "@mizan\/ir"/,
    ],
    [
      'server',
      'typescript/server/src/a.ts',
      "import { parse } from '@mizan/ir';",
      /server may not import "@mizan\/ir"/,
    ],
    ['types, too', 'typescript/client/src/a.ts', "import type { A } from '@mizan/server';", /may not import/],
    ['a re-export', 'typescript/client/src/a.ts', "export * from '@mizan/ir';", /may not import/],
    [
      'a dynamic import',
      'typescript/client/src/a.ts',
      "const a = await import('@mizan/ir');",
      /may not import/,
    ],
    [
      'the referee',
      'conformance/src/a.ts',
      "import { compileCheck } from '@mizan/core';",
      /a referee that imports/,
    ],
    [
      'the referee by path',
      'conformance/src/a.ts',
      "import '../../typescript/core/src/a.ts';",
      /leaves the room/,
    ],
    [
      'kernel to target',
      'typescript/codegen/src/kernel/a.ts',
      "import '../targets/react/a.ts';",
      /may not import/,
    ],
    [
      'kernel to commands',
      'typescript/codegen/src/kernel/a.ts',
      "import '../commands/a.ts';",
      /may not import/,
    ],
    [
      'target to target',
      'typescript/codegen/src/targets/typescript/a.ts',
      "import '../react/a.ts';",
      /may not import/,
    ],
    [
      'a private file',
      'typescript/ir/src/a.ts',
      "import { a } from '@mizan/core/src/check.ts';",
      /no published entry/,
    ],
    [
      'a path into another package',
      'typescript/ir/src/a.ts',
      "import '../../core/src/a.ts';",
      /leaves the room/,
    ],
    [
      'test material outside tests',
      'typescript/ir/src/a.ts',
      "import '../../core/src/testing/a.ts';",
      /leaves/,
    ],
    [
      'test material of another side',
      'typescript/ir/src/a.test.ts',
      "import '../../client/testing/a.ts';",
      /leaves/,
    ],
    ['an undeclared inner name', 'typescript/client/src/a.ts', "import '#inner';", /no "imports"/],
    ['an undeclared library', 'typescript/client/src/a.ts', "import { z } from 'zod';", /no dependency in/],
    [
      'a test tool outside tests',
      'typescript/core/src/a.ts',
      "import 'structured-headers';",
      /no dependency in/,
    ],
    [
      'a bare module of Node',
      'typescript/server/src/a.ts',
      "import { join } from 'path';",
      /write "node:path"/,
    ],
    ['a file in no room', 'elsewhere/a.ts', '', /stands in no room/],
  ])('refuses %s', (_, path, text, message) => {
    expect(judge(path, text)).toEqual([expect.stringMatching(message)]);
  });

  it('names the line', () => {
    expect(judge('typescript/client/src/a.ts', "\n\nimport '@mizan/ir';")[0]).toMatch(
      /^typescript\/client\/src\/a\.ts:3 /,
    );
  });
});

describe('browser entry points', () => {
  const files = (hash: string) => [
    { path: 'typescript/core/src/b.ts', text: "import { createHash } from 'node:crypto';" },
    { path: 'typescript/core/src/index.ts', text: hash },
    { path: 'typescript/core/src/hash.ts', text: "export * from './b.ts';" },
  ];

  it('may not reach Node, however long the way, and the way is told', () => {
    const problems = judge(
      'typescript/client/src/index.ts',
      "import '@mizan/core';",
      files("export * from './b.ts';"),
    );
    expect(problems).toEqual([
      expect.stringContaining('typescript/core/src/index.ts → typescript/core/src/b.ts'),
      expect.stringContaining(
        'typescript/client/src/index.ts → typescript/core/src/index.ts → typescript/core/src/b.ts',
      ),
    ]);
  });

  it('get the browser form of inner names', () => {
    const imports = { '#a': { '@mizan/source': './src/a.ts', browser: './dist/a.browser.js' } };
    const inner = [{ folder: 'typescript/react', manifest: manifest('@mizan/react', { imports }) }];
    const files = (browser: string) => [
      { path: 'typescript/react/src/index.ts', text: "import '#a';" },
      { path: 'typescript/react/src/a.ts', text: "import 'node:fs';" },
      { path: 'typescript/react/src/a.browser.ts', text: browser },
    ];
    expect(findForbiddenImports(files(''), inner)).toEqual([]);
    expect(findForbiddenImports(files("import 'node:fs';"), inner)).toHaveLength(1);
  });

  it('may share a package with an entry point that does', () => {
    expect(judge('typescript/client/src/index.ts', "import '@mizan/core';", files(''))).toEqual([]);
  });
});
