import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { Mend } from '../mend.ts';

/**
 * Runs a command until it ends or `signal` does, on this terminal, with the project's own programs in its path.
 * Returns its exit code. When `signal` ends, the command is asked to end, and waited for.
 */
export async function runBeside(
  command: readonly string[],
  root: string,
  signal: AbortSignal,
): Promise<number> {
  const [program, ...args] = command as [string, ...string[]];
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter);
  const child = spawn(program, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, PATH: path },
  });
  const stop = () => child.kill('SIGTERM');
  const kill = () => child.kill('SIGKILL');
  signal.addEventListener('abort', stop, { once: true });
  process.once('exit', kill);
  try {
    return await new Promise<number>((done, fail) => {
      child.once('error', (error) => {
        const mend = 'Name a program after --, as in: npx mizan generate --watch -- npm run dev';
        fail(new Mend(`${program} cannot be run`, { detail: error.message, mend, cause: error }));
      });
      child.once('close', (code) => done(code ?? 1));
    });
  } finally {
    signal.removeEventListener('abort', stop);
    process.off('exit', kill);
  }
}
