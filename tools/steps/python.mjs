import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheFolder } from '../lib/cache-folder.mjs';
import { summarizePytest } from '../lib/pytest-report.mjs';
import { ensurePythonEnvironment } from '../lib/python-environment.mjs';
import { runCommand } from '../lib/run-command.mjs';
import { readJson } from '../lib/workspaces.mjs';

/**
 * The Python room: format, lint, strict types, and its tests with the vectors, in an environment of its own.
 *
 * @param {{ root: string, update: boolean, say: (line: string) => void }} context
 */
export async function checkPython({ root, update, say }) {
  const folder = join(root, 'python');
  const requirements = join(folder, 'requirements-dev.txt');
  const { programs, version } = await ensurePythonEnvironment({ requirements, say });
  const cache = join(cacheFolder(), 'python');
  /** @param {string} name @param {readonly string[]} args */
  const run = (name, args, { cwd = folder, path = /** @type {string | undefined} */ (undefined) } = {}) =>
    runCommand(join(programs, name), args, {
      cwd,
      timeout: 600_000,
      env: {
        // A library that happens to lie about must not change a verdict.
        PYTHONPATH: path,
        PYTHONDONTWRITEBYTECODE: '1',
        RUFF_CACHE_DIR: join(cache, 'ruff'),
        MYPY_CACHE_DIR: join(cache, 'mypy'),
      },
    });
  const problems = findMetadataProblems(root);
  let passed = problems.length === 0 ? 1 : 0;
  const checks = [
    {
      name: 'ruff',
      args: ['check', ...(update ? ['--fix'] : []), '.', '../examples', '../bench'],
      mend: 'or --update mends some',
    },
    {
      name: 'ruff',
      args: ['format', ...(update ? [] : ['--check']), '.', '../examples', '../bench'],
      mend: '--update mends it',
    },
    { name: 'mypy', args: ['--no-error-summary'], mend: 'by hand' },
  ];
  for (const { name, args, mend } of checks) {
    const result = await run(name, args);
    if (result.code === 0) passed += 1;
    else problems.push(`${name} ${args.join(' ')} (${mend}):\n${result.output.trim().slice(0, 4000)}`);
  }
  for (const example of ['helpdesk-django', 'helpdesk-fastapi']) {
    const cwd = join(root, 'examples', example);
    // The plugin for Django imports the project's settings.
    const path = [cwd, join(root, 'examples', 'helpdesk-python'), join(folder, 'src')].join(delimiter);
    const result = await run('mypy', ['--no-error-summary', '.', '../helpdesk-python'], { cwd, path });
    if (result.code === 0) passed += 1;
    else problems.push(`mypy in examples/${example}:\n${result.output.trim().slice(0, 4000)}`);
  }
  const tests = await run('python', ['-m', 'pytest', '-rfE', '--color=no']);
  const report = summarizePytest(tests.output, tests.code);
  return {
    passed: passed + report.passed,
    failed: problems.length + report.failed,
    skipped: report.skipped,
    problems: [...problems, ...report.problems],
    note: `Python ${version}`,
  };
}

/** The distribution says the project's licence and version, and ships the licence's own text. @param {string} root */
function findMetadataProblems(root) {
  const project = readFileSync(join(root, 'python', 'pyproject.toml'), 'utf8');
  const { version } = readJson(join(root, 'typescript', 'core', 'package.json'));
  const problems = [];
  if (readFileSync(join(root, 'python', 'LICENSE'), 'utf8') !== readFileSync(join(root, 'LICENSE'), 'utf8'))
    problems.push('python/LICENSE differs from LICENSE: cp LICENSE python/LICENSE');
  if (!project.includes('\nlicense = "Elastic-2.0"\n'))
    problems.push('python/pyproject.toml: license is not "Elastic-2.0"');
  if (!project.includes(`\nversion = "${version}"\n`))
    problems.push(`python/pyproject.toml: version is not "${version}", that of the npm packages`);
  return problems;
}
