import { type ChildProcess, spawn } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { repository } from './check-generated.ts';

/** What a run of the command line left behind. */
export interface CliRun {
  code: number;
  stdout: string;
  stderr: string;
}

/** The command line as people run it: bundled as for publishing, in processes of its own. */
export interface CliUnderTest {
  run(args: readonly string[], cwd: string, env?: NodeJS.ProcessEnv): Promise<CliRun>;
  /** Starts it without waiting. */
  start(args: readonly string[], cwd: string, env?: NodeJS.ProcessEnv): ChildProcess;
  remove(): void;
}

/** Bundles the sources once; each run then takes a fraction of what running the sources takes. */
export async function buildCli(): Promise<CliUnderTest> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'mizan-cli-')));
  const source = join(repository, 'typescript/codegen');
  const outdir = join(root, 'dist', 'bundle');
  mkdirSync(outdir, { recursive: true });
  copyFileSync(join(source, 'package.json'), join(root, 'package.json'));
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  await build({
    entryPoints: {
      main: join(source, 'src/cli/main.ts'),
      'typescript-child': join(source, 'src/backends/typescript-child.ts'),
      'loaded-urls': join(source, 'src/backends/loaded-urls.ts'),
    },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    conditions: ['@mizan/source'],
    external: ['@clack/prompts', 'chokidar', 'jiti', 'tsx'],
    logLevel: 'warning',
  });
  const bin = join(root, 'dist', 'bin.js');
  writeFileSync(
    bin,
    "import { main } from './bundle/main.js';\nprocess.exitCode = await main(process.argv.slice(2));\n",
  );
  // Backends in tests import our packages, which are found in their sources.
  const start = (args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}) =>
    spawn(process.execPath, ['--conditions=@mizan/source', bin, ...args], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...env },
    });
  return {
    start,
    run: (args, cwd, env) =>
      new Promise((done, fail) => {
        const child = start(args, cwd, env);
        let stdout = '';
        let stderr = '';
        child.stdout.on('data', (chunk: Buffer) => {
          stdout += chunk;
        });
        child.stderr.on('data', (chunk: Buffer) => {
          stderr += chunk;
        });
        child.once('error', fail);
        child.once('close', (code) => done({ code: code ?? -1, stdout, stderr }));
      }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
