import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printContract } from '@mizan/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from './testing/check-generated.ts';
import { buildCli, type CliUnderTest } from './testing/cli-under-test.ts';
import { sizedContract } from './testing/sized-contract.ts';
import { follow } from './testing/wait-for-text.ts';

// Other programs start here, and the machine may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let cli: CliUnderTest;
let folder: string;
let children: ChildProcess[] = [];
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  rmSync(folder, { recursive: true, force: true });
});

const write = (path: string, text: string) => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const read = (path: string) => readFileSync(join(folder, path), 'utf8');
function start(...args: string[]) {
  const child = cli.start(args, folder);
  children.push(child);
  return { child, printed: follow(child) };
}

const config = (backend: string) => `export default {
  backend: ${backend},
  generate: { typescript: 'client' },
};
`;

const notes = (field: string) => `import { client, context } from '@mizan/server';
import { z } from 'zod';

export const Note = z.object({ id: z.int(), ${field}: z.string() });
export const NotesContext = context('notes', {});
export const notes = client({ context: NotesContext, output: z.array(Note) }, () => []);
export const addNote = client({ affects: NotesContext, input: { text: z.string() } }, () => {});
`;

const server = `import { createMizan } from '@mizan/server';
import * as notes from './notes.ts';

console.log('the server talks while it is imported');
export const mizan = createMizan({ modules: [notes] });
setInterval(() => {}, 1000);
`;

describe('a backend in TypeScript', () => {
  beforeEach(() => {
    write('mizan.config.mjs', config("{ typescript: 'server/mizan.ts' }"));
    write('server/notes.ts', notes('text'));
    write('server/mizan.ts', server);
  });

  it('is asked in a process that ends, and what it prints stays out of the data', async () => {
    const { code, stderr, stdout } = await cli.run(['contract'], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^mizan protocol=1 \{\n {2}context "notes"/);
    expect(await cli.run(['generate'], folder)).toMatchObject({ code: 0 });
    expect(read('client/calls.ts')).toContain('/** @see server/notes.ts:7 */\n');
  });

  it('says where its mistakes are, as the server says it', async () => {
    write(
      'server/notes.ts',
      notes('text').replace(
        'affects: NotesContext,',
        "affects: NotesContext.scope({ list: 'text' } as never),",
      ),
    );
    const { code, stderr } = await cli.run(['generate'], folder);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^server\/notes\.ts:7 {2}addNote: /);
    expect(stderr).not.toContain('RegistrationError');
  });

  it('says what keeps it from being imported, without frames of others', async () => {
    write('server/notes.ts', 'export const x = 1;\nthrow new Error("no database");\n');
    expect(await cli.run(['generate'], folder)).toEqual({
      code: 2,
      stdout: '',
      stderr: `server/mizan.ts  this module cannot be imported
    Error: no database
        at <anonymous> (server/notes.ts:2:7)
  It is imported to ask for its contract; nothing is started. Mend the error above.
`,
    });
    write('server/mizan.ts', 'process.exit(3);\n');
    expect((await cli.run(['generate'], folder)).stderr).toContain(
      '    The process ended (3) before it had a contract.\n',
    );
    write('server/mizan.ts', 'export const other = 1;\n');
    expect((await cli.run(['generate'], folder)).stderr).toBe(
      'server/mizan.ts  this module exports nothing that createMizan made\n' +
        '  Export it: export const mizan = createMizan({ modules: [users] })\n',
    );
    rmSync(join(folder, 'server/mizan.ts'));
    expect((await cli.run(['generate'], folder)).stderr).toBe(
      'server/mizan.ts  there is no such module\n' +
        '  Name the module that exports createMizan(…) under backend.typescript in mizan.config.ts.\n',
    );
  });

  it('is followed through all of its modules', async () => {
    const { child, printed } = start('generate', '--watch');
    await printed.until('client: 5 files written');
    let from = printed.text.length;
    write('server/notes.ts', notes('body'));
    await printed.until(/Note\.\w+ .* \(breaking\).* · client: 2 files written, 3 unchanged, \d+ ms\n/, from);
    expect(read('client/types.ts')).toContain('  body: string;');

    from = printed.text.length;
    write('server/notes.ts', 'throw new Error("half typed");\n');
    await printed.until('Error: half typed', from);
    expect(read('client/types.ts')).toContain('  body: string;');

    from = printed.text.length;
    write('server/notes.ts', notes('text'));
    await printed.until('client: 2 files written', from);
    child.kill('SIGINT');
    expect(await printed.ended).toBe(130);
  }, 60_000);

  it('leaves no child behind when it is ended early', async () => {
    write(
      'server/mizan.ts',
      "import { writeFileSync } from 'node:fs';\nwriteFileSync('pid', String(process.pid));\nawait new Promise(() => {});\nsetInterval(() => {}, 1000);\n".replace(
        'await',
        'setInterval(() => {}, 1000);\nawait',
      ),
    );
    const { child, printed } = start('generate');
    while (!existsSync(join(folder, 'pid')) || read('pid') === '')
      await new Promise((next) => setTimeout(next, 20));
    const pid = Number(read('pid'));
    expect(isAlive(pid)).toBe(true);
    child.kill('SIGTERM');
    expect(await printed.ended).toBe(143);
    while (isAlive(pid)) await new Promise((next) => setTimeout(next, 20));
  });
});

