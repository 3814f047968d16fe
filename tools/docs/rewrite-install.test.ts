import { describe, expect, it } from 'vitest';
import { rewriteInstall } from './rewrite-install.mjs';

const pack = (name: string, dependencies = {}) => ({
  name,
  folder: name,
  tarball: `/t/${name.replace('@mizan/', '')}.tgz`,
  files: [],
  manifest: { dependencies },
});
const packages = [pack('@mizan/core'), pack('@mizan/server', { '@mizan/core': '1' }), pack('mizan')];

describe('rewriteInstall', () => {
  it('takes our packages from their tarballs, with those of ours that they need', () => {
    expect(rewriteInstall('npm install @mizan/server zod', packages)).toMatch(
      /^npm install zod \/t\/server\.tgz \/t\/core\.tgz --/,
    );
  });

  it('keeps flags, scopes of others and versions', () => {
    expect(rewriteInstall('npm install -D mizan@1 @types/node@20', packages)).toMatch(
      /^npm install -D @types\/node@20 \/t\/mizan\.tgz --/,
    );
  });

  it('installs what the folder declares when nothing is named', () => {
    expect(rewriteInstall('npm install', packages, ['mizan', 'zod'])).toMatch(
      /^npm install \/t\/mizan\.tgz --/,
    );
    expect(rewriteInstall('npm install', packages, ['zod'])).toMatch(/^npm install --/);
  });

  it('leaves other commands alone', () => {
    expect(rewriteInstall('npx mizan generate', packages)).toBe('npx mizan generate');
  });
});
