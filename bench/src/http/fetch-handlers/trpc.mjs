import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { router } from '../trpc-router.mjs';

/** tRPC's fetch handler. @param {Request} req */
export function handle(req) {
  return fetchRequestHandler({ endpoint: '', req, router });
}
