import { createAdaptorServer } from '@hono/node-server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { router } from '../trpc-router.mjs';

/** tRPC's fetch handler on Hono's node server. */
export function start() {
  return createAdaptorServer({
    fetch: (req) => fetchRequestHandler({ endpoint: '', req, router }),
  });
}
