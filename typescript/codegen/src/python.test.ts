import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { printContract } from '@mizan/core';
import { contractHash } from '@mizan/core/hash';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from './testing/check-generated.ts';
import { buildCli, type CliUnderTest } from './testing/cli-under-test.ts';
import {
  contractModule,
  django,
  fastapi,
  mizanForDjango,
  writeDjangoProject,
  writeEnvironment,
  writeFile,
  writeProgram,
} from './testing/python-project.ts';
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
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  rmSync(folder, { recursive: true, force: true });
});

const contract = sizedContract(10);
const write = (path: string, text: string) => writeFile(folder, path, text);
const read = (path: string) => readFileSync(join(folder, path), 'utf8');
// What this machine has active is no part of a test.
const clean = {
  VIRTUAL_ENV: undefined,
  MIZAN_PYTHON: undefined,
  DJANGO_SETTINGS_MODULE: undefined,
  PYTHONDONTWRITEBYTECODE: undefined,
};
const run = (args: string[], env: NodeJS.ProcessEnv = {}) => cli.run(args, folder, { ...clean, ...env });
const failure = async (env: NodeJS.ProcessEnv = {}) => {
  const { code, stderr, stdout } = await run(['generate'], env);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  return stderr;
};
const configure = (backend: string) =>
  write('mizan.config.mjs', `export default { backend: ${backend}, generate: { typescript: 'client' } };\n`);
const replace = (path: string, old: string, text: string) => {
  expect(read(path)).toContain(old);
  write(path, read(path).replace(old, text));
};

