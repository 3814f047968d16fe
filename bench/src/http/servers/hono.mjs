import { createAdaptorServer } from '@hono/node-server';
import { hono } from '../hono-app.mjs';

/** Hono on its node server. */
export function start() {
  return createAdaptorServer({ fetch: hono.fetch });
}
