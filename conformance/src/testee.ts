import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import { within } from './deadline.ts';
import { HttpDriver } from './drivers/http.ts';
import { IpcDriver } from './drivers/ipc.ts';
import type { Driver } from './outcome.ts';

/** How a testee is started: a row of `conformance/testees.json`. */
export interface TesteeSpec {
  name: string;
  adapter: string;
  transport: 'http' | 'ipc';
  /** Program and arguments, run in the project's root; the program `python` is `MIZAN_TESTEE_PYTHON`. */
  command: string[];
  /** The host's command that prints the contract without starting the server. */
  export?: string[];
  env?: Record<string, string>;
  /** The part of a differential run, its first, that a slow testee takes part in; all of it when absent. */
  share?: number;
}

/** The line that a testee reads first (`conformance/app/README.md`). */
export interface Settings {
  transaction: 'atomic' | 'none';
  development: boolean;
  contracts: Record<string, { changed: string[] }> | null;
  epoch: string | null;
  limits: Record<string, number>;
  mistakes?: string[];
}

export const defaultSettings: Settings = {
  transaction: 'atomic',
  development: false,
  contracts: null,
  epoch: 'k3',
  limits: {},
};

/** The cache secret of every run: it protects nothing. */
export const testSecret = 'conformance-secret-of-32-bytes-or-more';

/** How long a testee may take, in milliseconds. */
const patience = { start: 30_000, stop: 5_000 };
/** The project's root, where testees are started. */
export const root: string = new URL('../..', import.meta.url).pathname;

/** A testee that refused to start, crashed, lied in its handshake, hung, or left a process behind. */
export class TesteeError extends Error {
  readonly how: 'refused' | 'crashed' | 'garbled' | 'hung' | 'missing' | 'lingered';
  constructor(how: TesteeError['how'], message: string) {
    super(message);
    this.name = 'TesteeError';
    this.how = how;
  }
}

/** A running testee with a driver that reaches it. */
export interface Testee {
  readonly spec: TesteeSpec;
  readonly driver: Driver;
  /** What it wrote to standard error so far, the last 64 kB. */
  log(): string;
  /** Its process id. */
  readonly pid: number;
  /** Resolves when the process has ended, with how it ended. */
  readonly ended: Promise<string>;
  /** Closes its standard input and waits; kills the whole process group when it lingers. */
  stop(): Promise<void>;
}

/** Reads `testees.json`. */
export function readTestees(): TesteeSpec[] {
  return JSON.parse(readFileSync(new URL('../testees.json', import.meta.url), 'utf8')) as TesteeSpec[];
}

/** The program of a command and its arguments. Throws `TesteeError` where no Python is named. */
export function readCommand(command: readonly string[], name: string): [program: string, args: string[]] {
  const [program, ...args] = command;
  if (!program) throw new TesteeError('missing', `${name} has no command`);
  if (program !== 'python') return [program, args];
  const python = process.env.MIZAN_TESTEE_PYTHON;
  if (!python)
    throw new TesteeError(
      'missing',
      `${name} needs a Python: run it through npm run conformance, or name one in MIZAN_TESTEE_PYTHON`,
    );
  return [python, args];
}

/** Starts a testee and waits for its handshake. Throws `TesteeError` in bounded time. */
export async function startTestee(
  spec: TesteeSpec,
  settings: Partial<Settings> = {},
  { start, stop: end }: typeof patience = patience,
): Promise<Testee> {
  const [program, args] = readCommand(spec.command, spec.name);
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, ...spec.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const tail = keepTail(child);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (cause) => resolve(`could not be started: ${cause.message}`));
    child.once('exit', (code, signal) => resolve(signal ? `ended by ${signal}` : `exit code ${code}`));
  });
  child.stdin?.on('error', () => {});
  if (!child.stdout) throw new TesteeError('missing', `${spec.name} has no standard output`);
  const lines = createInterface({ input: child.stdout });
  const hello = new Promise<string>((resolve) => lines.once('line', resolve));
  const line = { ...defaultSettings, ...settings, transport: spec.transport, secret: testSecret };
  child.stdin?.write(`${JSON.stringify(line)}\n`);
  const crashed = ended.then((how) => {
    throw new TesteeError('crashed', `${spec.name} ${how} before its handshake\n${tail()}`);
  });
  crashed.catch(() => {});
  try {
    const answer = await within(`the handshake of ${spec.name}`, Promise.race([hello, crashed]), start);
    const driver = connectDriver(spec, child, lines, answer);
    return {
      spec,
      driver,
      log: tail,
      pid: child.pid ?? 0,
      ended,
      stop: () => stop(spec, child, driver, ended, end),
    };
  } catch (cause) {
    killGroup(child);
    if (cause instanceof TesteeError) throw cause;
    throw new TesteeError('hung', `${spec.name}: ${(cause as Error).message}\n${tail()}`);
  }
}

function connectDriver(spec: TesteeSpec, child: ChildProcess, lines: Interface, answer: string): Driver {
  let hello: { transport?: string; url?: string; error?: string };
  try {
    hello = JSON.parse(answer) as typeof hello;
  } catch {
    throw new TesteeError('garbled', `${spec.name} answered the handshake with: ${answer.slice(0, 200)}`);
  }
  if (typeof hello?.error === 'string') throw new TesteeError('refused', hello.error);
  if (hello?.transport !== spec.transport)
    throw new TesteeError(
      'garbled',
      `${spec.name} was asked for ${spec.transport} and answered ${answer.slice(0, 200)}`,
    );
  if (spec.transport === 'http') {
    if (!hello.url?.startsWith('http://127.0.0.1:'))
      throw new TesteeError(
        'garbled',
        `${spec.name} must listen on loopback, and answered ${answer.slice(0, 200)}`,
      );
    return new HttpDriver(hello.url);
  }
  if (!child.stdin) throw new TesteeError('garbled', `${spec.name} has no standard input`);
  return new IpcDriver(lines, child.stdin);
}

function keepTail(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-65_536);
  });
  return () => text;
}

async function stop(
  spec: TesteeSpec,
  child: ChildProcess,
  driver: Driver,
  ended: Promise<string>,
  limit: number,
): Promise<void> {
  await driver.close();
  child.stdin?.end();
  try {
    await within(`the end of ${spec.name}`, ended, limit);
  } catch {
    killGroup(child);
    await ended;
    throw new TesteeError('lingered', `${spec.name} went on after its input was closed, and was killed`);
  }
  killGroup(child);
}

/** A testee leads its own process group, so that its children end with it. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group has ended already.
  }
}
