import { createHTTPServer } from '@trpc/server/adapters/standalone';
import { router } from '../trpc-router.mjs';

/** tRPC on its standalone server. */
export function start() {
  return createHTTPServer({ router });
}
