import { describe, expect, it, vi } from 'vitest';
import { client, createMizan } from './index.ts';
import { consoleLog, printEntry } from './log.ts';
import { wireRequest } from './testing/harness.ts';

describe('the log', () => {
  it('is one line an entry, with the place and cause of an error', () => {
    const error = new Error('first\nsecond', { cause: new TypeError('deep') });
    const line = printEntry({ level: 'error', event: 'failure', message: 'buy', id: '0f3a', error });
    expect(line).toMatch(
      /^mizan failure 0f3a: buy: Error: first second \(.*log\.test\.ts:\d+:\d+\), because of TypeError: deep/,
    );
    expect(line).not.toContain('\n');
    expect(printEntry({ level: 'warn', event: 'scope', message: 'x' })).toBe('mizan scope: x');
    expect(printEntry({ level: 'error', event: 'failure', message: 'x', error: 'a text' })).toBe(
      'mizan failure: x: a text',
    );
  });

  it('goes to the console where nobody else takes it', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    consoleLog({ level: 'warn', event: 'scope', message: 'x' });
    expect(warn).toHaveBeenCalledExactlyOnceWith('mizan scope: x');
    const crash = client(() => {
      throw new Error('no');
    });
    const mizan = createMizan({ modules: [{ crash }] });
    const headers = { 'content-type': 'application/json' };
    const answer = await mizan.handle(
      wireRequest('/call/', { method: 'POST', headers, body: { fn: 'crash' } }),
    );
    const { id } = JSON.parse(String(answer.body)).error;
    expect(error).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining(`mizan failure ${id}: crash: Error: no`),
    );
  });

  it('says in production that a secret is missing', () => {
    const said: string[] = [];
    const before = process.env.NODE_ENV;
    const make = (options: object) =>
      createMizan({
        modules: [{ ping: client(() => {}) }],
        log: ({ event }) => said.push(event),
        ...options,
      });
    try {
      process.env.NODE_ENV = 'production';
      make({});
      expect(said).toEqual([]);
      make({ identify: () => null });
      expect(said).toEqual(['secret']);
      make({ identify: () => null, secret: 'x'.repeat(32) });
      expect(said).toEqual(['secret']);
    } finally {
      process.env.NODE_ENV = before;
    }
  });
});
