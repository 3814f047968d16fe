import type { BackendKind } from './backend.ts';

/** Every kind of backend, by its key in the configuration; each is loaded when it is asked for. */
export const backends: Readonly<Record<string, () => Promise<BackendKind>>> = {
  django: async () => (await import('./python/django.ts')).djangoBackend,
  fastapi: async () => (await import('./python/fastapi.ts')).fastapiBackend,
  file: async () => (await import('./file.ts')).fileBackend,
  typescript: async () => (await import('./typescript.ts')).typescriptBackend,
  url: async () => (await import('./url.ts')).urlBackend,
};

/** What may stand beside a backend's own key in the configuration. */
export const backendOptions: Readonly<Record<string, readonly string[]>> = {
  django: ['python', 'cwd'],
  fastapi: ['python', 'cwd', 'prefix'],
};
