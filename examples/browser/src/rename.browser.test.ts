import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it, vi } from 'vitest';
import { runCommand } from '../../../tools/lib/run-command.mjs';
import { type Copy, copyExample } from './harness/renamed-copy.ts';

// Two compilers and three generations, on a machine that may have other things to do.
vi.setConfig({ testTimeout: 180_000 });

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const mizan = join(repository, 'tools', 'mizan.mjs');
const copy = await copyExample();
const renamed = await copyExample({ renamed: true });
afterAll(() => {
  copy.remove();
  renamed.remove();
});

const compilers = {
  'TypeScript 7': join(repository, 'node_modules', 'typescript-7', 'bin', 'tsc'),
  'TypeScript 6': join(repository, 'node_modules', 'typescript', 'bin', 'tsc'),
};

const run = (folder: string, ...args: string[]) => runCommand(process.execPath, args, { cwd: folder });

/** Runs our command line beside the copy's own server. */
function runMizan({ folder, backend }: Copy, ...args: string[]) {
  const { env, program } = backend.command();
  return runCommand(process.execPath, [mizan, ...args], {
    cwd: folder,
    env: { ...env, MIZAN_PYTHON: program },
  });
}

it('a field renamed on the server turns the page red at the line that uses it, and only there', async () => {
  expect((await runMizan(renamed, 'generate')).code).toBe(0);
  const source = readFileSync(join(renamed.folder, 'helpdesk-web/src/panes/timeline.tsx'), 'utf8').split(
    '\n',
  );
  const line = source.findIndex((text) => text.includes('ticket.body'));
  const column = source[line]?.indexOf('body}') ?? -1;
  const place = `helpdesk-web/src/panes/timeline.tsx(${line + 1},${column + 1})`;
  const checks = Object.entries(compilers).map(async ([name, path]) => {
    const { code, output } = await run(renamed.folder, path, '-p', 'helpdesk-web', '--pretty', 'false');
    expect(code, name).not.toBe(0);
    expect(output.trim(), name).toBe(
      `${place}: error TS2339: Property 'body' does not exist on type 'Ticket'.`,
    );
  });
  await Promise.all(checks);
});

it('the same page is green where nothing was renamed', async () => {
  expect((await runMizan(copy, 'generate')).code).toBe(0);
  const { output } = await run(
    copy.folder,
    compilers['TypeScript 7'],
    '-p',
    'helpdesk-web',
    '--pretty',
    'false',
  );
  expect(output).toBe('');
});

it('mizan diff calls it breaking, and says what is gone', async () => {
  const before = await runMizan(copy, 'contract');
  expect(before.code).toBe(0);
  const file = join(renamed.folder, 'before.kdl');
  writeFileSync(file, before.stdout);
  const { code, output } = await runMizan(renamed, 'diff', file);
  expect(code).toBe(1);
  expect(output).toMatch(/breaking\s+Ticket\.body\s+removed/);
});
