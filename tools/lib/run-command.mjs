import { spawn } from 'node:child_process';

/**
 * @typedef {object} CommandResult
 * @property {number} code exit code, or 1 when the program was ended by a signal
 * @property {string} stdout what it wrote to standard output
 * @property {string} stderr what it wrote to standard error
 * @property {string} output both, in the order in which they arrived
 * @property {boolean} timedOut true when it ran longer than `timeout` and was ended
 */

/**
 * Runs one program to its end and collects what it prints; it never throws for a failing program.
 * The whole process group is ended on a time-out, so that nothing stays behind.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, timeout?: number, echo?: boolean, input?: string, onLine?: (line: string) => void }} [options]
 * @returns {Promise<CommandResult>}
 */
export function runCommand(program, args, options = {}) {
  return new Promise((resolve) => {
    const posix = process.platform !== 'win32';
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      detached: posix,
      // npm is a batch file on Windows, which only a shell starts.
      shell: !posix,
    });
    const parts = { stdout: '', stderr: '', output: '' };
    let rest = '';
    /** @param {'stdout' | 'stderr'} name @param {Buffer} chunk */
    const take = (name, chunk) => {
      const text = chunk.toString('utf8');
      parts[name] += text;
      parts.output += text;
      if (options.echo) process.stdout.write(text);
      if (options.onLine) {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) options.onLine(line);
      }
    };
    child.stdout?.on('data', (chunk) => take('stdout', chunk));
    child.stderr?.on('data', (chunk) => take('stderr', chunk));
    if (options.input !== undefined) child.stdin?.end(options.input);

    let timedOut = false;
    const end = () => {
      if (child.pid === undefined) return;
      try {
        if (posix) process.kill(-child.pid, 'SIGKILL');
        else child.kill('SIGKILL');
      } catch {
        // It ended by itself in the meantime.
      }
    };
    const timer = options.timeout
      ? setTimeout(() => {
          timedOut = true;
          end();
        }, options.timeout)
      : undefined;
    const interrupted = () => {
      end();
      process.exit(130);
    };
    // A group of its own does not get the terminal's Ctrl-C, so it is passed on.
    process.once('SIGINT', interrupted);
    process.once('SIGTERM', interrupted);
    /** @param {number} code @param {string} [note] */
    const done = (code, note = '') => {
      clearTimeout(timer);
      process.off('SIGINT', interrupted);
      process.off('SIGTERM', interrupted);
      resolve({ code, timedOut, ...parts, output: parts.output + note });
    };
    child.once('error', (error) => done(127, `${program}: ${error.message}\n`));
    child.once('close', (code) => done(code ?? 1));
  });
}
