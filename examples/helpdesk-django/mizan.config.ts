import { defineConfig } from 'mizan';

// The page's client is generated from the TypeScript backend; this one is asked whether it has the same contract.
export default defineConfig({ backend: { django: 'manage.py' }, generate: {} });
