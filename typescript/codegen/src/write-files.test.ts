import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareFiles, type FileRules, writeFiles, writeWhole } from './write-files.ts';

const rules: FileRules = {
  mine: (text) => text.startsWith('// mine'),
  same: (old, printed) => old === printed,
};

describe('a target folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mizan-write-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const file = (path: string, text: string) => ({ path, text: `// mine\n${text}` });

  it('is made with all files', () => {
    const target = join(folder, 'a/b');
    const compared = compareFiles(target, [file('x.ts', '1'), file('y.ts', '2')], rules);
    expect(existsSync(target)).toBe(false);
    writeFiles(target, compared);
    expect(compared).toMatchObject({ written: ['x.ts', 'y.ts'], unchanged: [], removed: [] });
    expect(readFileSync(join(target, 'y.ts'), 'utf8')).toBe('// mine\n2');
  });

  it('is left alone when nothing changed', () => {
    writeFiles(folder, compareFiles(folder, [file('x.ts', '1')], rules));
    const long = new Date('2001-01-01T00:00:00Z');
    utimesSync(join(folder, 'x.ts'), long, long);
    const compared = compareFiles(folder, [file('x.ts', '1')], rules);
    writeFiles(folder, compared);
    expect(compared).toMatchObject({ written: [], unchanged: ['x.ts'] });
    expect(statSync(join(folder, 'x.ts')).mtime).toEqual(long);
  });

  it('loses what was generated before and is no longer, and nothing else', () => {
    writeFileSync(join(folder, 'old.ts'), '// mine\nold');
    writeFileSync(join(folder, 'own.ts'), '// somebody wrote this');
    writeFileSync(join(folder, 'readme.md'), '// mine, but no code');
    mkdirSync(join(folder, 'sub.ts'));
    const compared = compareFiles(folder, [file('x.ts', '1')], rules);
    writeFiles(folder, compared);
    expect(compared.removed).toEqual(['old.ts']);
    expect(readdirSync(folder).sort()).toEqual(['own.ts', 'readme.md', 'sub.ts', 'x.ts']);
  });

  it('shows a reader whole files only', async () => {
    const path = join(folder, 'big.ts');
    const texts = ['a', 'b'].map((letter) => letter.repeat(400_000));
    writeWhole(path, texts[0] as string);
    const script = `
      const { readFileSync } = require('node:fs');
      const end = Date.now() + 1500;
      let seen = 0;
      while (Date.now() < end) {
        const text = readFileSync(${JSON.stringify(path)}, 'utf8');
        if (text.length !== 400000 || text !== text[0].repeat(400000)) { console.log('half'); process.exit(1); }
        seen++;
      }
      console.log(seen > 0 ? 'whole' : 'nothing');`;
    const reader = spawn(process.execPath, ['-e', script]);
    let said = '';
    reader.stdout.on('data', (chunk: Buffer) => {
      said += chunk;
    });
    let ended = false;
    const end = new Promise<void>((done) =>
      reader.once('close', () => {
        ended = true;
        done();
      }),
    );
    for (let at = 0; !ended; at++) {
      writeWhole(path, texts[at % 2] as string);
      await new Promise((next) => setImmediate(next));
    }
    await end;
    expect(said.trim()).toBe('whole');
  });

  it('keeps the old file when writing fails, and no temporary one', () => {
    const path = join(folder, 'x.ts');
    mkdirSync(path);
    expect(() => writeWhole(path, 'text')).toThrow();
    expect(readdirSync(folder)).toEqual(['x.ts']);
    expect(execFileSync('ls', [path]).toString()).toBe('');
  });
});
