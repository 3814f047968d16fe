// Compiled by types.test.ts with each supported compiler, strictly. Lines marked so must be refused.

import {
  type Args,
  client,
  context,
  createMizan,
  error,
  identity,
  type MizanError,
  type MizanRequest,
} from '@mizan/server';
import { type } from 'arktype';
import * as v from 'valibot';
import { z } from 'zod';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const expect = <T extends true>(): T | undefined => undefined;

export const UserContext = context('user', { input: { userId: z.int() } });
export const Profile = z.object({ id: z.int(), name: z.string() });
export const OutOfStock = error('OutOfStock', { fields: { left: z.int() }, status: 409 });

// Handlers are typed from their schemas, of any brand, mixed.
export const userProfile = client({ context: UserContext, output: Profile }, ({ userId }) => {
  expect<Equal<typeof userId, number>>();
  return { id: userId, name: '' };
});
export const mixed = client(
  { context: UserContext, input: { a: z.int().default(1), b: v.optional(v.string()), c: type('boolean') } },
  ({ userId, a, b, c }, req) => {
    expect<Equal<typeof userId, number>>();
    expect<Equal<typeof a, number>>();
    expect<Equal<typeof b, string | undefined>>();
    expect<Equal<typeof c, boolean>>();
    expect<Equal<typeof req, MizanRequest>>();
  },
);
export const whole = client({ input: z.object({ from: z.int(), to: z.int().optional() }) }, (args) => {
  expect<Equal<typeof args, Record<never, never> & { from: number; to?: number | undefined }>>();
});
export const ping = client(() => {});

// Outputs are what the schema takes in, at once or later; without one anything may be returned.
export const asyncOutput = client({ output: z.int() }, async () => 1);
export const dropped = client({}, async () => ({ anything: 1 }));
// @ts-expect-error a text is no int
client({ output: z.int() }, () => 'x');
// @ts-expect-error nor later
client({ output: z.int() }, async () => 'x');
// @ts-expect-error name is missing
client({ context: UserContext, output: Profile }, ({ userId }) => ({ id: userId }));
// @ts-expect-error the context has no such parameter
client({ context: UserContext, output: z.int() }, ({ userid }) => userid);

// Scopes name parameters of the context, and fields of arguments or result.
const input = { authorId: z.int(), text: z.string() };
client({ affects: UserContext.scope({ userId: 'authorId' }), input }, () => {});
client({ affects: [UserContext.scope({ userId: 'authorId' }), userProfile], input }, () => {});
client({ affects: UserContext.scope({ userId: 'id' }), output: Profile }, () => ({ id: 1, name: '' }));
client({ affects: userProfile.scope({ userId: 'authorId' }), input }, () => {});
client({ merge: userProfile.scope({ userId: 'id' }), output: Profile }, () => ({ id: 1, name: '' }));
// @ts-expect-error no such parameter
client({ affects: UserContext.scope({ userid: 'authorId' }), input }, () => {});
// @ts-expect-error no such field
client({ affects: UserContext.scope({ userId: 'autorId' }), input }, () => {});
// @ts-expect-error no such field, in a list
client({ affects: [userProfile, UserContext.scope({ userId: 'autorId' })], input }, () => {});
// @ts-expect-error there are no arguments
client({ affects: UserContext.scope({ userId: 'authorId' }) }, () => {});
// @ts-expect-error contexts are symbols
client({ affects: 'user' }, () => {});
// @ts-expect-error no such parameter of the query
client({ merge: userProfile.scope({ id: 'id' }), output: Profile }, () => ({ id: 1, name: '' }));

// Guards see the caller and the arguments, before or after the input is written.
client({ auth: (who, { ownerId }) => who.hasId(ownerId), input: { ownerId: z.int() } }, () => {});
client({ input: { ownerId: z.int() }, auth: async (who, { ownerId }) => who.staff && ownerId > 0 }, () => {});
client({ context: UserContext, auth: (who, { userId }) => who.hasId(userId), output: z.int() }, () => 1);
// @ts-expect-error no such guard
client({ auth: 'admin' }, () => {});
// @ts-expect-error no such argument
client({ auth: (who, { ownerid }) => who.hasId(ownerid), input: { ownerId: z.int() } }, () => {});

// Direct calls take what the handler takes.
export async function calls(req: MizanRequest): Promise<void> {
  const profile = await userProfile({ userId: 5 });
  expect<Equal<typeof profile, { id: number; name: string }>>();
  await userProfile({ userId: 5 }, req);
  const nothing = await ping();
  expect<Equal<typeof nothing, void>>();
  await ping({}, req);
  // @ts-expect-error a text is no int
  await userProfile({ userId: '5' });
  // @ts-expect-error userId is missing
  await userProfile();
  req.invalidate(UserContext);
  req.invalidate(UserContext, { userId: 5 });
  // @ts-expect-error no such parameter
  req.invalidate(UserContext, { userid: 5 });
}

// Declared errors carry their details.
export const soldOut = new OutOfStock({ left: 2 });
expect<Equal<typeof soldOut, MizanError<'OutOfStock', { left: number }>>>();
client({ errors: [OutOfStock] }, () => {});
export const bare = new (error('Reserved'))();
// @ts-expect-error left is an int
new OutOfStock({ left: 'two' });
// @ts-expect-error left is missing
new OutOfStock();
// @ts-expect-error errors are classes
client({ errors: ['OutOfStock'] }, () => {});

// Methods are checked at the decorator.
export class Tickets {
  @client({ context: UserContext, output: Profile })
  async ticket({ userId }: Args<typeof UserContext>) {
    return { id: userId, name: '' };
  }
  @client({ input: { a: z.int() } })
  none(_args: { a: number }, req: MizanRequest) {
    expect<Equal<typeof req.transaction, unknown>>();
  }
  // @ts-expect-error it returns a text
  @client({ output: z.int() })
  wrongOutput() {
    return 'x';
  }
  // @ts-expect-error it takes a text
  @client({ input: { a: z.int() } })
  wrongInput({ a }: { a: string }) {
    return a;
  }
  // @ts-expect-error fields cannot be called
  @client({ input: { a: z.int() } })
  field = 1;
}

// Defaults name fields.
client({ input: { count: type('number.integer') }, defaults: { count: 1 } }, () => {});
// @ts-expect-error no such field
client({ input: { count: type('number.integer') }, defaults: { cuont: 1 } }, () => {});

export const mizan = createMizan({
  modules: [{ userProfile }, new Tickets()],
  identify: (req) => (req.headers.has('x') ? identity({ id: 5, staff: true }) : null),
  transaction: (run, req) => run(req.identity),
});
