import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { buildPythonDistribution } from '../lib/python-distribution.mjs';
import { runCommand } from '../lib/run-command.mjs';
import { listTrackedFiles } from '../lib/tracked-files.mjs';

/** What a user does first: everything is there, typed, and each extra answers its own command. */
const firstUse = `
import importlib.metadata, importlib.resources, pkgutil, subprocess, sys
import mizan
assert importlib.resources.files("mizan").joinpath("py.typed").is_file(), "py.typed is missing"
for module in pkgutil.walk_packages(mizan.__path__, "mizan."):
    if not module.name.endswith("__main__") and ".management." not in module.name: __import__(module.name)
print(importlib.metadata.version("mizan"))
`;

/**
 * Wheel and sdist are complete, and each installs with its extras into a clean environment and works there.
 *
 * @param {{ root: string, say: (line: string) => void }} context
 */
export async function checkPythonPackages({ root, say }) {
  const { wheel, sdist, python, constraints } = await buildPythonDistribution(root, say);
  const problems = await findMissingModules(root, python, wheel);
  let passed = problems.length === 0 ? 1 : 0;
  for (const file of [wheel, sdist]) {
    const folder = mkdtempSync(join(tmpdir(), 'mizan-venv-'));
    const inside = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin', 'python');
    /** @type {[what: string, program: string, args: string[]][]} */
    const steps = [
      ['python -m venv', python, ['-m', 'venv', folder]],
      [
        'pip install',
        inside,
        [
          '-m',
          'pip',
          'install',
          '--quiet',
          '--disable-pip-version-check',
          '--constraint',
          constraints,
          `${file}[django,fastapi]`,
        ],
      ],
      ['pip check', inside, ['-m', 'pip', 'check']],
      ['the first use', inside, ['-W', 'error', '-c', firstUse]],
    ];
    const failure = await firstFailure(steps, folder);
    if (failure === undefined) passed += 1;
    else problems.push(`${basename(file)}: ${failure}`);
    rmSync(folder, { recursive: true, force: true });
  }
  return { passed, problems, note: [wheel, sdist].map((file) => basename(file)).join(', ') };
}

/** @param {[what: string, program: string, args: string[]][]} steps @param {string} cwd */
async function firstFailure(steps, cwd) {
  for (const [what, program, args] of steps) {
    const env = { PYTHONPATH: undefined };
    const result = await runCommand(program, args, { cwd, env, timeout: 300_000 });
    if (result.code !== 0)
      return `${what} failed:\n${result.output.trim().split('\n').slice(-15).join('\n')}`;
  }
  return undefined;
}

/** Every module of the sources, the licence, and nothing of the tests. @param {string} root @param {string} python @param {string} wheel */
async function findMissingModules(root, python, wheel) {
  const listed = await runCommand(python, ['-m', 'zipfile', '--list', wheel]);
  const inWheel = new Set(
    listed.stdout
      .split('\n')
      .slice(1)
      .map((line) => /^(\S+)\s+\d{4}-\d\d-\d\d/.exec(line)?.[1] ?? ''),
  );
  const sources = (await listTrackedFiles(root))
    .filter((path) => path.startsWith('python/src/'))
    .map((path) => path.slice('python/src/'.length));
  const strange = [...inWheel].filter((path) => /(^|\/)(tests?|testees)\//.test(path));
  return [
    ...sources.filter((path) => !inWheel.has(path)).map((path) => `the wheel lacks ${path}`),
    ...strange.map((path) => `the wheel holds ${path}, which users do not need`),
    ...([...inWheel].some((path) => path.endsWith('licenses/LICENSE')) ? [] : ['the wheel lacks LICENSE']),
  ];
}
