import type { Command } from './command.ts';

/** The help of the whole command line. */
export function printHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  const lines = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}\n`);
  return `Usage: mizan <command>

${lines.join('')}
Help on one: mizan <command> --help
Exit codes: 0 done · 1 found something (stale, breaking) · 2 used wrongly, or cannot go on
`;
}

/** The help of one command: what it does, its flags, an example or more. */
export function printCommandHelp(command: Command): string {
  const flags = [
    ...Object.entries(command.flags).map(([name, flag]) => [
      `--${name}${flag.hint === undefined ? '' : ` ${flag.hint}`}`,
      flag.help,
    ]),
    ['--help', 'show this'],
  ] as [string, string][];
  const width = Math.max(...flags.map(([name]) => name.length));
  const rest = command.takesRest ? ' [-- command]' : '';
  return [
    `${command.summary}\n`,
    `Usage: mizan ${command.name} ${command.usage}${command.usage === '' ? '' : ' '}[flags]${rest}\n`,
    flags.map(([name, help]) => `  ${name.padEnd(width)}  ${help}\n`).join(''),
    ...(command.notes === undefined ? [] : [`${command.notes}\n`]),
    `${command.examples.length === 1 ? 'Example' : 'Examples'}:\n${command.examples.map((line) => `  npx ${line}\n`).join('')}`,
  ].join('\n');
}
