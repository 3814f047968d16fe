import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePythonEnvironment } from './python-environment.mjs';

/**
 * What the referee's environment needs so that `python` in a command of `conformance/testees.json` is the interpreter
 * with our pins: nothing when no chosen testee is written in Python, or `MIZAN_TESTEE_PYTHON` names one already.
 *
 * @param {{ root: string, args: readonly string[], say: (line: string) => void }} options
 * @returns {Promise<Record<string, string>>}
 */
export async function environmentForTestees({ root, args, say }) {
  if (process.env.MIZAN_TESTEE_PYTHON || args.includes('--help') || args.includes('--check')) return {};
  const text = readFileSync(join(root, 'conformance', 'testees.json'), 'utf8');
  const rows = /** @type {{ name: string, command: string[] }[]} */ (JSON.parse(text));
  const chosen = chosenTestees(args);
  const needed = rows.some(
    ({ name, command }) => command[0] === 'python' && (chosen.length === 0 || chosen.includes(name)),
  );
  if (!needed) return {};
  const requirements = join(root, 'python', 'requirements-dev.txt');
  const { programs } = await ensurePythonEnvironment({ requirements, say });
  return { MIZAN_TESTEE_PYTHON: join(programs, 'python') };
}

/** The names after `--testee`. @param {readonly string[]} args */
export function chosenTestees(args) {
  return args.flatMap((arg, at) => {
    if (arg.startsWith('--testee=')) return [arg.slice('--testee='.length)];
    return arg === '--testee' ? args.slice(at + 1, at + 2) : [];
  });
}
