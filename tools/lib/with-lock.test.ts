import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { withLock } from './with-lock.mjs';

const folder = mkdtempSync(join(tmpdir(), 'mizan-lock-'));
const file = join(folder, 'lock');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('lets one work after the other, and says for whom it waits', async () => {
  const order: string[] = [];
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const first = withLock(
    file,
    () => {},
    async () => {
      order.push('first begins');
      await held;
      order.push('first ends');
    },
  );
  const said: string[] = [];
  const second = withLock(
    file,
    (line) => {
      said.push(line);
      release();
    },
    async () => void order.push('second'),
  );
  await Promise.all([first, second]);
  expect(order).toEqual(['first begins', 'first ends', 'second']);
  expect(said).toEqual([`Waiting for process ${process.pid}, which does the same …`]);
  expect(existsSync(file)).toBe(false);
});

it('takes over from a program that is no more', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeFileSync(file, String(pid));
  let ran = false;
  await withLock(
    file,
    () => {},
    async () => {
      ran = true;
    },
  );
  expect(ran).toBe(true);
});

it('gives it back when the work fails', async () => {
  const failing = withLock(
    file,
    () => {},
    () => Promise.reject(new Error('no network')),
  );
  await expect(failing).rejects.toThrow('no network');
  expect(existsSync(file)).toBe(false);
});
