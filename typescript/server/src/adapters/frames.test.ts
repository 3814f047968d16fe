import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { client, createMizan, frameConnection } from '../index.ts';

const echo = client(
  { input: { value: z.unknown().meta({ format: 'json' }) }, output: z.boolean() },
  () => true,
);
const mizan = createMizan({ modules: [{ echo }], secret: 'a-secret-of-at-least-32-bytes-for-tests' });

async function answerTo(text: string, ...before: string[]): Promise<unknown> {
  const sent: unknown[] = [];
  const connection = frameConnection(mizan.handle, { send: (frame) => sent.push(JSON.parse(frame)) });
  for (const frame of before) await connection.receive(frame);
  await connection.receive(text);
  expect(sent).toHaveLength(1);
  return sent[0];
}
const call = (value: string): string => `{"op":"call","id":"1","fn":"echo","args":{"value":${value}}}`;
const refused = { ok: false, error: { code: 'BAD_REQUEST', message: expect.any(String) } };

describe('frames', () => {
  it('answers a call with the body that HTTP would have', async () => {
    expect(await answerTo(call('[1]'))).toEqual({ id: '1', ok: true, result: true, invalidate: [] });
  });

  it.each(['1e400', '"\\ud800"', `${'['.repeat(70)}${']'.repeat(70)}`])(
    'refuses %s as HTTP would',
    async (value) => {
      expect(await answerTo(call(value))).toEqual({ id: '1', ...refused });
    },
  );

  it('says whose contract this is when it refuses a call under another', async () => {
    const auth = '{"op":"auth","contract":"0123456789abcdef"}';
    const contract = expect.stringMatching(/^[0-9a-f]{16}$/);
    for (const value of ['1e400', '"\\ud800"'])
      expect(await answerTo(call(value), auth)).toMatchObject({
        id: '1',
        error: { code: 'BAD_REQUEST', contract },
      });
    expect(await answerTo(call('[1]'), auth)).toEqual({ id: '1', ok: true, result: true, invalidate: [] });
  });

  it.each(['', '[]', 'null', '{', '{"op":"call","fn":"echo"}'])('answers %s without an id', async (text) => {
    expect(await answerTo(text)).toEqual(refused);
  });

  it('refuses an op that is none, and a fetch without an address', async () => {
    expect(await answerTo('{"op":"x","id":"1"}')).toEqual({ id: '1', ...refused });
    expect(await answerTo('{"op":"fetch","id":"1"}')).toEqual({ id: '1', ...refused });
  });
});
