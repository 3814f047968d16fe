import { fileURLToPath } from 'node:url';
import { interleave } from '../process/interleave.mjs';
import { ensurePython, pythonEnvironment } from '../python/environment.mjs';

const file = fileURLToPath(new URL('../python/django_calls.py', import.meta.url));

/**
 * One validated call through Django's WSGI handler, in process, so that no server's own work stands on both sides of
 * the ratio.
 *
 * @param {import('../run-bench.mjs').Effort} effort
 */
export async function measure(effort) {
  const python = await ensurePython();
  /** @param {string} name */
  const command = (name) => [...pythonEnvironment(), python, file, name];
  return interleave(
    {
      row: 'django',
      size: 'WSGI',
      unit: '/s',
      contestants: {
        limit: command('limit'),
        mizan: command('mizan'),
        'mizan, a mutation': command('mizan-mutation'),
        ninja: command('ninja'),
      },
    },
    effort,
  );
}
