import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { client, context, error, identity, MizanError } from './index.ts';
import { harness, SECRET } from './testing/harness.ts';

const OutOfStock = error('OutOfStock', { fields: { left: z.int() }, status: 410, doc: 'Not enough.' });
const Reserved = error('Reserved');
const Hidden = error('Hidden', { fields: { left: z.int() } });
const UserContext = context('user', { input: { userId: z.int() } });
const json = () => z.unknown().meta({ format: 'json' });

function app() {
  const ran: string[] = [];
  const functions = {
    add: client(
      { input: { a: z.int().min(0), b: z.int().default(2) }, output: z.int() },
      ({ a, b }) => a + b,
    ),
    later: client({ input: { a: z.string() }, output: z.string() }, async ({ a }) => `${a}!`),
    nothing: client(() => 'dropped'),
    strict: client(
      {
        input: { even: z.int().refine((n) => n % 2 === 0, 'must be even'), name: z.string() },
        output: z.int(),
      },
      ({ even }) => {
        ran.push('strict');
        return even;
      },
    ),
    slowRule: client(
      { input: { name: z.string().refine(async (name) => name !== 'taken', 'is taken') } },
      () => {},
    ),
    range: client(
      {
        input: z
          .object({ from: z.int(), to: z.int() })
          .refine(({ from, to }) => from <= to, { message: 'ends before it begins', path: ['to'] }),
        output: z.int(),
      },
      ({ from, to }) => to - from,
    ),
    shout: client(
      { input: { text: z.string().transform((text) => text.toUpperCase()) }, output: z.string() },
      ({ text }) => text,
    ),
    keep: client({ input: { value: json() }, output: json() }, ({ value }) => value),
    profile: client(
      { context: UserContext, output: z.object({ id: z.int(), name: z.string() }) },
      ({ userId }) => ({ id: userId, name: 'Ada', password: 'hunter2' }),
    ),
    wrong: client({ output: z.object({ name: z.string() }) }, () => ({ name: 7 }) as never),
    looser: client({ output: z.string().meta({ format: 'bigint' }) }, () => 'not a number' as string),
    crash: client(() => {
      throw new Error('connection to db-internal refused', { cause: new Error('secret-7f3a') });
    }),
    reject: client(async () => {
      throw 'a text';
    }),
    buy: client(
      { input: { how: z.string() }, errors: [OutOfStock, Reserved], output: z.int() },
      ({ how }) => {
        if (how === 'declared') throw new OutOfStock({ left: 2 });
        if (how === 'said') throw new OutOfStock({ left: 2 }, 'Only two left');
        if (how === 'bare') throw new Reserved();
        if (how === 'wrong') throw new OutOfStock({ left: 'two' as never });
        if (how === 'hidden') throw new Hidden({ left: 1 });
        if (how === 'standard') throw MizanError.conflict('changed meanwhile');
        if (how === 'field') throw MizanError.invalid({ email: 'is taken' });
        if (how === 'internal') throw MizanError.internal('my secret');
        if (how === 'made') throw new MizanError('Teapot' as never, 'short and stout');
        return 1;
      },
    ),
    hook: client({ private: true }, () => {
      ran.push('hook');
    }),
    mine: client({ auth: true, input: { n: z.int() } }, () => {
      ran.push('mine');
    }),
    staff: client({ auth: 'staff', input: { n: z.int() } }, () => {
      ran.push('staff');
    }),
    owner: client({ auth: (who, { id }) => who.hasId(id), input: { id: z.int() } }, () => {
      ran.push('owner');
    }),
    ownerLater: client({ auth: async (who, { id }) => who.hasId(id), input: { id: z.int() } }, () => {}),
    pickyGuard: client(
      {
        auth: () => {
          throw MizanError.notFound('Not for you');
        },
      },
      () => {},
    ),
    who: client({ output: z.string().nullable() }, (_, req) => req.identity?.id ?? null),
  };
  const made = harness(functions, {
    identify: (req) => {
      const said = req.header('x-user');
      if (said === undefined) return null;
      if (said === 'bad') throw MizanError.unauthenticated('Bad token');
      return identity({ id: said.replace('+', ''), staff: said.endsWith('+') });
    },
  });
  return { ...made, ran };
}

