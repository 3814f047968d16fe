import { parseArgs } from 'node:util';
import { formatError, Mend } from '../mend.ts';
import { createOutput, type Output } from '../output.ts';
import type { Call, Command } from './command.ts';
import { commands } from './commands.ts';
import { printCommandHelp, printHelp } from './help.ts';

/** Runs the command line and returns its exit code: 0 done, 1 found something, 2 used wrongly or cannot go on. */
export async function main(argv: readonly string[]): Promise<number> {
  const output = createOutput();
  const controller = new AbortController();
  let ended: number | undefined;
  const end = (code: number) => () => {
    // The second time somebody is in a hurry.
    if (ended !== undefined) process.exit(code);
    ended = code;
    controller.abort();
  };
  process.on('SIGINT', end(130)).on('SIGTERM', end(143));
  try {
    const code = await run(argv, output, controller.signal);
    return ended ?? code;
  } catch (error) {
    return ended ?? explain(error, output);
  }
}

async function run(argv: readonly string[], output: Output, signal: AbortSignal): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const command = name === 'help' ? find(rest[0]) : undefined;
    output.data(command ? printCommandHelp(command) : printHelp(commands));
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-v') {
    const { ownVersion } = await import('./version.ts');
    output.data(`${ownVersion()}\n`);
    return 0;
  }
  const command = find(name);
  if (!command) {
    const { suggest } = await import('@mizan/ir');
    const near = suggest(
      name,
      commands.map((known) => known.name),
    );
    throw new Mend(`there is no command ${name}.${near}`, {
      mend: 'See all commands with: npx mizan --help',
    });
  }
  const call = read(command, rest, output, signal);
  if (call === 'help') {
    output.data(printCommandHelp(command));
    return 0;
  }
  return (await command.load())(call);
}

function find(name: string | undefined): Command | undefined {
  return commands.find((command) => command.name === name);
}

function read(command: Command, argv: readonly string[], output: Output, signal: AbortSignal): Call | 'help' {
  const end = command.takesRest ? argv.indexOf('--') : -1;
  const own = end === -1 ? [...argv] : argv.slice(0, end);
  const options: Record<string, { type: 'boolean' | 'string'; short?: string }> = {
    help: { type: 'boolean', short: 'h' },
  };
  for (const [name, flag] of Object.entries(command.flags)) options[name] = { type: flag.type };
  const mend = `See its flags with: npx mizan ${command.name} --help`;
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args: own, options, strict: true, allowPositionals: true });
  } catch (error) {
    throw new Mend(firstSentence(error), { mend, cause: error });
  }
  if (parsed.values.help) return 'help';
  if (parsed.positionals.length > command.maxArgs) {
    const extra = parsed.positionals[command.maxArgs];
    throw new Mend(`mizan ${command.name} does not know what to do with ${extra}`, { mend });
  }
  return {
    args: parsed.positionals,
    rest: end === -1 ? [] : argv.slice(end + 1),
    flags: parsed.values as Call['flags'],
    output,
    signal,
  };
}

/** Node's message without its advice on how to escape, which is for other programs. */
function firstSentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split(/\. To specify|\n/)[0] as string;
}

/** What went wrong, for people. */
function explain(error: unknown, output: Output): number {
  output.note(formatError(error, output.notePaint.red));
  return error instanceof Mend ? error.exitCode : 70;
}