describe('mizan generate --watch', () => {
  beforeEach(() => {
    write('mizan.config.mjs', config("{ file: 'contract.kdl' }"));
    write('contract.kdl', printContract(sizedContract(10)));
  });

  it('runs a command beside it, and ends as that command does', async () => {
    write('command.mjs', "console.log('beside ' + process.argv[2]);\nprocess.exitCode = 7;\n");
    const { printed } = start('generate', '--watch', '--', process.execPath, 'command.mjs', '--flag');
    expect(await printed.ended).toBe(7);
    expect(printed.text).toContain('beside --flag');
    expect(printed.text.indexOf('client: ')).toBeLessThan(printed.text.indexOf('beside'));
  });

  it('ends that command when it is ended', async () => {
    write(
      'command.mjs',
      "process.on('SIGTERM', () => { console.log('bye'); process.exit(0); });\nsetInterval(() => {}, 1000);\nconsole.log('pid ' + process.pid + '.');\n",
    );
    const { child, printed } = start('generate', '--watch', '--', process.execPath, 'command.mjs');
    const pid = Number(/pid (\d+)\./.exec(await printed.until(/pid \d+\./))?.[1]);
    child.kill('SIGINT');
    expect(await printed.ended).toBe(130);
    expect(printed.text).toContain('bye');
    expect(isAlive(pid)).toBe(false);
  });

  it('says which command cannot be run', async () => {
    const { printed } = start('generate', '--watch', '--', 'no-such-program');
    expect(await printed.ended).toBe(2);
    expect(printed.text).toContain('no-such-program cannot be run\n');
    expect(printed.text).toContain(
      '  Name a program after --, as in: npx mizan generate --watch -- npm run dev\n',
    );
  });

  it('tells a fault once, and goes on when it is mended', async () => {
    const { printed } = start('generate', '--watch');
    await printed.until('client: 7 files written');
    let from = printed.text.length;
    write('contract.kdl', 'mizan {');
    await printed.until('contract.kdl  this is not a contract', from);
    from = printed.text.length;
    write('contract.kdl', printContract(sizedContract(30)));
    await printed.until(/client: \d+ files written, \d+ unchanged, \d+ ms/, from);
    expect(existsSync(join(folder, 'client/item2-context.ts'))).toBe(true);
  });

  it('does not write again when only lines moved on the server', async () => {
    const places = (line: number) => JSON.stringify({ functions: { rename0: { path: 'a.ts', line } } });
    write('contract.sources.json', places(1));
    const { printed } = start('generate', '--watch');
    await printed.until('client: 7 files written');
    const from = printed.text.length;
    write('contract.sources.json', places(2));
    write('contract.kdl', printContract(sizedContract(11)));
    await printed.until('client: ', from);
    expect(read('client/calls.ts')).toContain('@see a.ts:1');
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