describe('a call', () => {
  it('answers the result, an empty list and the contract', async () => {
    const { call, mizan } = app();
    const { status, body, headers, text } = await call('add', { a: 1 });
    expect(status).toBe(200);
    expect(body).toEqual({ result: 3, invalidate: [] });
    expect(text).toBe('{"result":3,"invalidate":[]}');
    expect(headers['x-mizan-contract']).toBe(mizan.export().hash.slice(0, 16));
    expect(headers['cache-control']).toBe('private, no-store');
    expect(headers['content-type']).toBe('application/json');
    expect(headers).not.toHaveProperty('x-mizan-invalidate');
  });

  it('waits for handlers, and answers null for those that return nothing', async () => {
    const { call } = app();
    expect((await call('later', { a: 'hi' })).body.result).toBe('hi!');
    expect((await call('nothing')).body).toEqual({ result: null, invalidate: [] });
  });

  it('may call a query, which makes nothing stale and shows only what is declared', async () => {
    const { call } = app();
    const { body } = await call('profile', { userId: 5 });
    expect(body).toEqual({ result: { id: 5, name: 'Ada' }, invalidate: [] });
  });

  it('hands on what the schema makes of a value', async () => {
    const { call } = app();
    expect((await call('shout', { text: 'hi' })).body.result).toBe('HI');
  });

  it('keeps any JSON as it is', async () => {
    const { call } = app();
    const value = { a: [1, 'x', null, { b: true }], '': 0.5 };
    expect((await call('keep', { value })).body.result).toEqual(value);
  });
});

