import { createServer } from 'node:http';
import express from 'express';
import { update } from '../answers.mjs';
import { Args } from '../schemas.mjs';

/** Express 5 with its JSON parser and Zod. */
export function start() {
  const app = express();
  app.post('/update', express.json(), (req, res) => {
    const parsed = Args.safeParse(req.body);
    if (parsed.success) res.json(update(parsed.data));
    else res.status(400).json({ issues: parsed.error.issues });
  });
  return createServer(app);
}
