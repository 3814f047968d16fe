import { afterEach, describe, expect, it } from 'vitest';
import { repositoryRoot } from './install.mjs';
import { chosenTestees, environmentForTestees } from './testee-python.mjs';

const named = process.env.MIZAN_TESTEE_PYTHON;
const root = repositoryRoot;
const say = (line: string): void => {
  throw new Error(`nothing was to be installed: ${line}`);
};

afterEach(() => {
  delete process.env.MIZAN_TESTEE_PYTHON;
  if (named !== undefined) process.env.MIZAN_TESTEE_PYTHON = named;
});

describe('the Python of testees', () => {
  it('is not looked for when no chosen testee is written in Python', async () => {
    delete process.env.MIZAN_TESTEE_PYTHON;
    const args = ['--testee', 'typescript-http', '--testee=typescript-ipc'];
    expect(await environmentForTestees({ root, args, say })).toEqual({});
  });

  it('is the one that MIZAN_TESTEE_PYTHON names', async () => {
    process.env.MIZAN_TESTEE_PYTHON = '/usr/bin/python3';
    expect(await environmentForTestees({ root, args: ['--testee', 'fastapi'], say })).toEqual({});
  });

  it('is asked for by the testees of the arguments', () => {
    expect(chosenTestees(['--case', 'a', '--testee', 'fastapi', '--testee=django-wsgi'])).toEqual([
      'fastapi',
      'django-wsgi',
    ]);
    expect(chosenTestees(['--case', 'fastapi'])).toEqual([]);
  });
});
