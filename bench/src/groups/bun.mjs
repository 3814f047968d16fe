import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { contest } from '../http/contest.mjs';
import { callRequests } from '../http/requests.mjs';
import { say } from '../say.mjs';

const bun = fileURLToPath(new URL(`../../node_modules/@oven/bun-linux-x64/bin/bun`, import.meta.url));
const entry = fileURLToPath(new URL('../http/serve-bun.mjs', import.meta.url));
const contestants = ['limit', 'mizan', 'hono', 'orpc', 'trpc'];

/** One validated call by the fetch handlers on Bun, where its package can be installed. @param {import('../run-bench.mjs').Effort} effort */
export async function measure(effort) {
  if (!existsSync(bun)) {
    say('bun: its package is not for this machine, so nothing is measured');
    return [];
  }
  const all = Object.entries(await callRequests());
  const requests = Object.fromEntries(all.filter(([name]) => contestants.includes(name)));
  return contest({ row: 'call-bun', requests, runtime: [bun, 'run'], entry }, effort);
}
