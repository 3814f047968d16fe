import { createHash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { cacheFolder } from '../lib/cache-folder.mjs';
import { compilers, mapParallel, runCompiler } from '../lib/compilers.mjs';
import { listTrackedFiles } from '../lib/tracked-files.mjs';

/**
 * Every program type-checks with TypeScript 7 and 6, and every source file belongs to a program.
 *
 * @param {{ root: string }} context
 */
export async function checkTypes({ root }) {
  const tracked = await listTrackedFiles(root);
  const projects = tracked.filter(
    (path) => /(^|\/)tsconfig\.json$/.test(path) && !/(^|\/)fixtures?\//.test(path),
  );
  /** @type {string[]} */
  const problems = [];
  let passed = 0;
  for (const { name, path } of compilers) {
    const results = await mapParallel(projects, (project) =>
      runCompiler(root, path, ['-p', project, ...rememberArguments(root, path, project)]),
    );
    for (const [index, result] of results.entries()) {
      if (result.code === 0) passed += 1;
      else
        problems.push(`${projects[index]} with ${name}:\n${firstLines(relocate(result.output, root), 30)}`);
    }
  }
  const uncovered = await findUncovered(root, projects, tracked);
  problems.push(
    ...uncovered.map((path) => `${path}: belongs to no tsconfig.json, so nobody checks its types`),
  );
  return { passed, problems, note: `${projects.length} programs, two compilers` };
}

/**
 * Lets the slower compiler remember what it checked, outside the repository.
 *
 * @param {string} root
 * @param {string} compiler
 * @param {string} project
 */
function rememberArguments(root, compiler, project) {
  if (compiler.includes('typescript-7')) return [];
  const name = createHash('sha256').update(`${root} ${project}`).digest('hex').slice(0, 16);
  return ['--incremental', '--tsBuildInfoFile', join(cacheFolder(), 'types', `${name}.tsbuildinfo`)];
}

/** @param {string} root @param {readonly string[]} projects @param {readonly string[]} tracked */
async function findUncovered(root, projects, tracked) {
  const [fast] = compilers;
  if (!fast) return [];
  const lists = await mapParallel(projects, (project) =>
    runCompiler(root, fast.path, ['-p', project, '--listFilesOnly']),
  );
  const covered = new Set(
    lists.flatMap((list) =>
      list.stdout
        .split('\n')
        .filter((line) => line.trim() && !line.includes('node_modules'))
        .map((line) => relative(realpathSync(root), line.trim()).split(sep).join('/')),
    ),
  );
  const sources = tracked.filter((path) => /\.tsx?$/.test(path) && !/(^|\/)(fixtures?|dist)\//.test(path));
  return sources.filter((path) => !covered.has(path) && existsSync(join(root, path)));
}

/** @param {string} output @param {string} root */
function relocate(output, root) {
  return output.replaceAll(`${root}/`, '').replaceAll(`${dirname(root)}/`, '../');
}

/** @param {string} text @param {number} count */
function firstLines(text, count) {
  const lines = text.trim().split('\n');
  if (lines.length <= count) return lines.join('\n');
  return [...lines.slice(0, count), `… and ${lines.length - count} more lines`].join('\n');
}