describe('arguments', () => {
  it('are checked by the contract first, completely and in order', async () => {
    const { call } = app();
    const { status, body } = await call('add', { b: '1', c: 1, a: -1 });
    expect(status).toBe(422);
    expect(body.error.code).toBe('VALIDATION_FAILED');
    expect(body.error.details.map(({ path, code }: Record<string, string>) => [path, code])).toEqual([
      ['/a', 'min'],
      ['/b', 'type'],
      ['/c', 'unknown'],
    ]);
  });

  it('are then seen by the host validator, whose findings are invalid', async () => {
    const { call, ran } = app();
    const { body } = await call('strict', { even: 3, name: 'x' });
    expect(body.error.details).toEqual([{ path: '/even', code: 'invalid', message: 'must be even' }]);
    expect(
      (await call('strict', { even: 3 })).body.error.details.map((finding: { code: string }) => finding.code),
    ).toEqual(['required']);
    expect(ran).toEqual([]);
    expect((await call('strict', { even: 4, name: 'x' })).body.result).toBe(4);
  });

  it('may have rules that wait, and rules over several fields', async () => {
    const { call } = app();
    expect((await call('slowRule', { name: 'free' })).status).toBe(200);
    const refused = await call('slowRule', { name: 'taken' });
    expect(refused.body.error.details).toEqual([{ path: '/name', code: 'invalid', message: 'is taken' }]);
    expect((await call('range', { from: 1, to: 3 })).body.result).toBe(2);
    const backwards = await call('range', { from: 3, to: 1 });
    expect(backwards.body.error.details).toEqual([
      { path: '/to', code: 'invalid', message: 'ends before it begins' },
    ]);
    expect((await call('range', { from: 3, to: 4, step: 1 })).body.error.details[0].code).toBe('unknown');
  });

  it.each([
    ['1.0', 200],
    ['1e2', 200],
    ['-0', 200],
    ['9007199254740991', 200],
    ['9007199254740992', 422],
    ['1.5', 422],
    ['"1"', 422],
    ['true', 422],
    ['null', 422],
    ['1E400', 400],
  ])('take %s for an int with %i', async (text, status) => {
    const { send } = app();
    const body = `{"fn":"add","args":{"a":${text},"b":0}}`;
    const answer = await send('/call/', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(answer.status).toBe(status);
  });
});

describe('the envelope', () => {
  const post = (body: unknown, type = 'application/json', more = {}) =>
    app().send('/call/', { method: 'POST', headers: { 'content-type': type, ...more }, body });

  it.each([
    ['', 'empty'],
    ['{', 'not JSON'],
    ['{"fn":"add"}x', 'not JSON'],
    ['\uFEFF{"fn":"nothing"}', 'not JSON'],
    ['[]', 'not an object'],
    ['null', 'not an object'],
    ['{}', '"fn"'],
    ['{"fn":1}', '"fn"'],
    ['{"fn":"nothing","args":null}', '"args"'],
    ['{"fn":"nothing","args":[]}', '"args"'],
    ['{"fn":"nothing","shows":{}}', '"shows"'],
    ['{"fn":"nothing","shows":null}', '"shows"'],
    ['{"fn":"nothing","shows":[1]}', '"shows"'],
    ['{"fn":"nothing","id":"1"}', 'UUID'],
    ['{"fn":"nothing","id":null}', 'UUID'],
    ['{"fn":"nothing","extra":1}', 'key besides'],
    ['{"fn":"nothing","__proto__":{}}', 'key besides'],
    [`{"fn":"nothing","args":${'['.repeat(64)}${']'.repeat(64)}}`, 'nested deeper'],
    ['{"fn":"nothing","args":{"a":"\\ud800"}}', 'Unicode'],
    ['{"fn":"nothing","args":{"a":1e999}}', 'finite'],
  ])('refuses %s', async (body, word) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe('BAD_REQUEST');
    expect(answer.body.error.message).toContain(word);
  });

  it('refuses what is not UTF-8', async () => {
    const answer = await post(new Uint8Array([0x22, 0xff, 0x22]));
    expect(answer.body.error).toEqual({ code: 'BAD_REQUEST', message: 'The body is not UTF-8' });
  });

  it('takes the last of equal keys, and an id', async () => {
    expect((await post('{"fn":"crash","fn":"add","args":{"a":1},"args":{"a":2}}')).body.result).toBe(4);
    const id = '0b4fb2a2-2b1a-4f0c-9d5b-3f0a6c9b1e77';
    expect((await post(`{"fn":"nothing","id":"${id}"}`)).status).toBe(200);
  });

  it.each([
    ['text/plain'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x'],
    ['application/json; charset=latin1'],
    ['application/jsonl'],
    ['application/json+x'],
    [''],
  ])('refuses the content type %s', async (type) => {
    const answer = await post('{"fn":"nothing"}', type);
    expect(answer.status).toBe(415);
    expect(answer.body.error.code).toBe('UNSUPPORTED_MEDIA_TYPE');
  });

  it.each([
    ['application/json'],
    ['Application/JSON'],
    ['application/json; charset=UTF-8'],
    ['application/json;charset="utf-8"'],
  ])('takes the content type %s', async (type) => {
    expect((await post('{"fn":"nothing"}', type)).status).toBe(200);
  });

  it('refuses a content encoding and a missing content type', async () => {
    expect((await post('{"fn":"nothing"}', 'application/json', { 'content-encoding': 'gzip' })).status).toBe(
      415,
    );
    expect(
      (await post('{"fn":"nothing"}', 'application/json', { 'content-encoding': 'identity' })).status,
    ).toBe(200);
    expect((await app().send('/call/', { method: 'POST', body: '{}' })).status).toBe(415);
  });

  it('refuses a body over the limit', async () => {
    const answer = await post(`{"fn":"nothing","args":{"a":"${'x'.repeat(1 << 20)}"}}`);
    expect(answer.status).toBe(413);
    expect(answer.body.error.code).toBe('PAYLOAD_TOO_LARGE');
    expect(answer.headers).toHaveProperty('x-mizan-contract');
  });
});

describe('routes', () => {
  it.each([
    ['POST', '/call', 415],
    ['GET', '/call/', 405],
    ['PUT', '/call/', 405],
    ['OPTIONS', '/call/', 405],
    ['POST', '/session/', 405],
    ['POST', '/ctx/user', 405],
    ['DELETE', '/ctx/nowhere', 405],
    ['GET', '/ctx/nowhere', 404],
    ['GET', '/ctx/', 404],
    ['GET', '/ctx', 404],
    ['GET', '/ctx/user/profile/more', 404],
    ['GET', '/ctx/user//', 404],
    ['GET', '/contract/', 404],
    ['GET', '/', 404],
    ['GET', '', 404],
    ['GET', '/CALL/', 404],
    ['GET', '/c%61ll/', 404],
    ['GET', '/call//', 404],
    ['GET', '/constructor', 404],
  ])('%s %s is %i', async (method, path, status) => {
    const answer = await app().send(path, { method });
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).not.toBe('');
    if (status === 405)
      expect(answer.headers.allow).toMatch(path.startsWith('/call') ? /^POST$/ : /^GET, HEAD$/);
    expect('x-mizan-contract' in answer.headers).toBe(
      path === '/call' || path === '/call/' || path === '/session/',
    );
  });

  it('are equal with and without their trailing slash', async () => {
    const { send, get } = app();
    const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, body: { fn: 'nothing' } };
    expect((await send('/call', sent)).body).toEqual((await send('/call/', sent)).body);
    expect((await get('/session')).body).toEqual((await get('/session/')).body);
    expect((await get('/ctx/user/?userId=5')).body).toEqual((await get('/ctx/user?userId=5')).body);
  });
});

