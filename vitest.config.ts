import { defineConfig } from 'vitest/config';

// Workspace packages resolve to their sources through the `@mizan/source` export condition, so nothing is built first.
const source = '@mizan/source';

export default defineConfig({
  resolve: { conditions: [source, 'module', 'browser', 'development|production'] },
  ssr: {
    resolve: {
      conditions: [source, 'module', 'node', 'development|production'],
      externalConditions: [source, 'node'],
    },
    noExternal: [/^@mizan\//, 'mizan', 'vite-plugin-mizan'],
  },
  test: {
    include: ['{typescript,spec,tools,examples,conformance,bench}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/*.browser.test.*', 'examples/backends/**'],
    environment: 'node',
    setupFiles: ['tools/fixed-seed.ts'],
    // The tests never share a fixed port or file, so the two cores are the only limit.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    passWithNoTests: false,
    unstubGlobals: true,
    restoreMocks: true,
  },
});
