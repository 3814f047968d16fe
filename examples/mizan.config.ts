import { defineConfig } from 'mizan';

// The frontend is generated from one backend, and serves them all: every backend has this contract.
export default defineConfig({
  backend: { typescript: 'helpdesk-typescript/src/mizan.ts' },
  generate: { react: 'helpdesk-web/src/mizan' },
});
