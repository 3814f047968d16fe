import { fileURLToPath } from 'node:url';
import { contest } from '../http/contest.mjs';
import { callRequests } from '../http/requests.mjs';
import { ensurePython, pythonEnvironment } from '../python/environment.mjs';

const entry = fileURLToPath(new URL('../python/fastapi_server.py', import.meta.url));

/** One validated call over HTTP, served by uvicorn: ours beside a plain FastAPI route. @param {import('../run-bench.mjs').Effort} effort */
export async function measure(effort) {
  const python = await ensurePython();
  const { limit, mizan } = await callRequests();
  const requests = /** @type {Record<string, import('../http/requests.mjs').Wire>} */ ({
    limit,
    mizan,
    bytes: limit,
  });
  return contest({ row: 'fastapi', requests, runtime: [...pythonEnvironment(), python], entry }, effort);
}
