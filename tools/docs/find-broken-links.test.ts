import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findBrokenLinks } from './find-broken-links.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mizan-links-'));
  mkdirSync(join(root, 'docs'));
  writeFileSync(join(root, 'docs/b.md'), '# Start `here`, now\n');
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const check = (text: string) => {
  writeFileSync(join(root, 'a.md'), text);
  return findBrokenLinks(root, ['a.md']);
};

it('lets links through that lead somewhere', () => {
  expect(
    check(
      '# Top\n[b](docs/b.md) [here](docs/b.md#start-here-now) [top](#top) [site](https://example.test/x)',
    ),
  ).toEqual([]);
});

it('ignores what only looks like a link inside code', () => {
  expect(check('`[a](none.md)`\n\n```md\n[a](none.md)\n```\n')).toEqual([]);
});

it('names links to no file and to no heading, with their lines', () => {
  expect(check('\n[x](docs/c.md)\n[y](docs/b.md#end)')).toEqual([
    expect.stringMatching(/^a\.md:2 {2}links to docs\/c\.md/),
    expect.stringMatching(/^a\.md:3 {2}links to docs\/b\.md#end, and/),
  ]);
});
