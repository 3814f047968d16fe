import { runVitest } from '../lib/run-vitest.mjs';

/**
 * The server of every backend of the Helpdesk, asked over HTTP.
 *
 * @param {{ root: string }} context
 */
export function runBackendTests({ root }) {
  return runVitest(root, { config: 'examples/backends' });
}