describe('a backend in Django', () => {
  beforeEach(() => {
    configure("{ django: 'manage.py' }");
    writeEnvironment(folder, { ...django, ...mizanForDjango });
    writeDjangoProject(folder, ['users']);
    replace('config/settings.py', "'django.contrib.auth',", "'mizan.django',");
    write('users/clients.py', contractModule(contract));
  });

  it('is asked through its manage.py', async () => {
    expect(await run(['contract'])).toEqual({ code: 0, stderr: '', stdout: printContract(contract) });
    expect(await run(['generate'])).toMatchObject({ code: 0, stdout: '' });
    expect(read('client/calls.ts')).toContain('@see users/clients.py:3');
    expect(read('client/contract.ts')).toContain(contractHash(contract).slice(0, 16));
    expect(await run(['generate', '--check'])).toMatchObject({ code: 0 });
    expect((await run(['explain', 'rename0'])).stdout).toMatch(/^rename0 {2}users\/clients\.py:3\n/);
    write('old.kdl', printContract(sizedContract(11)));
    expect((await run(['diff', 'old.kdl'])).code).toBe(1);
    write('users/clients.py', contractModule(sizedContract(11)));
    expect(await run(['generate', '--check'])).toMatchObject({ code: 1 });
  });

  it('may stand in another folder, whose places in the source are then told from here', async () => {
    mkdirSync(join(folder, 'frontend'));
    write(
      'frontend/mizan.config.mjs',
      "export default { backend: { django: '../manage.py' }, generate: { typescript: 'client' } };\n",
    );
    expect(await cli.run(['generate'], join(folder, 'frontend'), clean)).toMatchObject({ code: 0 });
    expect(read('frontend/client/calls.ts')).toContain('@see ../users/clients.py:3');
  });

  it('may print before its contract, and doctor says so', async () => {
    replace('config/settings.py', 'DEBUG = True', 'print("debugging")\nprint("half", end="")');
    expect(await run(['contract'])).toMatchObject({ code: 0, stdout: printContract(contract) });
    expect((await run(['doctor'])).stdout).toContain(
      'ok    the backend prints before its contract, which is skipped: "debugging\\nhalf". ' +
        'Logs belong on standard error: print(…, file=sys.stderr)\n',
    );
  });

  it('is run by the interpreter that doctor names', async () => {
    expect((await run(['doctor'])).stdout).toMatch(
      /\nok {4}Python 3\.\d+\.\d+ with Django and mizan: \.venv\/bin\/python \(\.venv\)\n/,
    );
    rmSync(join(folder, '.venv/lib/python3/site-packages/mizan'), { recursive: true });
    expect((await run(['doctor'])).stdout).toContain(
      'mend  mizan is not installed in .venv/bin/python (.venv)  .venv/bin/python -m pip install "mizan[django]"\n',
    );
  });

  it('tells registration mistakes as they are', async () => {
    write(
      'users/clients.py',
      `from mizan import RegistrationError
raise RegistrationError("""
users/clients.py:31  publish: UserContext has no parameter "userid"
    affects=UserContext.scope(userid="author_id")
""")
`,
    );
    const told =
      'users/clients.py:31  publish: UserContext has no parameter "userid"\n    affects=UserContext.scope(userid="author_id")\n';
    expect(await failure()).toBe(told);
    write('users/clients.py', `import sys\nsys.exit(${JSON.stringify(told.trimEnd())})\n`);
    expect(await failure()).toBe(told);
    write(
      'users/clients.py',
      `import sys\nsys.exit("CommandError: \\n${told.trimEnd().replaceAll('\n', '\\n').replaceAll('"', '\\"')}\\n")\n`,
    );
    expect(await failure()).toBe(told);
  });

  it('says where its source cannot be imported', async () => {
    write('users/clients.py', 'from users import shapes\n');
    write('users/shapes.py', 'import json\n\nLIMIT = json.loads("{")\n');
    expect(await failure()).toBe(`users/shapes.py:3  the project cannot be imported
    JSONDecodeError: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)
        users/shapes.py:3   LIMIT = json.loads("{")
        users/clients.py:1  from users import shapes
  It is imported to ask for its contract; nothing is started. Mend the error above.
`);
    write('users/shapes.py', 'def half(\n');
    expect(await failure()).toMatch(
      /^users\/shapes\.py:1 {2}the project cannot be imported\n {4}SyntaxError: '\(' was never closed\n/,
    );
    write('users/shapes.py', 'import no_such_module\n');
    const said = await failure();
    expect(said).toContain("    ModuleNotFoundError: No module named 'no_such_module'\n");
    expect(said).toContain(
      "\n  .venv/bin/python imported it (chosen because of .venv); python: '.venv/bin/python' beside the backend names another one.\n",
    );
  });

  it('says what a package of others makes of it', async () => {
    write(
      '.venv/lib/python3/site-packages/django/core/management.py',
      'def execute_from_command_line(argv):\n    argv.missing\n',
    );
    expect(await failure()).toBe(`manage.py:18  the project cannot be imported
    AttributeError: 'list' object has no attribute 'missing'
        manage.py:18  execute_from_command_line(sys.argv)
        manage.py:22  main()
        django/core/management.py:2  argv.missing
  It is imported to ask for its contract; nothing is started. Mend the error above.
`);
  });

  it('says that the settings cannot be imported', async () => {
    rmSync(join(folder, 'config/settings.py'));
    expect(await failure()).toBe(`manage.py  the settings config.settings cannot be imported
    ModuleNotFoundError: No module named 'config.settings'
  DJANGO_SETTINGS_MODULE names them: in the environment, else in manage.py. Is the name right, and does the module stand there?
`);
    expect(await failure({ DJANGO_SETTINGS_MODULE: 'elsewhere' })).toContain(
      'manage.py  the settings elsewhere cannot be imported\n',
    );
    replace('manage.py', "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings')", 'pass');
    expect(await failure()).toBe(`manage.py  nothing says which settings this project has
  manage.py sets them in startproject's form: os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
  Or set DJANGO_SETTINGS_MODULE where npx mizan runs.
`);
  });

  it('says that mizan.django is missing from INSTALLED_APPS', async () => {
    replace('config/settings.py', "'mizan.django',", '');
    expect(await failure()).toBe(`manage.py  this project has no command export_mizan_contract
  Add "mizan.django" to INSTALLED_APPS in the settings (npx mizan init does it).
  If it is there, Mizan is too old: .venv/bin/python -m pip install --upgrade "mizan[django]"
`);
  });

  it('says what is not installed, and how to install it', async () => {
    const site = join(folder, '.venv/lib/python3/site-packages');
    rmSync(join(site, 'mizan'), { recursive: true });
    const hint =
      "  It was chosen because of .venv; python: '.venv/bin/python' beside the backend names another one.\n";
    expect(await failure()).toBe(`.venv/bin/python  mizan is not installed for this Python
  .venv/bin/python -m pip install "mizan[django]"
${hint}`);
    rmSync(join(site, 'django'), { recursive: true });
    expect(await failure()).toBe(`.venv/bin/python  Django is not installed for this Python
  .venv/bin/python -m pip install "mizan[django]"
${hint}`);
  });

  it('says that there is no manage.py, no Python, or one that cannot be run', async () => {
    configure("{ django: 'backend/manage.py' }");
    expect(await failure()).toBe(`backend/manage.py  there is no such manage.py
  Name the project's manage.py under backend.django in mizan.config.ts, relative to that file: django: 'backend/manage.py'
`);
    configure("{ django: 'manage.py', python: 'other/bin/python' }");
    expect(await failure()).toMatch(/^other\/bin\/python {2}there is no such Python\n/);
    write('other/bin/python', 'no program');
    expect(await failure()).toMatch(
      /^other\/bin\/python {2}this Python cannot be run\n[\s\S]*chosen because of python in mizan\.config\.ts/,
    );
    configure("{ django: 'manage.py' }");
    rmSync(join(folder, '.venv'), { recursive: true });
    expect(await failure({ PATH: join(folder, 'empty') })).toMatch(
      /^there is no Python here\n {4}Looked for /,
    );
    expect((await run(['doctor'], { PATH: join(folder, 'empty') })).stdout).toContain(
      'mend  there is no Python here  ',
    );
  });

  it('says that Python is too old', async () => {
    const answer = '{"version": [3, 8, 10], "packages": {}}';
    writeProgram(
      folder,
      '.venv/bin/python',
      `if [ "$1" = -c ]; then echo '${answer}'; else echo "SyntaxError: invalid syntax" >&2; exit 1; fi`,
    );
    expect(await failure()).toBe(`.venv/bin/python  this is Python 3.8.10, and Mizan needs 3.11 or newer
  It was chosen because of .venv. Name another one: backend: { django: 'manage.py', python: '.venv/bin/python' }
`);
    expect((await run(['doctor'])).stdout).toContain(
      'mend  Python 3.8.10 is older than 3.11: .venv/bin/python (.venv)',
    );
  });

  it('says that it takes too long, and leaves nothing behind', async () => {
    write(
      'users/clients.py',
      'import os, sys, time\nopen("pid", "w").write(str(os.getpid()))\nsys.stderr.write("connecting\\n")\nsys.stderr.flush()\ntime.sleep(600)\n',
    );
    // Started through another program, as `uv run` does.
    writeProgram(
      folder,
      'outer',
      `PYTHONPATH='${join(folder, '.venv/lib/python3/site-packages')}' python3 "$@"\nexit $?`,
    );
    configure("{ django: 'manage.py', python: './outer' }");
    const said = await failure({ MIZAN_EXPORT_TIMEOUT: '3' });
    expect(said).toMatch(/^manage\.py {2}this project had no contract after 3 seconds\n {4}connecting\n/);
    expect(said).toContain('\n  If it only takes long: MIZAN_EXPORT_TIMEOUT=120 npx mizan generate\n');
    while (isAlive(Number(read('pid')))) await new Promise((next) => setTimeout(next, 20));
  });

  it('says that the command printed something else', async () => {
    write('users/clients.py', 'import sys\nprint("bye")\nsys.exit(0)\n');
    expect(await failure()).toMatch(
      /^manage\.py {2}the export command printed no contract\n {4}bye\n {2}See what it prints: python .*manage\.py export_mizan_contract --json\n$/,
    );
    write('users/clients.py', 'import os\nos.kill(os.getpid(), 11)\n');
    expect(await failure()).toMatch(/^manage\.py {2}Python ended \(SIGSEGV\) before it had a contract\n/);
  });

  it('is followed through all of its source, also what is new', async () => {
    const child = cli.start(['generate', '--watch'], folder, clean);
    children.push(child);
    const printed = follow(child);
    await printed.until(/client: \d+ files written/);
    let from = printed.text.length;
    write('users/clients.py', contractModule(sizedContract(20)));
    await printed.until(/\(compatible\).* · client: \d+ files? written/, from);
    from = printed.text.length;
    write('users/clients.py', 'def half(\n');
    await printed.until("users/clients.py:1  the project cannot be imported\n    SyntaxError: '(' was", from);
    expect(existsSync(join(folder, 'client/item1-context.ts'))).toBe(true);
    from = printed.text.length;
    write('users/clients.py', 'from shop.clients import CONTRACT\n');
    await printed.until("No module named 'shop'", from);
    from = printed.text.length;
    write('shop/clients.py', contractModule(sizedContract(30)));
    await printed.until(/client: \d+ files? written/, from);
    expect(existsSync(join(folder, 'client/item2-context.ts'))).toBe(true);
    child.kill('SIGINT');
    expect(await printed.ended).toBe(130);
  });
});

