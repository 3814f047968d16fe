import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePythonEnvironment } from '../../../tools/lib/python-environment.mjs';
import { say } from '../say.mjs';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** The interpreter of an environment with the pins of the Python room and the peers. */
export async function ensurePython() {
  const { programs } = await ensurePythonEnvironment({
    requirements: [
      join(repository, 'python', 'requirements-dev.txt'),
      join(repository, 'bench', 'requirements.txt'),
    ],
    say,
  });
  return join(programs, 'python');
}

/** What a command of Python starts with: where Mizan's sources and the bench's own modules are. */
export function pythonEnvironment() {
  const path = [join(repository, 'python', 'src'), fileURLToPath(new URL('.', import.meta.url))];
  return ['env', `PYTHONPATH=${path.join(delimiter)}`];
}
