import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');

it.each(['typescript', 'typescript-7'])(
  'decorated methods work as %s compiles them',
  (compiler) => {
    const out = mkdtempSync(join(tmpdir(), 'mizan-decorated-'));
    onTestFinished(() => rmSync(out, { recursive: true, force: true }));
    writeFileSync(join(out, 'package.json'), '{ "type": "module" }');
    symlinkSync(join(root, 'node_modules'), join(out, 'node_modules'));
    const compiled = spawnSync(
      process.execPath,
      [
        join(root, 'node_modules', compiler, 'bin/tsc'),
        ...['--ignoreConfig', '--noCheck', '--customConditions', '@mizan/source'],
        ...['--outDir', out, '--rootDir', here],
        ...[
          '--target',
          'ES2023',
          '--module',
          'NodeNext',
          '--rewriteRelativeImportExtensions',
          '--types',
          'node',
        ],
        join(here, 'testing/decorated/tickets.ts'),
      ],
      { encoding: 'utf8' },
    );
    expect(compiled.stdout).toBe('');
    const run = spawnSync(
      process.execPath,
      ['--conditions=@mizan/source', '--import', 'tsx', join(out, 'testing/decorated/tickets.js')],
      { encoding: 'utf8', cwd: root },
    );
    expect(run.stderr).toBe('');
    expect(JSON.parse(run.stdout)).toEqual({
      names: ['close', 'rename', 'ticket', 'ticketCount'],
      sources: ['close', 'rename', 'ticket', 'ticketCount'],
      read: { ticket: { id: 1, title: 'Broken lamp' } },
      renamed: { result: { id: 1, title: 'Mended lamp' }, invalidate: ['ticket?ticketId=1@e.1001'] },
      joined: { result: null, invalidate: ['ticket?ticketId=1@e.1002'] },
      count: { result: 1, invalidate: [] },
      direct: { id: 1, title: 'direct' },
      after: ['X-Mizan-Revision', 'e.1003'],
      field: '@client decorates methods; fields and accessors cannot be called',
    });
  },
  120_000,
);
