import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { type Contract, printContract } from '@mizan/core';
import { contractId } from '@mizan/core/hash';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { commands } from './cli/commands.ts';
import { temporaryFolder } from './testing/check-generated.ts';
import { buildCli, type CliRun, type CliUnderTest } from './testing/cli-under-test.ts';
import { sizedContract } from './testing/sized-contract.ts';

// Other programs start here, and the machine may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let cli: CliUnderTest;
let folder: string;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]): Promise<CliRun> => cli.run(args, folder);
const write = (path: string, text: string) => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const writeContract = (contract: Contract, path = 'contract.kdl') => write(path, printContract(contract));

const fileConfig = `export default {
  backend: { file: 'contract.kdl' },
  generate: { typescript: 'web/src/mizan' },
  contracts: 'contracts',
};
`;

/** A contract with a field of a type renamed. */
function renamed(contract: Contract, type: string, from: string, to: string): Contract {
  const rename = (name: string) => (name === from ? to : name);
  return {
    ...contract,
    types: contract.types.map((decl) =>
      decl.name === type && decl.type.kind === 'struct'
        ? {
            ...decl,
            type: {
              ...decl.type,
              fields: decl.type.fields.map((one) => ({ ...one, name: rename(one.name) })),
            },
          }
        : decl,
    ),
  };
}

