import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { repositoryRoot, SetupError } from '../install.mjs';
import { runCommand } from '../run-command.mjs';
import { typescriptArguments } from './prepare.mjs';

/**
 * Starts the server, prints its address, and waits until it ends.
 *
 * @param {{
 *   backend: import('./backend.mjs').DemoBackend,
 *   web: string,
 *   options: { host: string, port: number, data?: string | undefined, reset: boolean },
 *   say: { step: (line: string) => void, elapsed: () => string },
 * }} given
 * @returns {Promise<number>} the exit code
 */
export async function serveDemo({ backend, web, options, say }) {
  const database = resolve(options.data ?? join(backend.folder, 'data', 'helpdesk.sqlite'));
  mkdirSync(dirname(database), { recursive: true });
  if (options.reset) for (const end of ['', '-wal', '-shm']) rmSync(database + end, { force: true });
  const seed = `${database}-seed.json`;
  const fresh = !existsSync(database);
  if (fresh) {
    say.step('Writing a few hundred tickets …');
    await writeSeed(seed);
  }
  const { program, args, cwd, env } = backend.command();
  const child = spawn(program, args, {
    cwd,
    env: {
      ...process.env,
      ...env,
      HELPDESK_DATABASE: database,
      HELPDESK_SEED: seed,
      HELPDESK_WEB: web,
      HOST: options.host,
      PORT: String(options.port),
    },
    // A group of its own, so that Ctrl-C reaches it once, from here.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  let listening = false;
  child.stderr.on('data', (chunk) => {
    errors += chunk;
    if (listening) process.stderr.write(chunk);
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const address = /^listening (\S+)$/.exec(line)?.[1];
    if (address === undefined) return;
    listening = true;
    console.log(
      `\n  Helpdesk on ${backend.title} is ready after ${say.elapsed()}:\n\n    ${address}\n\n` +
        `  Tickets ${fresh ? 'are new' : 'are as you left them'} (--reset begins anew). ` +
        'Press D on the page to see what Mizan does.\n  Stop with Ctrl-C.\n',
    );
  });

  const stop = () => child.kill('SIGTERM');
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);
  const code = await new Promise((done) => {
    child.once('error', (error) => {
      errors += error.message;
      done(1);
    });
    child.once('close', (status) => done(status ?? 1));
  });
  process.off('SIGINT', stop);
  process.off('SIGTERM', stop);
  process.off('SIGHUP', stop);
  if (listening) return code;
  throw new SetupError(explainStart(errors, options, backend));
}

/** @param {string} file */
async function writeSeed(file) {
  const script = join(repositoryRoot, 'examples', 'helpdesk-data', 'write-seed.ts');
  const { code, output } = await runCommand(process.execPath, [...typescriptArguments, script, file], {
    cwd: repositoryRoot,
  });
  if (code !== 0) throw new SetupError(`The tickets could not be written:\n${output}`);
}

/** @param {string} errors @param {{ host: string, port: number }} options @param {import('./backend.mjs').DemoBackend} backend */
function explainStart(errors, { host, port }, backend) {
  if (/EADDRINUSE|address already in use|port is already in use/i.test(errors)) {
    return (
      `Port ${port} is taken, perhaps by another demo.\n` +
      `  Stop that one, or take another port: npm run demo -- --port ${port + 1}`
    );
  }
  if (/EACCES|permission denied/i.test(errors) && port < 1024) {
    return `Ports below 1024 need special rights. Take another one: npm run demo -- --port 4646`;
  }
  if (/EADDRNOTAVAIL|ENOTFOUND/.test(errors)) {
    return `${host} is no address of this machine. Leave --host away to listen on this machine only.`;
  }
  const lines = errors.trimEnd().split('\n').slice(-20);
  return (
    `The server on ${backend.title} did not start:\n${lines.map((line) => `    ${line}`).join('\n')}\n` +
    '  A database of an older version may be in the way: npm run demo -- --reset'
  );
}