describe('errors', () => {
  it.each(['nope', 'constructor', '__proto__', 'toString', '', 'Add'])(
    'knows no function %s',
    async (name) => {
      const answer = await app().call(name);
      expect(answer.status).toBe(404);
      expect(answer.body.error.code).toBe('NOT_FOUND');
    },
  );

  it('of the code leak nothing, and their id is in the log', async () => {
    const { call, log } = app();
    const { status, body, text } = await call('crash');
    expect(status).toBe(500);
    expect(body.error).toEqual({
      code: 'INTERNAL',
      message: 'Internal error',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(text).not.toMatch(/db-internal|7f3a|Error:/);
    expect(log).toEqual([
      expect.objectContaining({ level: 'error', event: 'failure', id: body.error.id, function: 'crash' }),
    ]);
    expect(String(log[0]?.error)).toContain('db-internal');
    expect((await call('reject')).body.error.code).toBe('INTERNAL');
  });

  it('of the output are the server’s, and the log names function and field', async () => {
    const { call, log } = app();
    expect((await call('wrong')).body.error.code).toBe('INTERNAL');
    expect(log[0]).toMatchObject({
      event: 'wrong-output',
      function: 'wrong',
      message: expect.stringContaining('/name'),
    });
    expect((await call('looser')).body.error.code).toBe('INTERNAL');
    expect(log[1]?.message).toMatch(/looser returned a wrong output: the result/);
  });

  it('that are declared arrive with code, status and details', async () => {
    const { call } = app();
    const declared = await call('buy', { how: 'declared' });
    expect(declared.status).toBe(410);
    expect(declared.body).toEqual({
      error: { code: 'OutOfStock', message: 'Not enough.', details: { left: 2 } },
    });
    expect((await call('buy', { how: 'said' })).body.error.message).toBe('Only two left');
    const bare = await call('buy', { how: 'bare' });
    expect([bare.status, bare.body.error]).toEqual([409, { code: 'Reserved', message: 'Reserved' }]);
  });

  it('that are not what they declare, or not declared, are INTERNAL with a hint', async () => {
    const { call, log } = app();
    for (const how of ['wrong', 'hidden', 'internal', 'made']) {
      const { status, text, body } = await call('buy', { how });
      expect([how, status, body.error.code]).toEqual([how, 500, 'INTERNAL']);
      expect(text).not.toMatch(/secret|two|stout/);
    }
    expect(log.map((entry) => entry.event)).toEqual([
      'wrong-output',
      'undeclared-error',
      'failure',
      'failure',
    ]);
    expect(log[0]?.message).toContain('OutOfStock whose details/left');
    expect(log[1]?.message).toContain('add errors: [Hidden]');
  });

  it('that are standard need no declaration', async () => {
    const { call } = app();
    const conflict = await call('buy', { how: 'standard' });
    expect([conflict.status, conflict.body.error]).toEqual([
      409,
      { code: 'CONFLICT', message: 'changed meanwhile' },
    ]);
    const field = await call('buy', { how: 'field' });
    expect(field.status).toBe(422);
    expect(field.body.error.details).toEqual([{ path: '/email', code: 'invalid', message: 'is taken' }]);
  });
});

describe('guards', () => {
  const as = (user: string) => ({ 'x-user': user });

  it('refuse private functions whoever asks and whatever the arguments', async () => {
    const { call, ran } = app();
    const { status, body } = await call('hook', { nonsense: 1 }, {}, as('5+'));
    expect([status, body.error.code]).toEqual([403, 'FORBIDDEN']);
    expect(ran).toEqual([]);
  });

  it('that look at the caller come before the arguments', async () => {
    const { call, ran } = app();
    expect((await call('mine', { n: 'x' })).status).toBe(401);
    expect((await call('mine', { n: 'x' }, {}, as('5'))).status).toBe(422);
    expect((await call('staff', { n: 'x' })).status).toBe(401);
    expect((await call('staff', { n: 'x' }, {}, as('5'))).status).toBe(403);
    expect(ran).toEqual([]);
    expect((await call('staff', { n: 1 }, {}, as('5+'))).status).toBe(200);
    expect(ran).toEqual(['staff']);
  });

  it('that are functions imply signed in and see checked arguments', async () => {
    const { call, ran } = app();
    expect((await call('owner', { id: 'x' })).status).toBe(401);
    expect((await call('owner', { id: 'x' }, {}, as('5'))).status).toBe(422);
    expect((await call('owner', { id: 6 }, {}, as('5'))).status).toBe(403);
    expect(ran).toEqual([]);
    expect((await call('owner', { id: 5 }, {}, as('5'))).status).toBe(200);
    expect((await call('ownerLater', { id: 6 }, {}, as('5'))).status).toBe(403);
    expect((await call('ownerLater', { id: 5 }, {}, as('5'))).status).toBe(200);
    expect((await call('pickyGuard', {}, {}, as('5'))).body.error).toEqual({
      code: 'NOT_FOUND',
      message: 'Not for you',
    });
  });

  it('refuse a bad credential before anything is read, on every route', async () => {
    const { send, call, get } = app();
    const headers = { 'content-type': 'application/json', ...as('bad') };
    for (const body of ['{', '{"fn":"nope"}', '{"fn":"nothing"}'])
      expect((await send('/call/', { method: 'POST', headers, body })).body.error).toEqual({
        code: 'UNAUTHENTICATED',
        message: 'Bad token',
      });
    expect((await get('/ctx/nowhere', as('bad'))).status).toBe(401);
    expect((await get('/session/', as('bad'))).status).toBe(401);
    expect((await call('who', {}, {}, as('7'))).body.result).toBe('7');
    expect((await call('who')).body.result).toBe(null);
  });

  it('fail as INTERNAL when identify crashes', async () => {
    const { call } = harness(
      { ping: client(() => {}) },
      { identify: async () => Promise.reject(new Error('db down')) },
    );
    const { body, text } = await call('ping');
    expect(body.error.code).toBe('INTERNAL');
    expect(text).not.toContain('db down');
  });
});

describe('the session', () => {
  it('says contract and identity, of nobody too', async () => {
    const { get, mizan } = app();
    const nobody = await get('/session/');
    expect(nobody.body).toEqual({
      csrf: null,
      contract: mizan.export().hash.slice(0, 16),
      identity: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    expect(nobody.headers['x-mizan-contract']).toBe(nobody.body.contract);
    expect(nobody.headers['cache-control']).toBe('private, no-store');
    const ada = await get('/session/', { 'x-user': '5' });
    expect(ada.body.identity).not.toBe(nobody.body.identity);
    expect((await get('/session/', { 'x-user': '5+' })).body.identity).toBe(ada.body.identity);
  });
});

describe('settings', () => {
  it('are refused with help', () => {
    const ping = client(() => {});
    expect(() => harness({ ping }, { secret: 'short' })).toThrow('The secret has 5 bytes, it needs 32');
    expect(() => harness({ ping }, { base: 'api' })).toThrow('begins with a slash');
    expect(() => harness({ ping }, { limits: { shows: -1 } })).toThrow('limits.shows is -1');
    expect(() => harness({ ping }, { secret: [SECRET, SECRET] })).not.toThrow();
  });
});