describe('mizan', () => {
  it('shows its commands, and fails without one', async () => {
    const help = await run('--help');
    expect(help.code).toBe(0);
    expect(help.stderr).toBe('');
    for (const command of commands) expect(help.stdout).toContain(`  ${command.name}`);
    expect(await run()).toMatchObject({ code: 2, stdout: help.stdout });
  });

  it('says its version', async () => {
    const { version } = JSON.parse(read('node_modules/mizan/package.json')) as { version: string };
    expect(await run('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it.each(commands.map((command) => command.name))('%s --help has an example', async (name) => {
    const help = await run(name, '--help');
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toMatch(/^.+\n\nUsage: mizan /);
    expect(help.stdout).toContain(`  npx mizan ${name}`);
  });

  it('knows what was meant', async () => {
    const { code, stderr, stdout } = await run('genrate');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(
      'there is no command genrate. Did you mean "generate"?\n  See all commands with: npx mizan --help\n',
    );
  });

  it.each([
    [['generate', '--chek'], "Unknown option '--chek'"],
    [['generate', '--react'], "Option '--react <value>' argument missing"],
    [['explain', 'a', 'b'], 'mizan explain does not know what to do with b'],
    [['generate', '--watch', '--check'], '--watch and --check do not go together'],
    [['generate', '--', 'vite'], 'a command after -- runs beside --watch only'],
    [['diff'], 'mizan diff compares two contracts: name the old one'],
    [['contract', '--check'], '--check compares a file: name it with --output'],
  ])('%j is used wrongly', async (args, message) => {
    write('mizan.config.mjs', fileConfig);
    writeContract(sizedContract(3));
    const { code, stderr, stdout } = await run(...args);
    expect({ code, stdout, first: stderr.split('\n')[0] }).toEqual({ code: 2, stdout: '', first: message });
  });
});

describe('the configuration', () => {
  it('is asked for when there is none', async () => {
    const { code, stderr } = await run('generate');
    expect(code).toBe(2);
    expect(stderr).toBe(
      'there is no mizan.config.ts here or in a folder above\n' +
        '  Write one with: npx mizan init\n' +
        '  Or name a contract: npx mizan generate contract.kdl --typescript src/mizan\n',
    );
  });

  it('may be TypeScript, which imports its types from this package', async () => {
    writeContract(sizedContract(3));
    write(
      'mizan.config.ts',
      `import { type Config, defineConfig } from 'mizan';

const folder: string = 'client';
const config: Config = { backend: { file: 'contract.kdl' }, generate: { typescript: { path: folder, extension: '.ts' } } };
export default defineConfig(config);
`,
    );
    expect(await run('generate')).toMatchObject({ code: 0, stdout: '' });
    expect(read('client/index.ts')).toContain("export * from './contract.ts';");
  });

  it('is found from a folder below, and paths are relative to it', async () => {
    write('mizan.config.mjs', fileConfig);
    writeContract(sizedContract(3));
    mkdirSync(join(folder, 'web/deep'), { recursive: true });
    const { code, stderr } = await cli.run(['generate'], join(folder, 'web/deep'));
    expect(code).toBe(0);
    expect(stderr).toMatch(/^web\/src\/mizan: 4 files written, 0 unchanged, \d+ ms\n$/);
  });

  it('is checked as a whole', async () => {
    write(
      'mizan.config.mjs',
      `export default {
  backend: { typescript: 'a.ts', file: 'b.kdl' },
  generate: { raect: 'web', typescript: { path: 'x', extension: '.mjs', folder: 'y' } },
  contract: 'contracts',
};
`,
    );
    expect(await run('generate')).toEqual({
      code: 2,
      stdout: '',
      stderr: `mizan.config.mjs  5 settings to mend
    there is no contract. Did you mean "contracts"?
    backend has exactly one of django, fastapi, file, typescript, url, and this one has 2
    there is no generate.raect. Did you mean "react"?
    there is no generate.typescript.folder; there is path, extension
    generate.typescript.extension is '.js', '.ts' or '', not ".mjs"
`,
    });
  });

  it('says what is wrong with the file itself', async () => {
    write('mizan.config.mjs', 'throw new Error("boom");\n');
    expect((await run('generate')).stderr).toContain(
      'mizan.config.mjs  this configuration cannot be loaded\n    boom\n',
    );
    write('mizan.config.mjs', 'export const config = {};\n');
    expect((await run('generate')).stderr).toContain(
      'mizan.config.mjs  the default export is not an object\n',
    );
    expect((await run('generate', '--config', 'nowhere.ts')).stderr).toBe(
      'nowhere.ts  there is no such configuration file\n',
    );
  });
});

describe('mizan generate', () => {
  it('writes once, and nothing when nothing changed', async () => {
    write('mizan.config.mjs', fileConfig);
    writeContract(sizedContract(10));
    expect((await run('generate')).stderr).toMatch(
      /^web\/src\/mizan: 7 files written, 0 unchanged, \d+ ms\n$/,
    );
    const path = join(folder, 'web/src/mizan/calls.ts');
    const long = new Date('2001-01-01T00:00:00Z');
    utimesSync(path, long, long);
    expect((await run('generate')).stderr).toMatch(
      /^web\/src\/mizan: 0 files written, 7 unchanged, \d+ ms\n$/,
    );
    expect(statSync(path).mtime).toEqual(long);
  });

  it('needs no configuration when flags say enough, and says what it did as JSON', async () => {
    writeContract(sizedContract(3));
    const { code, stderr, stdout } = await run(
      'generate',
      'contract.kdl',
      '--react',
      'a',
      '--typescript',
      'b',
      '--json',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      targets: [
        { target: 'react', folder: 'a', unchanged: [], removed: [] },
        { target: 'typescript', folder: 'b' },
      ],
    });
    expect(read('a/contract.ts')).toContain(`'${contractId(sizedContract(3))}'`);
  });

  it('removes what is no longer in the contract', async () => {
    write('mizan.config.mjs', fileConfig);
    writeContract(sizedContract(30));
    await run('generate');
    write('web/src/mizan/own.ts', 'export const mine = 1;\n');
    writeContract(sizedContract(10));
    const { stderr } = await run('generate');
    expect(stderr).toMatch(/^web\/src\/mizan: 5 files written, 2 unchanged, 4 removed, \d+ ms\n$/);
    expect(readdirSync(join(folder, 'web/src/mizan')).sort()).toEqual([
      'calls.ts',
      'contract.ts',
      'errors.ts',
      'index.ts',
      'item0-context.ts',
      'list0-context.ts',
      'own.ts',
      'types.ts',
    ]);
  });

  it('says what it had to leave out', async () => {
    const contract = sizedContract(3);
    const streaming = contract.functions[0];
    if (!streaming) throw new Error('no function');
    const { context: _none, ...plain } = streaming;
    contract.functions.push({ ...plain, name: 'importRows', input: [], stream: true });
    writeContract(contract);
    const { code, stderr } = await run('generate', 'contract.kdl', '--typescript', 'a');
    expect(code).toBe(0);
    expect(stderr).toContain('importRows is left out: it streams, which clients of this version cannot\n');
    expect(existsSync(join(folder, 'a/calls.ts'))).toBe(false);
  });

  it('says every fault of a contract file with its line', async () => {
    write('contract.kdl', 'mizan protocol=1 {\n  function "a" {\n    affects "nothing"\n  }\n  stuff\n}\n');
    const { code, stderr } = await run('generate', 'contract.kdl', '--react', 'a');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^contract\.kdl {2}this is not a contract that Mizan can use: \d+ things to mend\n/,
    );
    expect(stderr).toContain('    contract.kdl:5:3  ');
    expect(stderr).toMatch(
      /\n {2}Export it again \(npx mizan contract\); contracts are not written by hand\.\n$/,
    );
    expect(existsSync(join(folder, 'a'))).toBe(false);
  });

  it('says when a contract file is not there, and when nothing says where to write', async () => {
    expect((await run('generate', 'no.kdl', '--react', 'a')).stderr).toContain(
      'no.kdl  this contract file cannot be read\n',
    );
    write('mizan.config.mjs', "export default { backend: { file: 'contract.kdl' } };\n");
    const { code, stderr } = await run('generate');
    expect(code).toBe(2);
    expect(stderr).toBe(
      "nothing says where to write\n  Add generate: { react: 'web/src/mizan' } to mizan.config.ts, or a flag: --react web/src/mizan\n",
    );
  });

  it('says when a folder cannot be written to', async () => {
    writeContract(sizedContract(3));
    write('blocked', 'a file');
    const { code, stderr } = await run('generate', 'contract.kdl', '--typescript', 'blocked');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^blocked {2}this folder cannot be read\n {4}ENOTDIR[^\n]*\n {2}Is it a folder, and yours\?/,
    );
  });

  it('refuses for React what React has no props for', async () => {
    const contract = sizedContract(3);
    const context = contract.contexts[0];
    const input = { name: 'key', type: { kind: 'int' as const }, optional: false };
    context?.params.push(input);
    for (const fn of contract.functions) if (fn.context === context?.name) fn.input = [...fn.input, input];
    writeContract(contract);
    const { code, stderr } = await run('generate', 'contract.kdl', '--react', 'a');
    expect(code).toBe(2);
    expect(stderr).toBe(
      'a  these clients cannot be generated\n    item0: a parameter "key" cannot be a React prop; rename it\n',
    );
    expect(await run('generate', 'contract.kdl', '--typescript', 'a')).toMatchObject({ code: 0 });
  });
});

