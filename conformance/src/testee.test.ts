import { afterEach, describe, expect, it } from 'vitest';
import { exchange } from './deadline.ts';
import { runCases } from './run.ts';
import { readCommand, startTestee, type TesteeError, type TesteeSpec } from './testee.ts';

/** A testee that is a few lines of JavaScript. */
function fake(script: string, transport: 'http' | 'ipc' = 'http'): TesteeSpec {
  return { name: 'fake', adapter: 'typescript', transport, command: [process.execPath, '-e', script] };
}

const failing = async (spec: TesteeSpec): Promise<TesteeError> => {
  try {
    const testee = await startTestee(spec, {}, { start: 1_500, stop: 500 });
    await testee.stop();
  } catch (cause) {
    return cause as TesteeError;
  }
  throw new Error('the testee was accepted');
};

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Speaks the handshake and then answers HTTP with this expression. */
const serving = (answer: string): string => `
  const server = require('node:http').createServer((q, r) => { ${answer} });
  server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ transport: 'http', url: 'http://127.0.0.1:' + server.address().port + '/api/mizan' })));
  process.stdin.resume().on('end', () => process.exit(0));`;

describe('a testee that does not keep the handshake', () => {
  it('is reported as missing when its program does not exist', async () => {
    const spec = { ...fake(''), command: ['mizan-no-such-program'] };
    expect(await failing(spec)).toMatchObject({
      how: 'crashed',
      message: expect.stringContaining('could not be started'),
    });
  });

  it('is reported as crashed, with its last words', async () => {
    const error = await failing(fake('console.error("no database"); process.exit(3)'));
    expect(error).toMatchObject({
      how: 'crashed',
      message: expect.stringMatching(/exit code 3[\s\S]*no database/),
    });
  });

  it('is reported as hung when it says nothing', async () => {
    expect(await failing(fake('setInterval(() => {}, 1000)'))).toMatchObject({ how: 'hung' });
  });

  it('is reported as garbled when it says something else', async () => {
    expect(
      await failing(fake('console.log("Listening on 3000"); setInterval(() => {}, 1000)')),
    ).toMatchObject({
      how: 'garbled',
      message: expect.stringContaining('Listening on 3000'),
    });
  });

  it('is refused when it listens elsewhere than on loopback', async () => {
    const spec = fake(
      `console.log('{"transport":"http","url":"http://0.0.0.0:1/"}'); setInterval(() => {}, 1000)`,
    );
    expect(await failing(spec)).toMatchObject({
      how: 'garbled',
      message: expect.stringContaining('loopback'),
    });
  });

  it('is reported as refusing when it names its mistakes', async () => {
    const spec = fake(`console.log('{"error":"app.ts:3 two functions"}'); process.exitCode = 1`);
    expect(await failing(spec)).toMatchObject({ how: 'refused', message: 'app.ts:3 two functions' });
  });

  it('is killed with its children when it lingers', async () => {
    const script = `
      const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
      console.error(child.pid);
      console.log(JSON.stringify({ transport: 'ipc' }));
      setInterval(() => {}, 1000);`;
    const testee = await startTestee(fake(script, 'ipc'), {}, { start: 5_000, stop: 500 });
    while (testee.log() === '') await new Promise((resolve) => setImmediate(resolve));
    const child = Number(testee.log());
    expect(alive(child)).toBe(true);
    await expect(testee.stop()).rejects.toMatchObject({ how: 'lingered' });
    while (alive(child)) await new Promise((resolve) => setImmediate(resolve));
    expect(alive(testee.pid)).toBe(false);
  });
});

describe('a testee written in Python', () => {
  const python = process.env.MIZAN_TESTEE_PYTHON;
  afterEach(() => {
    delete process.env.MIZAN_TESTEE_PYTHON;
    if (python !== undefined) process.env.MIZAN_TESTEE_PYTHON = python;
  });

  it('is started with the interpreter that is named', () => {
    process.env.MIZAN_TESTEE_PYTHON = '/somewhere/python';
    expect(readCommand(['python', '-m', 'testee'], 'fake')).toEqual(['/somewhere/python', ['-m', 'testee']]);
    expect(readCommand(['node', 'python'], 'fake')).toEqual(['node', ['python']]);
  });

  it('is reported as missing when none is named', async () => {
    delete process.env.MIZAN_TESTEE_PYTHON;
    expect(await failing({ ...fake(''), command: ['python', '-m', 'testee'] })).toMatchObject({
      how: 'missing',
      message: expect.stringContaining('npm run conformance'),
    });
  });
});

describe('a testee that misbehaves under a case', () => {
  const found = {
    id: 'dispatch/asks',
    capability: 'dispatch',
    clauses: ['CALL-1'],
    level: 'MUST' as const,
    http: false,
    settings: {},
    run: async (stage: { call(fn: string): Promise<unknown> }) => void (await stage.call('nothing')),
  };
  const judged = async (answer: string): Promise<string> => {
    const patience = exchange.limit;
    exchange.limit = 700;
    try {
      const [result] = await runCases(fake(serving(answer)), [found]);
      return `${result?.outcome}: ${result?.message}`;
    } finally {
      exchange.limit = patience;
    }
  };

  it('fails the case when it lies', async () => {
    expect(await judged('r.end("{\\"result\\":null}")')).toMatch(
      /^failed: a call answers \{result, invalidate/,
    );
  });

  it('fails the case in bounded time when it hangs', async () => {
    expect(await judged('')).toMatch(/^failed: no answer within 700 ms/);
  });

  it('fails the case when it is slow beyond the limit', async () => {
    expect(await judged('r.write("{"); ')).toMatch(/^failed: no answer within 700 ms/);
  });

  it('says that it ended when it dies', async () => {
    expect(await judged('console.error("out of memory"); process.exit(9)')).toMatch(
      /^failed: [\s\S]*exit code 9[\s\S]*out of memory/,
    );
  });

  it('does not run the case, and says so, when it cannot start', async () => {
    const [result] = await runCases(fake('process.exit(1)'), [found]);
    expect(result).toMatchObject({ outcome: 'not run', message: expect.stringContaining('exit code 1') });
  });
});
