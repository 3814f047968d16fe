import { contest } from '../http/contest.mjs';
import { bundleRequests } from '../http/requests.mjs';

/** Three reads for one screen in one request. @param {import('../run-bench.mjs').Effort} effort */
export async function measure(effort) {
  return contest({ row: 'bundle', requests: await bundleRequests() }, effort);
}
