import { encodeValue } from '@mizan/core';
import { expect } from 'vitest';
import { post } from './serve.ts';

/** The module that each runtime mounts: published entry points only. */
export const mountedApp = `
import { client, context, createMizan, identity } from '@mizan/server';
import { z } from 'zod';

let name = 'Ada';
const UserContext = context('user', { input: { userId: z.int() }, cache: 60 });
const modules = [{
  userName: client({ context: UserContext, output: z.string() }, async ({ userId }, req) => name + ' ' + userId + (req.headers.get('x-suffix') ?? '')),
  rename: client({ affects: UserContext, input: { userId: z.int(), to: z.string() } }, ({ to }) => { name = to; }),
  find: client({ context: context('find', { input: { q: z.string() } }), output: z.string() }, ({ q }) => q),
  whoAmI: client({ auth: true, output: z.string() }, (_, req) => req.identity.id),
}];
export const mizan = createMizan({
  modules,
  secret: 'a secret of at least 32 bytes, for tests',
  identify: (req) => (req.header('x-user') ? identity({ id: req.header('x-user') }) : null),
});
`;

/** What must hold wherever that module is mounted. */
export async function expectMounted(origin: string, { rawQuery = true } = {}): Promise<void> {
  const url = `${origin}/api/mizan/ctx/user?userId=5`;
  const bundle = await fetch(url);
  expect([bundle.status, await bundle.json()]).toEqual([200, { userName: 'Ada 5' }]);
  expect(bundle.headers.get('cache-control')).toBe('public, max-age=0, s-maxage=60');
  const etag = bundle.headers.get('etag') as string;
  expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304);
  const head = await fetch(url, { method: 'HEAD' });
  expect([head.status, await head.text(), head.headers.get('etag')]).toEqual([200, '', etag]);
  expect(await (await fetch(url, { headers: { 'x-suffix': '!' } })).json()).toEqual({ userName: 'Ada 5!' });
  expect((await fetch(`${origin}/api/mizan/ctx/user?userId=5&userId=6`)).status).toBe(422);
  // A host that hands out no raw query cannot tell spellings of a value apart.
  if (rawQuery) expect((await fetch(`${origin}/api/mizan/ctx/user?userId=%35`)).status).toBe(422);
  const odd = "a b+c~d*e'(f)!&=%/ü✓";
  const found = await fetch(`${origin}/api/mizan/ctx/find?$min=*,x.1&q=${encodeValue(odd)}`);
  expect([found.status, await found.json()]).toEqual([200, { find: odd }]);
  expect(found.headers.get('cache-control')).toBe('private, no-store');

  const renamed = await post(origin, {
    fn: 'rename',
    args: { userId: 5, to: 'Bob' },
    shows: ['user?userId=5'],
  });
  const body = await renamed.json();
  expect(renamed.status).toBe(200);
  expect(body.contexts['user?userId=5'].data).toEqual({ userName: 'Bob 5' });
  expect(renamed.headers.get('x-mizan-invalidate')).toBe(`"${body.invalidate[0]}"`);

  expect((await post(origin, { fn: 'whoAmI' })).status).toBe(401);
  expect((await (await post(origin, { fn: 'whoAmI' }, { 'x-user': '7' })).json()).result).toBe('7');
  expect((await post(origin, '{')).status).toBe(400);
  expect((await post(origin, '{}', { 'content-type': 'text/plain' })).status).toBe(415);
  expect((await post(origin, `{"fn":"${'x'.repeat(2 << 20)}"}`)).status).toBe(413);
  expect((await fetch(`${origin}/api/mizan/session`)).status).toBe(200);
  expect((await fetch(`${origin}/api/mizan/nowhere`)).status).toBe(404);
}
