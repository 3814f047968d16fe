import { runVitest } from '../lib/run-vitest.mjs';

/** Unit tests, vectors and models, on this Node. @param {{ root: string }} context */
export function runUnitTests({ root }) {
  return runVitest(root);
}
