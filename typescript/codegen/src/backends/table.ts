import type { BackendKind } from './backend.ts';

/** Every kind of backend, by its key in the configuration; each is loaded when it is asked for. */
export const backends: Readonly<Record<string, () => Promise<BackendKind>>> = {
  file: async () => (await import('./file.ts')).fileBackend,
  typescript: async () => (await import('./typescript.ts')).typescriptBackend,
  url: async () => (await import('./url.ts')).urlBackend,
};
