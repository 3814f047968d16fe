import { zValidator } from '@hono/zod-validator';
import { Hono } from 'hono';
import { update } from './answers.mjs';
import { Args } from './schemas.mjs';

/** Hono with Zod on the input. */
export const hono = new Hono().post('/update', zValidator('json', Args), (c) =>
  c.json(update(c.req.valid('json'))),
);
