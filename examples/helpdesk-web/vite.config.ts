import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Inside this repository Mizan's packages resolve to their sources, so that nothing has to be built first.
const conditions = ['@mizan/source', 'module', 'browser', 'development|production'];

export default defineConfig({
  plugins: [react()],
  resolve: { conditions },
  build: { target: 'es2022', sourcemap: true, modulePreload: { polyfill: false } },
});
