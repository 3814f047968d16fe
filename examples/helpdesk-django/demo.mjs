import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonServer } from '../../tools/lib/demo/python-server.mjs';

const folder = dirname(fileURLToPath(import.meta.url));

/**
 * How `npm run demo` starts this backend.
 *
 * @type {import('../../tools/lib/demo/backend.mjs').DemoBackend}
 */
export const backend = {
  title: 'Django (its ORM, SQLite)',
  folder,
  ...pythonServer(folder),
};
