import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFile, writeProgram } from '../../testing/python-project.ts';
import { findInterpreter, installLine, type Surroundings } from './find-interpreter.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'mizan-python-')));
  writeFile(folder, '.git/HEAD', '');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const program = (path: string) => writeProgram(folder, path, '');
const find = (more: Partial<Surroundings> = {}) =>
  findInterpreter({
    root: folder,
    cwd: join(folder, 'backend'),
    env: { PATH: join(folder, 'bin') },
    platform: 'linux',
    ...more,
  });

describe('findInterpreter', () => {
  it('takes what is said before what is found, and what is near before what is far', () => {
    program('bin/python');
    expect(find()).toEqual({ command: [join(folder, 'bin/python')], shown: 'python', why: 'the path' });
    program('bin/python3');
    expect(find().shown).toBe('python3');

    program('bin/pipenv');
    writeFile(folder, 'Pipfile', '');
    expect(find().shown).toBe('pipenv run python');
    program('bin/poetry');
    writeFile(folder, 'poetry.lock', '');
    expect(find().shown).toBe('poetry run python');
    writeFile(folder, 'backend/uv.lock', '');
    expect(find().shown).toBe('poetry run python');
    program('bin/uv');
    expect(find()).toEqual({
      command: [join(folder, 'bin/uv'), 'run', 'python'],
      shown: 'uv run python',
      why: 'uv.lock',
    });

    program('venv/bin/python3');
    expect(find()).toMatchObject({ shown: 'venv/bin/python3', why: 'venv' });
    program('.venv/bin/python');
    expect(find()).toMatchObject({ shown: '.venv/bin/python', why: '.venv' });
    program('backend/venv/bin/python');
    expect(find()).toMatchObject({ shown: 'backend/venv/bin/python', why: 'venv' });

    program('active/bin/python');
    const env = { PATH: join(folder, 'bin'), VIRTUAL_ENV: join(folder, 'active') };
    expect(find({ env })).toMatchObject({ shown: 'active/bin/python', why: '$VIRTUAL_ENV' });
    expect(find({ env: { ...env, VIRTUAL_ENV: join(folder, 'gone') } }).why).toBe('venv');
    expect(find({ env: { ...env, MIZAN_PYTHON: 'python' } })).toEqual({
      command: [join(folder, 'bin/python')],
      shown: 'python',
      why: '$MIZAN_PYTHON',
    });
    expect(find({ env: { ...env, MIZAN_PYTHON: 'python' }, python: 'venv/bin/python3' })).toEqual({
      command: [join(folder, 'venv/bin/python3')],
      shown: 'venv/bin/python3',
      why: 'python in mizan.config.ts',
    });
  });

  it('knows the programs of Windows', () => {
    const env = { PATH: join(folder, 'bin') };
    program('bin/py.exe');
    expect(find({ platform: 'win32', env }).shown).toBe('py -3');
    program('.venv/Scripts/python.exe');
    expect(find({ platform: 'win32', env })).toMatchObject({
      command: [join(folder, '.venv/Scripts/python.exe')],
      why: '.venv',
    });
  });

  it('refuses names that lead nowhere, and a machine without Python', () => {
    expect(() => find({ python: 'gone/python' })).toThrow('there is no such Python');
    expect(() => find({ python: 'gone' })).toThrow('there is no such Python');
    expect(() => find({ env: { MIZAN_PYTHON: '/gone/python' } })).toThrow('there is no such Python');
    expect(() => find()).toThrow('there is no Python here');
    program('.venv/bin/python');
    expect(() => find({ platform: 'win32' })).toThrow('there is no Python here');
  });

  it('does not look above the repository', () => {
    writeFile(folder, 'inner/.git/HEAD', '');
    program('.venv/bin/python');
    expect(() => find({ root: join(folder, 'inner'), cwd: join(folder, 'inner') })).toThrow('no Python here');
  });
});

describe('installLine', () => {
  it.each([
    ['.venv/bin/python', 1, '.venv/bin/python -m pip install "mizan[django]"'],
    ['py -3', 2, 'py -3 -m pip install "mizan[django]"'],
    ['uv run python', 3, 'uv add "mizan[django]"'],
    ['poetry run python', 3, 'poetry add "mizan[django]"'],
    ['pipenv run python', 3, 'pipenv install "mizan[django]"'],
  ])('installs where %s looks', (shown, length, line) => {
    const command = Array.from({ length }, () => 'x') as [string];
    expect(installLine({ command, shown, why: '' }, 'django')).toBe(line);
  });

  it('leaves the Python of the system alone', () => {
    expect(
      installLine({ command: ['/usr/bin/python3'], shown: 'python3', why: 'the path' }, 'fastapi'),
    ).toMatch(/^python3 -m venv \.venv && \.venv.+python -m pip install "mizan\[fastapi\]"$/);
  });
});
