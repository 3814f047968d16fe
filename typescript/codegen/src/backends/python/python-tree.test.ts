import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeFile } from '../../testing/python-project.ts';
import { pythonTree } from './python-tree.ts';

it('follows source of the project, and not what was installed or made', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mizan-tree-'));
  writeFile(folder, 'my-env/pyvenv.cfg', '');
  const tree = pythonTree(folder);
  const ignores = (path: string, isFolder = false) => tree.ignores(join(folder, path), isFolder);
  expect(tree.ignores(folder, true)).toBe(false);
  expect(ignores('users', true)).toBe(false);
  expect(ignores('users/clients.py')).toBe(false);
  expect(ignores('users/notes.txt')).toBe(true);
  expect(ignores('users/.#clients.py')).toBe(true);
  expect(ignores('my-env', true)).toBe(true);
  for (const name of ['__pycache__', 'migrations', 'node_modules', 'venv', '.venv', '.git']) {
    expect(ignores(`users/${name}`, true)).toBe(true);
    expect(ignores(`users/${name}/a.py`)).toBe(true);
  }
  rmSync(folder, { recursive: true });
});
