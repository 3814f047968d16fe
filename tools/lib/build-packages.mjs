import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compilers, runCompiler } from './compilers.mjs';
import { publishedWorkspaces } from './workspaces.mjs';

/**
 * Compiles every published package into its dist folder, each after those it depends on. A package with a
 * `bundle.mjs` has it run afterwards.
 *
 * @param {string} root
 * @returns {Promise<import('./run-steps.mjs').StepResult>}
 */
export async function buildPackages(root) {
  const workspaces = publishedWorkspaces(root);
  // Declarations of one package are read by the next, so an old one must not be in the way.
  for (const { folder } of workspaces) rmSync(join(root, folder, 'dist'), { recursive: true, force: true });
  const [compiler] = compilers;
  let passed = 0;
  for (const { folder } of workspaces) {
    const result = await runCompiler(root, /** @type {typeof compilers[0]} */ (compiler).path, [
      '-p',
      `${folder}/tsconfig.build.json`,
    ]);
    if (result.code !== 0) {
      return { passed, problems: [`${folder} does not build:\n${result.output.trim().slice(0, 6000)}`] };
    }
    if (existsSync(join(root, folder, 'bundle.mjs')))
      await import(pathToFileURL(join(root, folder, 'bundle.mjs')).href);
    passed += 1;
  }
  return { passed };
}
