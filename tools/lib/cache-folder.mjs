import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';

/** The folder in which the tools keep what may be kept between runs; anyone may empty it. */
export function cacheFolder() {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'mizan');
}

/**
 * Installs a tool that shall not stand among the project's own packages (a second Node, the packaging checks) from
 * the package.json and lock file in `tools/<name>`, once a lock file, and gives the folder of its node_modules.
 *
 * @param {string} root
 * @param {string} name
 * @param {(line: string) => void} say
 */
export async function ensureToolInstalled(root, name, say) {
  const source = join(root, 'tools', name);
  const lock = readFileSync(join(source, 'package-lock.json'));
  const folder = join(
    cacheFolder(),
    `${name}-${createHash('sha256').update(lock).digest('hex').slice(0, 12)}`,
  );
  if (!existsSync(join(folder, 'package-lock.json'))) {
    mkdirSync(folder, { recursive: true });
    for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
      const from = join(file === '.npmrc' ? root : source, file);
      if (existsSync(from)) cpSync(from, join(folder, file));
    }
    // With it there `npm install` runs instead of `npm ci`, which refuses a lock file whose registry lacked some
    // other platform's package.
    mkdirSync(join(folder, 'node_modules'), { recursive: true });
  }
  await ensureInstalled({ folder, say, what: `tools/${name}` });
  return join(folder, 'node_modules');
}
