import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');
const strict = [
  '--ignoreConfig',
  '--noEmit',
  '--strict',
  '--exactOptionalPropertyTypes',
  '--noUncheckedIndexedAccess',
  '--skipLibCheck',
  '--allowImportingTsExtensions',
  ...['--target', 'ES2023', '--module', 'NodeNext', '--types', 'node'],
  ...['--typeRoots', join(root, 'node_modules/@types')],
  ...['--lib', 'ES2023,DOM,DOM.Iterable,ESNext.Decorators'],
];

function compile(compiler: string, ...args: string[]): string {
  const program = join(root, 'node_modules', compiler, 'bin/tsc');
  return spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' }).stdout;
}

/** The declarations as they are published, and a file that imports them and nothing else. */
function publishedTypes(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mizan-types-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['core', 'server']) {
    const into = join(folder, 'node_modules/@mizan', name);
    mkdirSync(into, { recursive: true });
    cpSync(join(root, 'typescript', name, 'package.json'), join(into, 'package.json'));
    const project = join(root, 'typescript', name, 'tsconfig.build.json');
    const out = ['--outDir', join(into, 'dist'), '--emitDeclarationOnly', '--sourceMap', 'false'];
    compile('typescript-7', '-p', project, '--customConditions', '@mizan/source', ...out);
  }
  symlinkSync(join(root, 'node_modules/@standard-schema'), join(folder, 'node_modules/@standard-schema'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    join(folder, 'import-only.ts'),
    "import { client } from '@mizan/server';\nexport const ping = client(() => {});\n",
  );
  return join(folder, 'import-only.ts');
}

describe.each(['typescript', 'typescript-7'])('%s', (compiler) => {
  it('accepts what is right and refuses what is wrong', () => {
    const file = join(here, 'testing/types/server-types.ts');
    expect(compile(compiler, ...strict, '--customConditions', '@mizan/source', file)).toBe('');
  }, 180_000);

  it('imports the package for few instantiations', () => {
    const said = compile(compiler, ...strict, '--extendedDiagnostics', publishedTypes());
    const count = Number(/Instantiations:\s+(\d+)/.exec(said)?.[1]);
    expect(said).not.toContain('error TS');
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(1000);
  }, 180_000);
});
