import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// A run of its own: these tests start the server of every backend, with the page that is built once for all of them.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    include: ['src/**/*.test.ts'],
    globalSetup: ['../browser/src/harness/build-page.ts'],
    environment: 'node',
    testTimeout: 60_000,
    hookTimeout: 600_000,
    passWithNoTests: false,
  },
});
