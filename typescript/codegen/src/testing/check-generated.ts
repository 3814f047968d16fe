import { execFile } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OutputFile } from '../kernel/target.ts';

/** The repository's root. */
export const repository = fileURLToPath(new URL('../../../..', import.meta.url));

/** Every compiler setting that finds something in code. */
const strictest = {
  target: 'ES2023',
  lib: ['ES2023', 'DOM'],
  module: 'NodeNext',
  moduleResolution: 'NodeNext',
  customConditions: ['@mizan/source'],
  jsx: 'react-jsx',
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  isolatedDeclarations: true,
  declaration: true,
  erasableSyntaxOnly: true,
  allowImportingTsExtensions: true,
  noEmit: true,
  skipLibCheck: true,
};

/** A folder of its own that resolves packages as the repository does. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mizan-codegen-')));
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{ "name": "temporary", "private": true, "type": "module" }\n');
  return folder;
}

/** Writes generated files below a folder. */
export function writeGenerated(folder: string, files: readonly OutputFile[]): void {
  for (const file of files) {
    const path = join(folder, file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.text);
  }
}

/** What formatter and linter have to say about a folder under the repository's own settings; empty when nothing. */
export async function lintGenerated(folder: string): Promise<string> {
  const config = {
    files: { includes: ['**/*.ts'] },
    formatter: { indentStyle: 'space', indentWidth: 2, lineWidth: 110 },
    javascript: { formatter: { quoteStyle: 'single' } },
    assist: { actions: { source: { organizeImports: 'on' } } },
  };
  const settings = mkdtempSync(join(tmpdir(), 'mizan-biome-'));
  writeFileSync(join(settings, 'biome.json'), JSON.stringify(config));
  const biome = join(repository, 'node_modules/@biomejs/biome/bin/biome');
  const flags = [`--config-path=${settings}`, '--error-on-warnings', '--colors=off', '--max-diagnostics=20'];
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const { code, output } = await run(
    process.execPath,
    [biome, 'check', ...flags, ...folders.map((entry) => entry.name)],
    folder,
  );
  rmSync(settings, { recursive: true });
  return code === 0 ? '' : output;
}

/** What a compiler has to say about a folder under the strictest settings; errors of our own packages do not count. */
export async function compileGenerated(
  folder: string,
  compiler: 'typescript' | 'typescript-7',
): Promise<string> {
  const settings = { compilerOptions: strictest, include: ['**/*.ts', '**/*.tsx'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
  return compileProject(folder, compiler);
}

/** The same under the folder's own settings. */
export async function compileProject(
  folder: string,
  compiler: 'typescript' | 'typescript-7',
): Promise<string> {
  const tsc = join(repository, 'node_modules', compiler, 'bin/tsc');
  const flags = ['-p', '.', '--customConditions', '@mizan/source'];
  const { output } = await run(process.execPath, [tsc, ...flags], folder);
  return output
    .split('\n')
    .filter((line) => /error TS\d+/.test(line) && !line.startsWith('..'))
    .join('\n');
}

function run(
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number; output: string }> {
  return new Promise((done) => {
    execFile(program, args, { cwd, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      done({ code: error ? 1 : 0, output: stdout + stderr });
    });
  });
}
