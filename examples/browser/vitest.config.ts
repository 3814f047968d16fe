import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// A run of its own: these tests need Chromium, and a page that is built once for all of them.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    include: ['src/**/*.browser.test.ts'],
    globalSetup: ['src/harness/build-page.ts'],
    environment: 'node',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    passWithNoTests: false,
  },
});
