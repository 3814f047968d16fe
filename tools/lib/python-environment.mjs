import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.mjs';
import { SetupError } from './install.mjs';
import { runCommand } from './run-command.mjs';
import { withLock } from './with-lock.mjs';

const oldestPython = [3, 11];
const names = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11'];

/**
 * The first Python on this machine that is new enough and can make environments; `MIZAN_PYTHON` names another one.
 * Throws a `SetupError` that says what to do where there is none.
 *
 * @returns {Promise<{ program: string, version: string }>}
 */
export async function findPython() {
  const wanted = process.env.MIZAN_PYTHON;
  const found = [];
  for (const program of wanted ? [wanted] : names) {
    const script = 'import platform, ensurepip, venv; print(platform.python_version())';
    const run = await runCommand(program, ['-c', script], { timeout: 30_000 });
    if (run.code === 127) continue;
    if (run.code !== 0) {
      found.push(`${program} cannot make environments (its venv or ensurepip is missing)`);
      continue;
    }
    const version = run.stdout.trim();
    const [major = 0, minor = 0] = version.split('.').map(Number);
    const [needMajor = 0, needMinor = 0] = oldestPython;
    if (major > needMajor || (major === needMajor && minor >= needMinor)) return { program, version };
    found.push(`${program} is ${version}`);
  }
  throw new SetupError(
    `Mizan's Python backends need Python ${oldestPython.join('.')} or newer with venv: ${found.join('; ') || 'there is none'}.\n` +
      '  As root on Debian or Ubuntu: apt-get install python3 python3-venv\n' +
      '  Elsewhere: https://www.python.org/downloads/, and MIZAN_PYTHON=/path/to/python3 names one that is not on the path.\n' +
      '  What needs no Python: npm test -- --only checks,build,pack',
  );
}

/**
 * An environment with what `requirements` pin, made once in the cache folder for each content of them and each Python;
 * gives the folder of its programs.
 *
 * @param {{ requirements: string | readonly string[], say: (line: string) => void }} options
 */
export async function ensurePythonEnvironment({ requirements, say }) {
  const { program, version } = await findPython();
  const files = [requirements].flat();
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  const key = hash.update(version).digest('hex').slice(0, 12);
  const folder = join(cacheFolder(), `venv-${key}`);
  const programs = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin');
  const ready = join(folder, 'ready');
  if (existsSync(ready)) return { programs, version };
  mkdirSync(cacheFolder(), { recursive: true });
  await withLock(`${folder}.lock`, say, async () => {
    // Another program may have made it meanwhile.
    if (!existsSync(ready)) await makeEnvironment({ program, version, folder, programs, files, say });
  });
  return { programs, version };
}

/** @param {{ program: string, version: string, folder: string, programs: string, files: readonly string[], say: (line: string) => void }} what */
async function makeEnvironment({ program, version, folder, programs, files, say }) {
  say(`Installing Python packages (Python ${version}) …`);
  // What an interrupted run left behind is not repaired.
  rmSync(folder, { recursive: true, force: true });
  const python = join(programs, 'python');
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps'];
  const steps = [
    { what: 'python -m venv', run: () => runCommand(program, ['-m', 'venv', folder], { timeout: 120_000 }) },
    {
      what: 'pip install',
      run: () =>
        runCommand(python, [...install, ...files.flatMap((file) => ['--requirement', file])], {
          timeout: 600_000,
        }),
    },
    { what: 'pip check', run: () => runCommand(python, ['-m', 'pip', 'check'], { timeout: 60_000 }) },
  ];
  for (const { what, run } of steps) {
    const result = await run();
    if (result.code !== 0) {
      throw new SetupError(
        `${what} failed:\n${result.output.trim().split('\n').slice(-12).join('\n')}\n` +
          '  Check the network and the package index that `pip config list` names, then run the same command again.',
      );
    }
  }
  writeFileSync(join(folder, 'ready'), `${version}\n`);
}
