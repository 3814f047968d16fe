import { type ChildProcess, spawn } from 'node:child_process';
import { Mend } from '../../mend.ts';
import type { Interpreter } from './find-interpreter.ts';

/** What a run of Python left behind. */
export interface PythonRun {
  /** The exit code, or the signal that ended it. */
  ended: number | string;
  stdout: string;
  stderr: string;
  /** It took longer than it may. */
  late: boolean;
}

/** How a run is bounded. */
export interface RunLimits {
  cwd: string;
  signal: AbortSignal;
  /** In milliseconds. */
  timeout: number;
  /** More of its environment. */
  env?: Readonly<Record<string, string>>;
}

/** Runs Python to its end, without input. Nothing that it started outlives it when it is late or no longer wanted. */
export async function runPython(
  { command, shown, why }: Interpreter,
  args: readonly string[],
  { cwd, env, signal, timeout }: RunLimits,
): Promise<PythonRun> {
  signal.throwIfAborted();
  const [program, ...first] = command;
  const child = spawn(program, [...first, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that what `uv run` starts ends with it.
    detached: process.platform !== 'win32',
    windowsHide: true,
    env: {
      ...process.env,
      MIZAN_EXPORT: '1',
      PYTHONIOENCODING: 'utf-8',
      NO_COLOR: '1',
      FORCE_COLOR: undefined,
      PYTHON_COLORS: '0',
      ...env,
    },
  });
  let late = false;
  const stop = () => kill(child);
  const timer = setTimeout(() => {
    late = true;
    stop();
  }, timeout);
  signal.addEventListener('abort', stop, { once: true });
  process.once('exit', stop);
  try {
    const { ended, stderr, stdout } = await collect(child);
    return { ended, stdout, stderr, late };
  } catch (error) {
    throw new Mend('this Python cannot be run', {
      where: shown,
      detail: error instanceof Error ? error.message : String(error),
      mend: `It was chosen because of ${why}. Name another one: backend: { …, python: '.venv/bin/python' }`,
      cause: error,
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    process.off('exit', stop);
    signal.throwIfAborted();
  }
}

async function collect(child: ChildProcess): Promise<Omit<PythonRun, 'late'>> {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
  const ended = await new Promise<number | string>((done, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => done(code ?? signal ?? 'nothing'));
  });
  return { ended, stdout: textOf(out), stderr: textOf(err) };
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8').replaceAll('\r\n', '\n');
}

function kill(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') spawn('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
