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
  {
    name: 'contract',
    summary: "Print the backend's contract, or keep it",
    usage: '',
    maxArgs: 0,
    flags: {
      release: { type: 'boolean', help: 'keep it as released, in the folder that contracts names' },
      output: {
        type: 'string',
        hint: 'FILE',
        help: 'write it to this file, and places in the source beside it',
      },
      check: { type: 'boolean', help: 'with --output: write nothing; exit with 1 when the file is stale' },
      config,
      json,
    },
    notes:
      'A released contract is one whose clients are out there. From all of them contracts.json follows, which tells the\n' +
      'server what an old client can no longer call; it is brought up to date by this command and by generate.',
    examples: ['mizan contract', 'mizan contract --release', 'mizan contract --output contract.kdl'],
    load: async () => (await import('../commands/contract.ts')).contractCommand,
  },
  {
    name: 'diff',
    summary: 'Say what a change means to clients of an old contract',
    usage: 'old.kdl [new.kdl]',
    maxArgs: 2,
    flags: { config, json },
    notes: 'Without a second contract, the one that the backend has now. Exit code 1 when something breaks.',
    examples: ['mizan diff contracts/2026-11-01.kdl', 'mizan diff old.kdl new.kdl --json'],
    load: async () => (await import('../commands/diff.ts')).diffCommand,
  },
  {
    name: 'explain',
    summary: 'Say what a mutation makes stale, and why',
    usage: '[function]',
    maxArgs: 1,
    flags: {
      file: { type: 'string', hint: 'FILE', help: 'take this contract instead of the backend' },
      config,
      json,
    },
    notes: 'Without a name, every mutation. Of a query it says which mutations make it stale.',
    examples: ['mizan explain updateProfile', 'mizan explain'],
    load: async () => (await import('../commands/explain.ts')).explainCommand,
  },
  {
    name: 'init',
    summary: 'Set Mizan up in a project, or start a new one',
    usage: '[folder]',
    maxArgs: 1,
    flags: {
      yes: { type: 'boolean', help: 'write without asking' },
      install: { type: 'boolean', help: 'install the packages afterwards' },
    },
    notes:
      'Knows Django, FastAPI and TypeScript servers, and React with Vite or Next. Shows the changes first, writes nothing\n' +
      'that is there already, and can be run twice. In an empty folder it starts a TypeScript server with a React page.\n' +
      'Without a terminal it asks nothing and writes only with --yes.',
    examples: ['mizan init', 'mizan init --yes --install', 'mizan init my-app'],
    load: async () => (await import('../commands/init.ts')).initCommand,
  },
  {
    name: 'doctor',
    summary: 'Look for what is not as it should be',
    usage: '',
    maxArgs: 0,
    flags: { config, json },
    notes:
      'Looks at Node, the configuration, the backend, the clients and their packages. Exit code 1 when one needs mending.',
    examples: ['mizan doctor', 'mizan doctor --json'],
    load: async () => (await import('../commands/doctor.ts')).doctorCommand,
  },
];
