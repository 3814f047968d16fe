import { client, context, MizanError } from '@mizan/server';
import { z } from 'zod';
import { Note, OutOfStock, Profile, Undeclared, Withdrawn } from './types.ts';
import { world } from './world.ts';

export const AccountContext = context('account', { input: { accountId: z.int() } });
/** Cached for everybody. */
export const CatalogContext = context('catalog', { cache: 60, rev: 2, doc: 'Cached for everybody.' });
/** Its parameter is called id, which never scopes by name. */
export const ThingContext = context('thing', { input: { id: z.int() } });

type Stored = { id: number; name: string; version: number };
function find(accountId: number): Stored {
  const account = world.seen.accounts.get(accountId);
  if (!account) throw MizanError.notFound(`No account ${accountId}`);
  return account;
}
function rename(accountId: number, name: string): Stored {
  const { version } = find(accountId);
  const next = { id: accountId, name, version: version + 1 };
  world.seen.accounts.set(accountId, next);
  return next;
}

export const accountProfile = client(
  { context: AccountContext, output: Profile, doc: 'The profile of one account.' },
  async ({ accountId }) => {
    await world.witness('accountProfile', { accountId });
    const does = world.instruction('accountProfile');
    if (does === 'conflict') throw MizanError.conflict('steered');
    if (does === 'crash') throw new Error('steered crash');
    if (does === 'wrong') return { id: 'x' } as unknown as Stored;
    return find(accountId);
  },
);
export const accountNotes = client(
  { context: AccountContext, input: { limit: z.int().min(1).max(50).default(10) }, output: z.array(Note) },
  async ({ accountId, limit }) => {
    await world.witness('accountNotes', { accountId, limit });
    const does = world.instruction('accountNotes');
    if (does === 'conflict') throw MizanError.conflict('steered');
    if (does === 'crash') throw new Error('steered crash');
    return (world.seen.notes.get(accountId) ?? []).slice(0, limit);
  },
);
export const catalogStamp = client({ context: CatalogContext, output: z.int() }, async () => {
  await world.witness('catalogStamp', {});
  return world.seen.stamp;
});
export const thingName = client({ context: ThingContext, output: z.string() }, async ({ id }) => {
  await world.witness('thingName', { id });
  const name = world.seen.things.get(id);
  if (name === undefined) throw MizanError.notFound(`No thing ${id}`);
  return name;
});

const Rename = { accountId: z.int(), name: z.string() };
/** Scoped by name: both have accountId. */
export const renameAccount = client(
  { affects: AccountContext, input: Rename, output: Profile, doc: 'Scoped by name: both have accountId.' },
  async ({ accountId, name }) => {
    await world.witness('renameAccount', { accountId, name });
    return rename(accountId, name);
  },
);
/** Scoped from an argument of another name. */
export const assignAccount = client(
  {
    affects: AccountContext.scope({ accountId: 'ownerId' }),
    input: { ownerId: z.int(), name: z.string() },
    output: Profile,
  },
  ({ ownerId, name }) => rename(ownerId, name),
);
/** Scoped from the result. */
export const createAccount = client(
  { affects: AccountContext.scope({ accountId: 'id' }), input: { name: z.string() }, output: Profile },
  ({ name }) => {
    const id = Math.max(...world.seen.accounts.keys()) + 1;
    const account = { id, name, version: 1 };
    world.seen.accounts.set(id, account);
    return account;
  },
);
/** One member of an instance is stale: a hint. */
export const addNote = client(
  { affects: accountNotes, input: { accountId: z.int(), text: z.string() }, output: Note },
  ({ accountId, text }) => {
    const notes = world.seen.notes.get(accountId) ?? [];
    const note = { id: notes.reduce((last, n) => Math.max(last, n.id), 0) + 1, text };
    world.seen.notes.set(accountId, [note, ...notes]);
    return note;
  },
);
/** Broad: a parameter called id never scopes. */
export const renameThing = client(
  { affects: ThingContext, input: { id: z.int(), name: z.string() } },
  ({ id, name }) => {
    world.seen.things.set(id, name);
  },
);
/** Two contexts, one of them broad. */
export const restamp = client(
  { affects: [AccountContext, CatalogContext], input: { accountId: z.int() }, output: z.int() },
  () => ++world.seen.stamp,
);
/** Scopes found while it runs, in the order given. */
export const announce = client(
  { affects: CatalogContext, input: { accountIds: z.array(z.int()), all: z.boolean().default(false) } },
  ({ accountIds, all }, req) => {
    for (const accountId of accountIds) req.invalidate(AccountContext, { accountId });
    if (all) req.invalidate(AccountContext);
  },
);
/** The result replaces the profile in one instance. */
export const mergeName = client(
  { merge: accountProfile, input: Rename, output: Profile },
  async ({ accountId, name }) => {
    await world.witness('mergeName', { accountId, name });
    return rename(accountId, name);
  },
);
/** Merges into one context and makes another stale. */
export const mergeAndStamp = client(
  { merge: accountProfile, affects: CatalogContext, input: Rename, output: Profile },
  ({ accountId, name }) => {
    world.seen.stamp += 1;
    return rename(accountId, name);
  },
);
/** Writes, then throws: rolled back where a transaction is bound. */
export const renameThenFail = client(
  {
    affects: AccountContext,
    errors: [OutOfStock],
    input: { accountId: z.int(), how: z.enum(['crash', 'declared', 'standard']) },
  },
  ({ accountId, how }) => {
    rename(accountId, 'never seen');
    if (how === 'declared') throw new OutOfStock({ left: 0, sku: 'a1' });
    if (how === 'standard') throw MizanError.conflict('changed meanwhile');
    throw new Error('secret-7f3a: after the write');
  },
);
/** Writes and commits; the answer is what its declaration forbids. */
export const renameThenLie = client(
  { affects: AccountContext, input: Rename, output: Profile },
  ({ accountId, name }) => {
    rename(accountId, name);
    return { id: accountId } as unknown as Stored;
  },
);
/** Clients cannot call it. */
export const settleAccount = client(
  { affects: AccountContext, private: true, input: { accountId: z.int() } },
  ({ accountId }) => {
    rename(accountId, 'settled');
  },
);
/** Calls a private mutation inside: one announcement. */
export const settleThrough = client(
  { affects: CatalogContext, input: { accountId: z.int() } },
  async ({ accountId }, req) => {
    await settleAccount({ accountId }, req);
  },
);
/** Throws what it declares, and what it does not. */
export const buy = client(
  {
    errors: [OutOfStock, Withdrawn],
    input: { sku: z.string(), count: z.int().min(1).default(1) },
    output: z.int(),
  },
  ({ sku, count }) => {
    if (sku === 'gone') throw new Withdrawn({ since: '2026-01-31' });
    if (sku === 'odd') throw new Undeclared({});
    if (count > 2) throw new OutOfStock({ left: 2, sku });
    return count;
  },
);
/** The committed version of an account, read on another connection. */
export const peekVersion = client({ input: { accountId: z.int() }, output: z.int() }, ({ accountId }) => {
  return world.rows.accounts.get(accountId)?.version ?? 0;
});
