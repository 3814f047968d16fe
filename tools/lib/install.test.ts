import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adviceFor, checkNodeVersion, findInstallDrift } from './install.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mizan-install-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('checkNodeVersion', () => {
  it.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('takes Node %s', (version) => {
    expect(() => checkNodeVersion(version)).not.toThrow();
  });

  it.each(['18.20.0', '20.18.3'])('says what to do about Node %s', (version) => {
    expect(() => checkNodeVersion(version)).toThrow(
      `Mizan needs Node 20.19 or newer, and this is Node ${version}.\n  Install a current Node`,
    );
  });
});

describe('findInstallDrift', () => {
  const zod = { 'node_modules/zod': { version: '4.0.0' } };

  function drift(locked: object, installed?: object) {
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: { '': {}, ...locked } }));
    if (installed) {
      mkdirSync(join(folder, 'node_modules'));
      writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }));
    }
    return findInstallDrift(folder);
  }

  it('is content with what the lock file says, whatever the files are dated', () => {
    expect(drift(zod, zod)).toBeUndefined();
  });

  it('misses nothing that is for another platform', () => {
    const other = { 'node_modules/fsevents': { version: '2.0.0', optional: true } };
    expect(drift({ ...zod, ...other }, zod)).toBeUndefined();
  });

  it('tells a first installation, a missing package and another version', () => {
    expect(drift(zod)).toBe('node_modules does not exist yet');
    expect(drift(zod, {})).toBe('node_modules/zod is missing');
    rmSync(join(folder, 'node_modules'), { recursive: true });
    expect(drift(zod, { 'node_modules/zod': { version: '3.0.0' } })).toBe(
      'node_modules/zod is 3.0.0, the lock file says 4.0.0',
    );
  });
});

describe('adviceFor', () => {
  it.each([
    ['npm error code ENOTFOUND', 'The package registry cannot be reached.'],
    ['npm error code EBADENGINE', 'A package refuses this version of Node.'],
    ['`npm ci` can only install packages when your package.json and package-lock.json', 'disagree'],
    ['npm error code EACCES', 'who owns node_modules'],
    ['npm error something new', 'Remove node_modules and try again'],
  ])('turns %j into help', (output, help) => {
    expect(adviceFor(output)).toContain(help);
  });
});
