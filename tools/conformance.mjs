// Runs the referee: installs what is missing, then passes its arguments on. See `npm run conformance -- --help`.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, repositoryRoot, runMain } from './lib/install.mjs';
import { environmentForTestees } from './lib/testee-python.mjs';

runMain(async () => {
  await ensureInstalled();
  const main = join(repositoryRoot, 'conformance', 'src', 'main.ts');
  const own = process.argv.slice(2);
  const say = (/** @type {string} */ line) => console.error(line);
  const env = { ...process.env, ...(await environmentForTestees({ root: repositoryRoot, args: own, say })) };
  const args = ['--conditions=@mizan/source', '--import', 'tsx', main, ...own];
  const child = spawn(process.execPath, args, { cwd: repositoryRoot, stdio: 'inherit', env });
  return await new Promise((resolve) => {
    child.once('close', (code) => resolve(code ?? 1));
  });
});
