import { fileURLToPath } from 'node:url';
import { contest } from '../http/contest.mjs';
import { pythonRequests } from '../http/requests.mjs';
import { ensurePython, pythonEnvironment } from '../python/environment.mjs';

const entry = fileURLToPath(new URL('../python/fastapi_server.py', import.meta.url));

/** One validated call over HTTP, served by uvicorn: ours beside a plain FastAPI route. @param {import('../run-bench.mjs').Effort} effort */
export async function measure(effort) {
  const runtime = [...pythonEnvironment(), await ensurePython()];
  return contest({ row: 'fastapi', requests: pythonRequests('bytes'), runtime, entry }, effort);
}
