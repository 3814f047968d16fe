import { hono } from '../hono-app.mjs';

/** Hono with Zod on the input. */
export const handle = hono.fetch;
