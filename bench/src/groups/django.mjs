import { fileURLToPath } from 'node:url';
import { contest } from '../http/contest.mjs';
import { pythonRequests } from '../http/requests.mjs';
import { interleave } from '../process/interleave.mjs';
import { ensurePython, pythonEnvironment } from '../python/environment.mjs';

const entry = fileURLToPath(new URL('../python/django_server.py', import.meta.url));
const inProcess = fileURLToPath(new URL('../python/django_calls.py', import.meta.url));

/**
 * One validated call over HTTP, served by gunicorn, ours beside a plain JSON view; and the same in process, where no
 * server's own work stands on both sides of the ratio.
 *
 * @param {import('../run-bench.mjs').Effort} effort
 */
export async function measure(effort) {
  const runtime = [...pythonEnvironment(), await ensurePython()];
  /** @param {string} name */
  const command = (name) => [...runtime, inProcess, name];
  return [
    ...(await contest({ row: 'django', requests: pythonRequests('ninja'), runtime, entry }, effort)),
    ...(await interleave(
      {
        row: 'path-django',
        size: 'WSGI',
        unit: 'µs',
        contestants: {
          limit: command('limit'),
          mizan: command('mizan'),
          'mizan, a mutation': command('mizan-mutation'),
          ninja: command('ninja'),
        },
      },
      effort,
    )),
  ];
}
