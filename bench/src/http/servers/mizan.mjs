import { createServer } from 'node:http';
import { mizan } from '../mizan-app.mjs';

/** Mizan on node:http. */
export function start() {
  return createServer(mizan.node);
}
