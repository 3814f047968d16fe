import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listSurface } from './list-surface.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mizan-surface-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function list(text: string) {
  writeFileSync(join(folder, 'inner.ts'), text);
  writeFileSync(join(folder, 'index.ts'), "export * from './inner.ts';\n");
  return listSurface([{ name: 'pkg', file: join(folder, 'index.ts') }], {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    noEmit: true,
    types: [],
  });
}

describe('listSurface', () => {
  it('lists exports with their kinds, and public members', () => {
    const text = `
      export function read(): void {}
      export const limit = 1;
      export interface Options { url?: string; token(): string }
      export type Name = string;
      export class Store {
        static create() { return new Store(); }
        private hidden = 1;
        #secret = 2;
        size = 0;
        use() { return this.hidden + this.#secret; }
      }
      const inside = 1;
      void inside;
    `;
    expect(list(text)).toBe(
      [
        'pkg',
        '  type Name',
        '  interface Options',
        '    token',
        '    url?',
        '  class Store',
        '    size',
        '    static create',
        '    use',
        '  const limit',
        '  function read',
        '',
      ].join('\n'),
    );
  });

  it('tells a value and a type of one name', () => {
    expect(list('export const Color = 1; export type Color = string;')).toContain('type + const Color');
  });

  it('refuses an entry point that exports nothing', () => {
    expect(() => listSurface([{ name: 'pkg', file: join(folder, 'none.ts') }], { types: [] })).toThrow(
      /exports nothing/,
    );
  });
});
