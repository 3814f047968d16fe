import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Failure } from '../case.ts';
import { exchange, within } from '../deadline.ts';
import { root } from '../testee.ts';

/** What a client under test answers to one command (conformance/app/clients.md). */
export type ClientAnswer =
  | { id: string; ok: true; value: unknown }
  | { id: string; ok: false; error: { code?: string; details?: unknown; crash?: string } };

/** What a shown instance shows. */
export interface ShownState {
  data: unknown;
  error: string | null;
  pending: boolean;
  stale: boolean;
}

/** A generated client in a program of its own. */
export interface ClientUnderTest {
  ask(op: string, name?: string, args?: unknown): Promise<ClientAnswer>;
  /** Asks until the state of a shown instance is as wanted; fails with the last one seen. */
  until(name: string, args: unknown, wanted: string, fits: (state: ShownState) => boolean): Promise<void>;
  stop(): Promise<void>;
}

/** How a client under test is started: a row of `conformance/clients.json`. */
export interface ClientSpec {
  name: string;
  command: string[];
}

/** The clients under test. */
export function readClients(): ClientSpec[] {
  return JSON.parse(readFileSync(new URL('../../clients.json', import.meta.url), 'utf8')) as ClientSpec[];
}

/** Starts a client that talks to a server at `url`; `bend` changes its answers, for mutants. */
export async function startClient(
  { name, command }: ClientSpec,
  url: string,
  bend: (answer: ClientAnswer, op: string) => ClientAnswer = (answer) => answer,
): Promise<ClientUnderTest> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const waiting = new Map<string, (answer: ClientAnswer) => void>();
  const ready = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const answer = JSON.parse(line) as ClientAnswer | { ready: true };
      if ('ready' in answer) resolve();
      else waiting.get(answer.id)?.(answer);
    });
  });
  const write = (line: unknown): void => void child.stdin.write(`${JSON.stringify(line)}\n`);
  child.stdin.on('error', () => {});
  write({ url, timeout: 1_500 });
  await within(`the start of the client ${name}`, ready, 30_000, () => child.kill('SIGKILL'));
  let last = 0;
  const client: ClientUnderTest = {
    async ask(op, about = '', given = {}) {
      const id = String(++last);
      const answer = new Promise<ClientAnswer>((resolve) => waiting.set(id, resolve));
      write({ id, op, name: about, args: given });
      return bend(await within(`the client's ${op} ${about}`, answer), op);
    },
    async until(about, given, wanted, fits) {
      const end = process.hrtime.bigint() + BigInt(exchange.limit) * 1_000_000n;
      for (;;) {
        const answer = await client.ask('state', about, given);
        const state = (answer.ok ? answer.value : null) as ShownState | null;
        if (state && fits(state)) return;
        if (process.hrtime.bigint() > end)
          throw new Failure(`${about} must show ${wanted}; it shows ${JSON.stringify(state)}`);
      }
    },
    stop: () => stop(child, ended),
  };
  return client;
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.stdin?.end();
  await within('the end of the client', ended, 5_000, () => child.kill('SIGKILL'));
}
