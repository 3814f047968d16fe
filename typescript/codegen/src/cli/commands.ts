import type { Command, Flag } from './command.ts';

const config: Flag = {
  type: 'string',
  hint: 'FILE',
  help: 'use this configuration (default: the nearest mizan.config.ts)',
};
const json: Flag = { type: 'boolean', help: 'print JSON to stdout, and nothing else' };

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  {
    name: 'generate',
    summary: 'Write the typed clients',
    usage: '[contract.kdl]',
    maxArgs: 1,
    takesRest: true,
    flags: {
      check: { type: 'boolean', help: 'write nothing; exit with 1 when a client is older than the contract' },
      watch: { type: 'boolean', help: 'follow the server, and run the command after -- beside it' },
      react: { type: 'string', hint: 'DIR', help: 'write the React client here' },
      typescript: { type: 'string', hint: 'DIR', help: 'write the TypeScript client here' },
      config,
      json,
    },
    notes:
      'Takes the contract from the backend of mizan.config.ts, or from the file named. Files are replaced whole and only\n' +
      'when they differ. Also brings contracts.json in the folder of released contracts up to date.',
    examples: [
      'mizan generate',
      'mizan generate --check',
      'mizan generate --watch -- vite dev',
      'mizan generate contract.kdl --react web/src/mizan',
    ],
    load: async () => (await import('../commands/generate.ts')).generateCommand,
  },
];
