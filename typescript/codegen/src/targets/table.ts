import type { Target } from '../kernel/target.ts';

/** Every target, by its key in the configuration; each is loaded when it is asked for. */
export const targets: Readonly<Record<string, () => Promise<Target>>> = {
  react: async () => (await import('./react/target.ts')).reactTarget,
  typescript: async () => (await import('./typescript/target.ts')).typescriptTarget,
};
