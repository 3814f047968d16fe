import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { client, context, MizanError } from './index.ts';
import { harness } from './testing/harness.ts';

const UserContext = context('user', { input: { userId: z.int() } });
const functions = {
  userName: client({ context: UserContext, output: z.string() }, () => 'Ada'),
  add: client(
    { input: { a: z.int(), inner: z.object({ b: z.int() }).optional() }, output: z.int() },
    ({ a }) => a,
  ),
  fails: client(() => {
    throw MizanError.conflict('no');
  }),
};
const OLD = '0123456789abcdef';
const KEPT = 'fedcba9876543210';
const app = () => harness(functions, { contracts: { [KEPT]: { changed: ['add', 'userName', 'gone'] } } });
const under = (id: string) => ({ 'x-mizan-contract': id });

describe('under another contract', () => {
  it('success is success, and says nothing more', async () => {
    const { call, get } = app();
    expect((await call('add', { a: 1 }, {}, under(OLD))).body).toEqual({ result: 1, invalidate: [] });
    const plain = await get('/ctx/user?userId=5');
    const other = await get('/ctx/user?userId=5', under(OLD));
    expect(other).toEqual(plain);
  });

  it('errors keep their code and name the server’s contract', async () => {
    const { call, mizan, send } = app();
    const id = mizan.export().hash.slice(0, 16);
    const conflict = await call('fails', {}, {}, under(OLD));
    expect(conflict.body.error).toEqual({ code: 'CONFLICT', message: 'no', contract: id });
    const wrong = await call('add', { a: 'x' }, {}, under(OLD));
    expect([wrong.status, wrong.body.error.code, wrong.body.error.contract]).toEqual([
      422,
      'VALIDATION_FAILED',
      id,
    ]);
    expect((await send('/nowhere', { headers: under(OLD) })).body.error).toMatchObject({
      code: 'NOT_FOUND',
      contract: id,
    });
    for (const said of [id, 'nonsense', OLD.toUpperCase(), ''])
      expect((await call('fails', {}, {}, under(said))).body.error).not.toHaveProperty('contract');
  });

  it('what the server does not know is a mismatch', async () => {
    const { call, get } = app();
    const mismatch = { status: 409, code: 'CONTRACT_MISMATCH' };
    const verdict = async (answer: Promise<{ status: number; body: { error: { code: string } } }>) => {
      const { status, body } = await answer;
      return { status, code: body.error.code };
    };
    expect(await verdict(call('gone', {}, {}, under(OLD)))).toEqual(mismatch);
    expect(await verdict(get('/ctx/nowhere', under(OLD)))).toEqual(mismatch);
    expect(await verdict(get('/ctx/user/gone?userId=5', under(OLD)))).toEqual(mismatch);
    expect(await verdict(get('/ctx/user?userId=5&gone=1', under(OLD)))).toEqual(mismatch);
    const extra = await call('add', { a: 'x', gone: 1 }, {}, under(OLD));
    expect([extra.status, extra.body.error.code, extra.body.error.details.length]).toEqual([
      409,
      'CONTRACT_MISMATCH',
      2,
    ]);
    expect(await verdict(call('add', { a: 1, inner: { b: 1, c: 1 } }, {}, under(OLD)))).toEqual({
      status: 422,
      code: 'VALIDATION_FAILED',
    });
    expect(await verdict(call('gone'))).toEqual({ status: 404, code: 'NOT_FOUND' });
  });

  it('what changed since a released contract is a mismatch whatever is sent', async () => {
    const { call, get } = app();
    expect((await call('add', { a: 1 }, {}, under(KEPT))).status).toBe(409);
    expect((await call('add', { a: 'x' }, {}, under(KEPT))).body.error.code).toBe('CONTRACT_MISMATCH');
    expect((await call('fails', {}, {}, under(KEPT))).body.error.code).toBe('CONFLICT');
    expect((await get('/ctx/user?userId=5', under(KEPT))).status).toBe(409);
    expect((await call('add', { a: 1 }, {}, under(OLD))).status).toBe(200);
  });
});

describe('the contract’s id', () => {
  it('does not change by documentation or private functions, and does by anything else', () => {
    const id = (more: object, doc?: string) =>
      harness({
        add: client({ input: { a: z.int() }, ...(doc ? { doc } : {}) }, () => {}),
        ...more,
      }).mizan.export().hash;
    const plain = id({});
    expect(id({}, 'Adds.')).toBe(plain);
    expect(id({ hook: client({ private: true }, () => {}) })).toBe(plain);
    expect(id({ ping: client(() => {}) })).not.toBe(plain);
  });
});
