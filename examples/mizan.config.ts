import { defineConfig } from 'mizan';

// The frontend is generated from one backend, and serves them all: every backend has this contract.
export default defineConfig({
  backend: { typescript: 'helpdesk-typescript/src/mizan.ts' },
  generate: { react: 'helpdesk-web/src/mizan' },
  // Where `npm run dev` in helpdesk-web sends requests: to the demo, whatever its backend is.
  server: 'http://127.0.0.1:4646',
});
