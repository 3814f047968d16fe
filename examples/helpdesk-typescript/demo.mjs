import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));

/**
 * How `npm run demo` starts this backend.
 *
 * @type {import('../../tools/lib/demo/backend.mjs').DemoBackend}
 */
export const backend = {
  title: 'TypeScript (Drizzle, SQLite)',
  folder,
  command: () => ({
    program: process.execPath,
    args: ['--conditions=@mizan/source', '--import', 'tsx', join(folder, 'src', 'main.ts')],
    cwd: folder,
  }),
};