describe('following a backend in Python', () => {
  it('starts no second export while one runs, and reads what was saved last', async () => {
    configure("{ django: 'manage.py' }");
    writeEnvironment(folder, { ...django, ...mizanForDjango });
    writeDjangoProject(folder, ['users']);
    replace('config/settings.py', "'django.contrib.auth',", "'mizan.django',");
    const slow = (size: number) =>
      `${contractModule(sizedContract(size))}
import time

def note(what):
    with open("log", "a") as log:
        log.write(what + "\\n")

note("begin")
time.sleep(0.3)
note("end ${size}")
`;
    write('users/clients.py', slow(10));
    const child = cli.start(['generate', '--watch'], folder, clean);
    children.push(child);
    const printed = follow(child);
    await printed.until(/client: \d+ files written/);
    const from = printed.text.length;
    const log = () => read('log').trim().split('\n');
    for (let size = 11; size <= 40; size++) {
      write('users/clients.py', slow(size));
      // Some while an export runs, and the rest at once.
      if (size < 25) await new Promise((next) => setTimeout(next, 20));
    }
    while (!read('log').includes('end 40')) await new Promise((next) => setTimeout(next, 20));
    await printed.until(/client: \d+ files? written/, from);
    expect(log().map((line) => line.split(' ')[0])).toEqual(
      log().map((_, at) => (at % 2 === 0 ? 'begin' : 'end')),
    );
    expect(log().length).toBeLessThan(2 * 10);
  });

  it('reads what was saved twice in a second, of the same size', async () => {
    configure("{ django: 'manage.py' }");
    writeEnvironment(folder, { ...django, ...mizanForDjango });
    writeDjangoProject(folder, ['users']);
    replace('config/settings.py', "'django.contrib.auth',", "'mizan.django',");
    const long = contractModule(sizedContract(12));
    const saved = (size: number) => {
      write('users/clients.py', contractModule(sizedContract(size)).padEnd(long.length, '\n'));
      // The clock of a file system may be as coarse as that of Python's bytecode.
      utimesSync(join(folder, 'users/clients.py'), size, 1_700_000_000);
    };
    saved(9);
    utimesSync(join(folder, 'users/clients.py'), 1_600_000_000, 1_600_000_000);
    const child = cli.start(['generate', '--watch'], folder, clean);
    children.push(child);
    const printed = follow(child);
    await printed.until(/client: \d+ files written/);
    for (const size of [10, 11, 12]) {
      const from = printed.text.length;
      saved(size);
      await printed.until(/client: \d+ files? written/, from);
    }
  });
});

