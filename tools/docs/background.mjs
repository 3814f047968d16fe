import { spawn } from 'node:child_process';

/**
 * @typedef {object} Background
 * @property {() => string} output
 * @property {() => boolean} ended
 * @property {() => Promise<void>} stop ends the program and all it started
 */

/**
 * Starts a long-running shell command in a process group of its own.
 *
 * @param {string} command
 * @param {{ cwd: string, env: Record<string, string | undefined> }} options
 * @returns {Background}
 */
export function startBackground(command, { cwd, env }) {
  const child = spawn('bash', ['-c', command], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let ended = false;
  const closed = new Promise((resolve) => {
    child.once('close', () => {
      ended = true;
      resolve(undefined);
    });
  });
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const signal = (/** @type {NodeJS.Signals} */ name) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // The group is gone already.
    }
  };
  return {
    output: () => output,
    ended: () => ended,
    stop: async () => {
      signal('SIGTERM');
      const late = setTimeout(() => signal('SIGKILL'), 3000);
      await closed;
      clearTimeout(late);
      signal('SIGKILL');
    },
  };
}