describe('mizan generate from a running server', () => {
  it('asks for its contract, and says what it got instead', async () => {
    let answer = { status: 200, body: printContract(sizedContract(3)) };
    const asked: string[] = [];
    const server = createServer((req, res) => {
      asked.push(req.url ?? '');
      res.writeHead(answer.status).end(answer.body);
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/mizan`;
    write('mizan.config.mjs', `export default { backend: { url: '${url}/' }, generate: { react: 'a' } };\n`);
    expect(await run('generate')).toMatchObject({ code: 0 });
    expect(asked).toEqual(['/api/mizan/contract']);
    answer = { status: 404, body: 'nothing here' };
    expect((await run('generate')).stderr).toBe(
      `${url}/contract  the server answered 404 instead of its contract\n    nothing here\n` +
        '  A server gives its contract away in development only, or when that is switched on. Is the base path right?\n',
    );
    await new Promise((closed) => server.close(closed));
    const { code, stderr } = await run('generate');
    expect(code).toBe(2);
    expect(stderr).toContain(`${url}/contract  no server answers here\n    connect ECONNREFUSED`);
  });
});

describe('mizan generate --check', () => {
  beforeEach(() => write('mizan.config.mjs', fileConfig));

  it('is content with a client that matches, and writes nothing', async () => {
    writeContract(sizedContract(10));
    await run('generate');
    const id = contractId(sizedContract(10)).slice(0, 8);
    expect(await run('generate', '--check')).toEqual({
      code: 0,
      stdout: '',
      stderr: `web/src/mizan matches the contract (${id})\n`,
    });
  });

  it('does not mind that lines moved on the server', async () => {
    writeContract(sizedContract(10));
    const at = (line: number) =>
      JSON.stringify({ functions: { rename0: { path: 'server/items.ts', line } } });
    write('contract.sources.json', at(9));
    await run('generate');
    expect(read('web/src/mizan/calls.ts')).toContain('@see server/items.ts:9');
    write('contract.sources.json', at(10));
    expect(await run('generate', '--check')).toMatchObject({ code: 0 });
  });

  it('names what changed, where it stands, and what uses it', async () => {
    writeContract(sizedContract(10));
    await run('generate');
    writeContract(renamed(sizedContract(10), 'Item0', 'name', 'fullName'));
    write(
      'contract.sources.json',
      JSON.stringify({ types: { Item0: { path: 'users/shapes.py', line: 9 } } }),
    );
    write(
      'web/src/Name.tsx',
      "import { useItem } from './mizan/index.ts';\n\nexport const Name = () => <b>{useItem().name}</b>;\n",
    );
    const { code, stderr, stdout } = await run('generate', '--check');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      'web/src/mizan is older than the contract: 1 breaking change (exit code 1)\n' +
        '  users/shapes.py:9  Item0.name is now Item0.fullName; web/src/Name.tsx:3 uses it\n' +
        '  Run npx mizan generate, then mend the lines that the type checker names.\n',
    );
    expect(read('web/src/mizan/types.ts')).not.toContain('fullName');
  });

  it('says the same as JSON', async () => {
    writeContract(sizedContract(10));
    await run('generate');
    writeContract(renamed(sizedContract(10), 'Item0', 'name', 'fullName'));
    const { code, stderr, stdout } = await run('generate', '--check', '--json');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      targets: [
        {
          target: 'typescript',
          folder: 'web/src/mizan',
          stale: true,
          files: ['types.ts', 'contract.ts'],
          changes: [
            { breaking: true, name: 'Item0', member: 'name', text: 'Item0.name is now Item0.fullName' },
          ],
        },
      ],
    });
  });

  it('says when there is no client yet, and when it only grows', async () => {
    writeContract(sizedContract(3));
    expect((await run('generate', '--check')).stderr).toContain('  It has not been generated yet.\n');
    await run('generate');
    writeContract(sizedContract(4));
    expect((await run('generate', '--check')).stderr).toMatch(
      /: \d+ compatible changes? \(exit code 1\)\n[\s\S]* {2}Run npx mizan generate\.\n$/,
    );
  });
});

describe('mizan contract', () => {
  beforeEach(() => {
    write('mizan.config.mjs', fileConfig);
    writeContract(sizedContract(10));
  });

  it('prints the canonical text to stdout and nothing else', async () => {
    appendFileSync(join(folder, 'contract.kdl'), '// a comment is not canonical\n');
    expect(await run('contract')).toEqual({ code: 0, stdout: printContract(sizedContract(10)), stderr: '' });
  });

  it('keeps it in a file, and checks that file', async () => {
    const id = contractId(sizedContract(10)).slice(0, 8);
    expect((await run('contract', '--output', 'kept/c.kdl')).stderr).toBe(`kept/c.kdl: written (${id})\n`);
    expect(read('kept/c.kdl')).toBe(printContract(sizedContract(10)));
    expect(JSON.parse(read('kept/c.sources.json'))).toEqual({});
    expect(await run('contract', '--output', 'kept/c.kdl', '--check')).toMatchObject({ code: 0 });
    writeContract(sizedContract(9));
    expect(await run('contract', '--output', 'kept/c.kdl', '--check')).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'kept/c.kdl  is not the contract that the backend has now\n  Write it again: npx mizan contract --output kept/c.kdl\n',
    });
  });

  it('releases: one file a release, and a list of what old clients can no longer call', async () => {
    const day = new Date().toISOString().slice(0, 10);
    const old = contractId(sizedContract(10));
    expect((await run('contract', '--release')).stderr).toBe(
      `contracts/${day}.kdl: written (${old.slice(0, 8)}). Commit it with this release.\n`,
    );
    expect(JSON.parse(read('contracts/contracts.json'))).toEqual({ [old]: { changed: [] } });
    expect((await run('contract', '--release')).stderr).toContain('is this contract already');
    const next = renamed(sizedContract(10), 'Item0', 'name', 'fullName');
    writeContract(next);
    await run('generate');
    const summary = JSON.parse(read('contracts/contracts.json')) as Record<string, { changed: string[] }>;
    expect(Object.keys(summary)).toEqual([old]);
    expect(summary[old]?.changed).toContain('rename0');
    expect((await run('contract', '--release')).stderr).toContain(`contracts/${day}-2.kdl: written`);
    expect(readdirSync(join(folder, 'contracts')).sort()).toEqual([
      `${day}-2.kdl`,
      `${day}.kdl`,
      'contracts.json',
    ]);
    expect(Object.keys(JSON.parse(read('contracts/contracts.json')) as object).sort()).toEqual(
      [old, contractId(next)].sort(),
    );
  });

  it('says where releases would go when nothing does', async () => {
    write('mizan.config.mjs', "export default { backend: { file: 'contract.kdl' } };\n");
    const { code, stderr } = await run('contract', '--release');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^nothing says where released contracts are kept\n {2}Add contracts: 'contracts' to mizan\.config\.ts/,
    );
  });

  it('makes generate --check look at contracts.json, too', async () => {
    await run('contract', '--release');
    await run('generate');
    write('contracts/contracts.json', '{}\n');
    const { code, stderr } = await run('generate', '--check');
    expect(code).toBe(1);
    expect(stderr).toContain(
      'contracts/contracts.json is older than the contract (exit code 1)\n  Run npx mizan contract.\n',
    );
  });
});

describe('mizan diff', () => {
  it('says what a change means, and exits with 1 when it breaks', async () => {
    writeContract(sizedContract(10), 'old.kdl');
    writeContract(renamed(sizedContract(10), 'Item0', 'name', 'fullName'), 'new.kdl');
    const { code, stderr, stdout } = await run('diff', 'old.kdl', 'new.kdl');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^breaking {4}Item0\.name +removed +/);
    expect(stdout).toMatch(/\n\n1 breaking, 1 compatible \(exit code 1\)\n$/);
  });

  it('compares with the backend, and is content with what is identical or compatible', async () => {
    write('mizan.config.mjs', fileConfig);
    writeContract(sizedContract(10));
    writeContract(sizedContract(10), 'old.kdl');
    expect(await run('diff', 'old.kdl')).toEqual({ code: 0, stdout: 'identical\n', stderr: '' });
    writeContract(sizedContract(9), 'old.kdl');
    const { code, stdout } = await run('diff', 'old.kdl', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'compatible',
      changed: [],
      new: contractId(sizedContract(10)),
    });
  });

  it('says which file cannot be read', async () => {
    const { code, stderr } = await run('diff', 'nowhere.kdl', 'new.kdl');
    expect(code).toBe(2);
    expect(stderr).toContain('nowhere.kdl  this contract file cannot be read\n');
  });
});

describe('mizan explain', () => {
  beforeEach(() => {
    write('mizan.config.mjs', fileConfig);
    writeContract(sizedContract(10));
    write(
      'contract.sources.json',
      JSON.stringify({ functions: { rename0: { path: 'server/items.ts', line: 31 } } }),
    );
  });

  it('says what a mutation makes stale, and why', async () => {
    expect(await run('explain', 'rename0')).toEqual({
      code: 0,
      stderr: '',
      stdout: `rename0  server/items.ts:31
  item0?item0Id=‹item0Id›  shared parameter     read again where shown: item0Detail, item0History, item0Owner
  list0                    no shared parameter  stale for everybody; add a scope if that is more than you mean
`,
    });
  });

  it('says what makes a query stale, and that a plain call makes nothing stale', async () => {
    expect((await run('explain', 'list0Items')).stdout).toBe(
      'list0Items\n  list0  no shared parameter  made stale by rename0\n',
    );
    expect((await run('explain', 'rate0')).stdout).toBe(
      'rate0\n  makes nothing stale: it has neither affects nor merge\n',
    );
  });

  it('knows declared scopes and merges', async () => {
    const contract = sizedContract(10);
    const fn = contract.functions.find((one) => one.name === 'move0');
    if (!fn) throw new Error('no move0');
    fn.input.push({ name: 'other', type: { kind: 'int' }, optional: false });
    fn.affects = [
      {
        context: 'item0',
        member: 'item0Owner',
        params: [{ param: 'item0Id', from: 'args', field: 'other' }],
      },
    ];
    const rename = contract.functions.find((one) => one.name === 'rename0');
    if (!rename) throw new Error('no rename0');
    rename.merge = [{ function: 'item0Detail', params: [{ param: 'item0Id', from: 'result', field: 'id' }] }];
    writeContract(contract);
    expect((await run('explain', 'move0')).stdout).toBe(
      'move0\n  item0/item0Owner?item0Id=‹other›  declared scope  read again where shown: item0Owner\n',
    );
    expect((await run('explain', 'rename0')).stdout).toContain(
      '  item0/item0Detail?item0Id=‹result.id›  merge                the result replaces item0Detail, without a read\n',
    );
  });

  it('has JSON, lists every mutation, and knows what was meant', async () => {
    const one = JSON.parse((await run('explain', 'rename0', '--json')).stdout) as object;
    expect(one).toMatchObject({
      function: 'rename0',
      kind: 'mutation',
      place: { path: 'server/items.ts', line: 31 },
    });
    const all = JSON.parse((await run('explain', '--json')).stdout) as { function: string }[];
    expect(all.map((item) => item.function)).toEqual(['buy0', 'move0', 'rename0']);
    const { code, stderr } = await run('explain', 'renam0');
    expect(code).toBe(2);
    expect(stderr).toContain('there is no function renam0. Did you mean "rename0"?\n');
  });
});

describe('mizan doctor', () => {
  it('is content with a project that is in order', async () => {
    write('mizan.config.mjs', fileConfig);
    writeContract(sizedContract(3));
    await run('generate');
    const { code, stderr, stdout } = await run('doctor');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const id = contractId(sizedContract(3)).slice(0, 8);
    expect(stdout.split('\n')).toEqual([
      `ok    Node ${process.versions.node}`,
      `ok    the backend has a contract of 3 functions (${id})`,
      `ok    web/src/mizan matches the contract (${id})`,
      'ok    no contract has been released yet (contracts)',
      expect.stringMatching(/^ok {4}@mizan\/client \S+ under web\/src\/mizan$/),
      '',
    ]);
  });

  it('goes on after what is wrong, and says how to mend it', async () => {
    write('mizan.config.mjs', fileConfig);
    writeContract(sizedContract(3));
    write('web/vite.config.ts', 'export default { plugins: [] };\n');
    const { code, stdout } = await cli.run(['doctor'], folder, { MIZAN_SECRET: 'hunter2hunter' });
    expect(code).toBe(1);
    expect(stdout).toContain(
      'mend  MIZAN_SECRET has 13 bytes, needs 32              openssl rand -base64 32\n',
    );
    expect(stdout).toContain('mend  web/src/mizan has not been generated yet         npx mizan generate\n');
    expect(stdout).toContain(
      'mend  nothing keeps the client current while you type  npx mizan init           web/vite.config.ts\n',
    );
  });

  it('works without a configuration, and has JSON', async () => {
    const { code, stderr, stdout } = await run('doctor', '--json');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const { checks } = JSON.parse(stdout) as { checks: unknown[] };
    expect(checks).toContainEqual({
      ok: false,
      what: 'there is no mizan.config.ts here or in a folder above',
      mend: 'Write one with: npx mizan init',
    });
  });
});

describe('colours', () => {
  it('are off without a terminal, on when they are asked for, and off under NO_COLOR whatever else', async () => {
    writeContract(sizedContract(3), 'old.kdl');
    writeContract(sizedContract(2), 'new.kdl');
    const diff = (env: NodeJS.ProcessEnv) => cli.run(['diff', 'old.kdl', 'new.kdl'], folder, env);
    const plain = await diff({});
    expect(plain.stdout).toMatch(/^breaking {2}/);
    const coloured = await diff({ FORCE_COLOR: '1' });
    expect(coloured.stdout.startsWith('\u001b[31mbreaking\u001b[39m  ')).toBe(true);
    expect(stripVTControlCharacters(coloured.stdout)).toBe(plain.stdout);
    expect((await diff({ FORCE_COLOR: '1', NO_COLOR: '1' })).stdout).toBe(plain.stdout);
    const wrong = await cli.run(['nonsense'], folder, { FORCE_COLOR: '1' });
    expect(wrong.stderr.startsWith('\u001b[31mthere is no command nonsense.\u001b[39m\n')).toBe(true);
  });
});