describe('a backend in FastAPI', () => {
  beforeEach(() => {
    configure("{ fastapi: 'app.main:app' }");
    writeEnvironment(folder, fastapi);
    write(
      'app/main.py',
      'from fastapi import FastAPI\nfrom app.clients import CONTRACT\n\napp = FastAPI()\napp.contract = CONTRACT\nbare = FastAPI()\n',
    );
    write('app/clients.py', contractModule(contract, 'app/clients.py'));
  });

  it('is asked through its module and variable', async () => {
    expect(await run(['contract'])).toEqual({ code: 0, stderr: '', stdout: printContract(contract) });
    expect(await run(['generate'])).toMatchObject({ code: 0 });
    expect(read('client/calls.ts')).toContain('@see app/clients.py:3');
    expect((await run(['doctor'])).stdout).toMatch(
      /ok {4}Python 3\.\S+ with FastAPI and mizan: \.venv\/bin\/python/,
    );
  });

  it('may run in another folder', async () => {
    configure("{ fastapi: 'main:app', cwd: 'app', python: '.venv/bin/python' }");
    replace('app/main.py', 'from app.clients', 'from clients');
    expect(await run(['contract'])).toMatchObject({ code: 0, stderr: '' });
    configure("{ fastapi: 'main:app', cwd: 'source' }");
    expect(await failure()).toMatch(/^source {2}there is no such folder\n/);
  });

  it('may be made by a function, and have several routers', async () => {
    write(
      'app/main.py',
      'from app.clients import CONTRACT\n\ndef create():\n    create.contract = CONTRACT\n    create.prefixes = 2\n    return create\n',
    );
    configure("{ fastapi: 'app.main:create()' }");
    expect(await failure()).toBe(`app.main:create()  this application has several routers of Mizan
    app.main:create() has several routers of Mizan: /a, /b
  Name the one whose clients these are: backend: { fastapi: 'app.main:create()', prefix: '/api/mizan' }
`);
    configure("{ fastapi: 'app.main:create()', prefix: '/b' }");
    expect(await run(['contract'])).toMatchObject({ code: 0, stderr: '' });
  });

  it('says which part of its name is wrong', async () => {
    configure("{ fastapi: 'app.main' }");
    expect(await failure()).toBe(`app.main  this names no application
  Name it as for uvicorn, the module and the variable in it: fastapi: 'app.main:app'
`);
    configure("{ fastapi: 'app.start:app' }");
    expect(await failure()).toBe(`app.start:app  there is no module app.start in the folder of mizan.config.ts
  Name the folder that uvicorn runs in: backend: { fastapi: 'app.start:app', cwd: 'src' }
`);
    configure("{ fastapi: 'app.main:application' }");
    expect(await failure()).toBe(`app.main:application  the module app.main has no application
  Name the variable that holds the application, after the colon: fastapi: 'app.main:app'
`);
    configure("{ fastapi: 'app.main:bare' }");
    expect(await failure()).toBe('no router of Mizan is included in app.main:bare\n');
  });

  it('says where its source cannot be imported', async () => {
    write('app/clients.py', 'CONTRACT = 1 / 0\n');
    expect(await failure()).toBe(`app/clients.py:1  the project cannot be imported
    ZeroDivisionError: division by zero
        app/clients.py:1  CONTRACT = 1 / 0
        app/main.py:2     from app.clients import CONTRACT
  It is imported to ask for its contract; nothing is started. Mend the error above.
`);
  });

  it('says what is not installed, and what hides it', async () => {
    const site = join(folder, '.venv/lib/python3/site-packages');
    write('mizan/__init__.py', '');
    expect(await failure()).toMatch(
      /^app\.main:app {2}this version of Mizan cannot export from FastAPI\n[\s\S]*a folder or module of the project named mizan\?/,
    );
    rmSync(join(folder, 'mizan'), { recursive: true });
    rmSync(join(site, 'mizan'), { recursive: true });
    expect(await failure()).toContain('mizan is not installed for this Python\n');
    rmSync(join(site, 'fastapi'), { recursive: true });
    expect(await failure()).toContain(
      'FastAPI is not installed for this Python\n  .venv/bin/python -m pip install "mizan[fastapi]"\n',
    );
  });
});

describe('the configuration of a backend in Python', () => {
  it('knows its options, and only there', async () => {
    configure("{ django: 'manage.py', python: 3, folder: 'x' }");
    const said = await failure();
    expect(said).toContain('    backend.python is a text, not 3\n');
    expect(said).toContain('there is no backend.folder');
    configure("{ file: 'contract.kdl', python: 'python3' }");
    expect(await failure()).toContain('there is no backend.python');
    configure("{ django: 'manage.py', fastapi: 'main:app' }");
    expect(await failure()).toContain('and this one has 2\n');
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
