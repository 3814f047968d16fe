import { contest } from '../http/contest.mjs';
import { callRequests } from '../http/requests.mjs';

/** One validated call over HTTP. @param {import('../run-bench.mjs').Effort} effort */
export async function measure(effort) {
  return contest({ row: 'call', requests: await callRequests() }, effort);
}
