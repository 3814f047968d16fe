import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

interface Row {
  name: string;
  status?: number;
  side?: string;
  value?: number;
  configurable?: boolean;
  header?: string;
}
const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const rows = (table: string): Row[] => JSON.parse(read(`spec/tables/${table}.json`)).rows;

describe('pages say what the tables say', () => {
  const errors = read('docs/errors.md');
  it.each(rows('error-codes'))('errors.md has $name', ({ name, side, status }) => {
    expect(errors).toContain(side === 'client' ? `| \`${name}\` |` : `| \`${name}\` | ${status} |`);
  });

  it('errors.md has no code that the table lacks', () => {
    const written = [...errors.matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1]);
    expect(new Set(written)).toEqual(new Set(rows('error-codes').map((row) => row.name)));
  });

  it.each(rows('finding-codes'))('errors.md names the finding $name', ({ name }) => {
    expect(errors).toContain(`\`${name}\``);
  });

  const operations = read('docs/operations.md');
  it('operations.md gives the limits their values', () => {
    const written = [...operations.matchAll(/^\| `(\w+)` \| (\d+) \|/gm)].map(([, name, value]) => [
      name,
      Number(value),
    ]);
    expect(written.length).toBeGreaterThan(5);
    const known = new Map(rows('limits').map((row) => [row.name, row.value]));
    for (const [name, value] of written) expect([name, value]).toEqual([name, known.get(String(name))]);
  });

  it('operations.md has every setting of createMizan', () => {
    const [, settings = ''] =
      /interface MizanOptions\n((?: {4}.*\n)+)/.exec(read('typescript/server/surface.txt')) ?? [];
    const names = settings.split('\n').flatMap((line) => line.trim().replace('?', '') || []);
    expect(names.length).toBeGreaterThan(8);
    for (const name of names) expect(operations).toMatch(new RegExp(`^\\| .*\`${name}\`.* \\|`, 'm'));
  });

  const python = read('docs/python.md');
  it.each([
    ['keyword of router', 'fastapi/router.py', /def router\(\n(.*?)\n\)/s, /^ {4}(\w+):/gm],
    ['key of MIZAN', 'django/conf.py', /^KEYS = \(([^)]*)\)/m, /"(\w+)"/g],
    ['option of client', 'core/define.py', /def client\(\n {4}\*,\n(.*?)\n\)/s, /^ {4}(\w+):/gm],
  ])('python.md has every %s', (_, file, all, each) => {
    const [, written = ''] = all.exec(read(`python/src/mizan/${file}`)) ?? [];
    const names = [...written.matchAll(each)].map((match) => match[1]);
    expect(names.length).toBeGreaterThan(7);
    // Sockets are not served yet.
    for (const name of names.filter((one) => one !== 'websocket'))
      expect(python).toMatch(new RegExp(`^\\| .*\`${name}\`.* \\|`, 'm'));
  });

  const cli = read('docs/cli.md');
  it('cli.md has every command', () => {
    const known = [...read('typescript/codegen/src/cli/commands.ts').matchAll(/^ {4}name: '(\w+)'/gm)].map(
      (match) => match[1],
    );
    const written = [...cli.matchAll(/^\| `(\w+)[^|]*` \| [a-z]/gm)].map((match) => match[1]);
    expect(known.length).toBeGreaterThan(3);
    for (const name of known) expect(written).toContain(name);
  });
});
