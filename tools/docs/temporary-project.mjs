import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder outside the repository, so that nothing of ours is found by looking upwards. @param {string} name */
export function createTemporaryProject(name) {
  return mkdtempSync(join(tmpdir(), `mizan-${name}-`));
}

/** @param {string} folder */
export function removeTemporaryProject(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** A port of this machine that nothing listens on at the moment. @returns {Promise<number>} */
export function findFreePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** npm's flags in our runs: quiet, from its cache where it can, and no scripts of packages. */
export const npmFlags = '--no-audit --no-fund --prefer-offline --ignore-scripts --loglevel=error';
