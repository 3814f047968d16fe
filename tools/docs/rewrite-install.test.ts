import { describe, expect, it } from 'vitest';
import { rewriteInstall, rewritePipInstall } from './rewrite-install.mjs';

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

describe('rewritePipInstall', () => {
  const distribution = { wheel: '/t/mizan.whl', sdist: '', python: 'python3', constraints: '/t/pins.txt' };

  it('takes our distribution from its wheel, with its extras, and the rest in pinned versions', () => {
    expect(rewritePipInstall('pip install "mizan[django]" whitenoise', distribution)).toMatch(
      /^python -m pip install .*--constraint "\/t\/pins\.txt" "\/t\/mizan\.whl\[django\]" whitenoise$/,
    );
    expect(rewritePipInstall('pip install mizan', distribution)).toMatch(/ "\/t\/mizan\.whl"$/);
  });

  it('leaves other commands alone, and other names', () => {
    expect(rewritePipInstall('python manage.py check', distribution)).toBe('python manage.py check');
    expect(rewritePipInstall('pip install mizan-other', distribution)).toMatch(/ mizan-other$/);
  });
});
