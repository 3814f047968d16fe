import { createInterface } from 'node:readline';
import { createClient, MizanError, type State } from '@mizan/client';
import * as generated from './generated/index.ts';

/** A command of the referee to a client under test (conformance/app/clients.md). */
interface Command {
  id: string;
  op: 'read' | 'call' | 'show' | 'hide' | 'state' | 'tell' | 'mismatches';
  name: string;
  args?: unknown;
}

interface Readable {
  def: { context: string; member?: string };
  read(params: unknown, options: unknown): Promise<unknown>;
  watch(params: unknown, listener: (state: State<unknown>) => void, options: unknown): () => void;
}
type Callable = (args: unknown, options: unknown) => Promise<unknown>;

const exported = Object.values(generated) as unknown[];
const readable = exported.filter(
  (value): value is Readable => typeof (value as Readable)?.read === 'function',
);
const lines = createInterface({ input: process.stdin });
const say = (line: unknown): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

lines.once('line', (line) => {
  const { url, timeout } = JSON.parse(line) as { url: string; timeout: number };
  const mismatches: unknown[] = [];
  const client = createClient({
    url,
    timeout,
    retries: 0,
    onContractMismatch: (found) => mismatches.push(found),
  });
  const shown = new Map<string, { state: unknown; stop: () => void }>();
  lines.on('line', (text) => void answer(JSON.parse(text) as Command));
  say({ ready: true });

  async function answer(command: Command): Promise<void> {
    try {
      say({ id: command.id, ok: true, value: (await run(command)) ?? null });
    } catch (cause) {
      const known = cause instanceof MizanError;
      say({
        id: command.id,
        ok: false,
        error: known ? { code: cause.code, details: cause.details ?? null } : { crash: String(cause) },
      });
    }
  }

  async function run({ op, name, args = {} }: Command): Promise<unknown> {
    switch (op) {
      case 'read':
        return named(name).read(args, { client });
      case 'call':
        return (generated as unknown as Record<string, Callable>)[name]?.(args, { client });
      case 'show': {
        const entry = { state: null as unknown, stop: () => {} };
        entry.stop = named(name).watch(
          args,
          ({ data, error, pending, stale }) => {
            entry.state = { data: data ?? null, error: error?.code ?? null, pending, stale };
          },
          { client },
        );
        shown.set(key(name, args), entry);
        return null;
      }
      case 'hide':
        shown.get(key(name, args))?.stop();
        shown.delete(key(name, args));
        return null;
      case 'state':
        return shown.get(key(name, args))?.state;
      case 'tell':
        client.tell(args);
        client.flush();
        return null;
      case 'mismatches':
        return mismatches;
    }
  }
});

const key = (name: string, args: unknown): string => `${name} ${JSON.stringify(args)}`;

/** A context by its name, a member by `context/member`. */
function named(name: string): Readable {
  const [context, member] = name.split('/');
  const found = readable.find(({ def }) => def.context === context && def.member === member);
  if (!found) throw new Error(`the generated client has no ${name}`);
  return found;
}

lines.once('close', () => process.exit(0));
