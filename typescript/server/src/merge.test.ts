import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { client, context, identity, type Store } from './index.ts';
import { gate, harness } from './testing/harness.ts';

const Profile = z.object({ id: z.int(), name: z.string() });
const UserContext = context('user', { input: { userId: z.int() } });
const TeamContext = context('team');

const userProfile = client({ context: UserContext, output: Profile }, ({ userId }) => ({
  id: userId,
  name: 'read',
}));
const userAlias = client({ context: UserContext, output: Profile }, ({ userId }) => ({
  id: userId,
  name: 'alias',
}));
const userCount = client(
  { context: UserContext, input: { page: z.int().default(1) }, output: z.int() },
  () => 1,
);
const queries = {
  Profile,
  userProfile,
  userAlias,
  userCount,
  teamSize: client({ context: TeamContext, output: z.int() }, () => 2),
};
const Rename = { userId: z.int(), name: z.string() };
const rename = client({ merge: userProfile, input: Rename, output: Profile }, ({ userId, name }) => ({
  id: userId,
  name,
}));

describe('a merge', () => {
  it('says into which member of which instance, between which numbers', async () => {
    const { call } = harness({ ...queries, rename });
    const first = await call('rename', { userId: 5, name: 'Bob' });
    expect(first.text).toBe(
      '{"result":{"id":5,"name":"Bob"},"invalidate":["user/userProfile?userId=5@e.1001"],' +
        '"merge":[{"into":"user/userProfile?page=1&userId=5","base":"e.1000","revision":"e.1001"}]}',
    );
    const second = await call('rename', { userId: 5, name: 'Cy' });
    expect(second.body.merge).toEqual([
      { into: 'user/userProfile?page=1&userId=5', base: 'e.1001', revision: 'e.1002' },
    ]);
    const other = await call('rename', { userId: 6, name: 'Di' });
    expect(other.body.merge[0].base).toBe('e.1000');
  });

  it('says whose it is where it goes into a bundle of class user, and only there', async () => {
    const DeskContext = context('desk');
    const deskOwner = client({ context: DeskContext, auth: true, output: z.string() }, (_, req) =>
      String(req.identity?.id),
    );
    const claim = client({ merge: deskOwner, auth: true, output: z.string() }, (_, req) =>
      String(req.identity?.id),
    );
    const { call, get } = harness(
      { ...queries, rename, deskOwner, claim },
      { identify: () => identity({ id: 5 }) },
    );
    const header = 'x-mizan-identity';
    const { body, headers } = await call('claim', {});
    expect(body.merge).toEqual([{ into: 'desk/deskOwner', base: 'e.1000', revision: 'e.1001' }]);
    expect(headers[header]).toBe((await get('/ctx/desk')).headers[header]);
    expect((await call('rename', { userId: 5, name: 'Bob' })).headers).not.toHaveProperty(header);
  });

  it('takes the instance from the result, in several members, sorted', async () => {
    const { call } = harness({
      ...queries,
      create: client(
        {
          merge: [userProfile.scope({ userId: 'id' }), userAlias.scope({ userId: 'id' })],
          input: { name: z.string() },
          output: Profile,
        },
        ({ name }) => ({ id: 9, name }),
      ),
    });
    const { body } = await call('create', { name: 'Eve' });
    expect(body.merge.map((entry: { into: string }) => entry.into)).toEqual([
      'user/userAlias?page=1&userId=9',
      'user/userProfile?page=1&userId=9',
    ]);
    expect(body.invalidate).toEqual(['user/userAlias?userId=9@e.1001', 'user/userProfile?userId=9@e.1001']);
  });

  it('is no entry when anything else says that the instance changed', async () => {
    const { call } = harness({
      ...queries,
      rename: client(
        { merge: userProfile, affects: [UserContext, TeamContext], input: Rename, output: Profile },
        ({ userId, name }) => ({
          id: userId,
          name,
        }),
      ),
      told: client({ merge: userProfile, input: Rename, output: Profile }, ({ userId, name }, req) => {
        req.invalidate(UserContext, { userId });
        return { id: userId, name };
      }),
      elsewhere: client(
        { merge: userProfile, affects: TeamContext, input: Rename, output: Profile },
        ({ userId, name }) => ({
          id: userId,
          name,
        }),
      ),
    });
    expect((await call('rename', { userId: 5, name: 'x' })).body).not.toHaveProperty('merge');
    expect((await call('told', { userId: 5, name: 'x' })).body).not.toHaveProperty('merge');
    expect((await call('elsewhere', { userId: 5, name: 'x' })).body.merge).toHaveLength(1);
  });

  it('is no entry when another change came between the first look and the number', async () => {
    const wait = gate();
    const started = gate();
    const { call, mizan } = harness({
      ...queries,
      slow: client({ merge: userProfile, input: Rename, output: Profile }, async ({ userId, name }) => {
        started.open();
        await wait.promise;
        return { id: userId, name };
      }),
    });
    const slow = call('slow', { userId: 5, name: 'late' });
    await started.promise;
    await mizan.invalidate(UserContext, { userId: 5 });
    wait.open();
    const { body } = await slow;
    expect(body).not.toHaveProperty('merge');
    expect(body.invalidate).toEqual(['user/userProfile?userId=5@e.1002']);
  });

  it('stands when the change that came between was another instance’s', async () => {
    const { call, mizan } = harness({
      ...queries,
      busy: client({ merge: userProfile, input: Rename, output: Profile }, async ({ userId, name }) => {
        await mizan.invalidate(UserContext, { userId: 6 });
        return { id: userId, name };
      }),
    });
    const { body } = await call('busy', { userId: 5, name: 'x' });
    expect(body.merge).toEqual([
      { into: 'user/userProfile?page=1&userId=5', base: 'e.1000', revision: 'e.1002' },
    ]);
  });

  it('is no entry when the store lost its record, fails, or the call failed', async () => {
    let epoch = 'a';
    const lost: Store = {
      last: () => ({ epoch, n: 5 }),
      take: () => ({ revision: { epoch: 'b', n: 9 }, previous: [{ epoch: 'b', n: 1 }] }),
    };
    const functions = { ...queries, rename };
    expect(
      (await harness(functions, { store: lost }).call('rename', { userId: 5, name: '' })).body,
    ).not.toHaveProperty('merge');
    epoch = 'b';
    expect(
      (await harness(functions, { store: lost }).call('rename', { userId: 5, name: '' })).body.merge,
    ).toHaveLength(1);
    const down: Store = {
      last: () => Promise.reject(new Error('down')),
      take: () => Promise.reject(new Error('down')),
    };
    const unnumbered = await harness(functions, { store: down }).call('rename', { userId: 5, name: '' });
    expect(unnumbered.body).toEqual({
      result: { id: 5, name: '' },
      invalidate: ['user/userProfile?userId=5'],
    });
    const failing = client(
      { merge: userProfile, input: Rename, output: Profile },
      () => ({ id: 'x' }) as never,
    );
    const failed = await harness({ ...queries, failing }).call('failing', { userId: 5, name: '' });
    expect(Object.keys(failed.body)).toEqual(['error', 'invalidate']);
  });

  it('reads the numbers before identity and guards', async () => {
    const seen: string[] = [];
    const store: Store = {
      last: (name) => {
        seen.push(`last ${name}`);
        return { epoch: 'e', n: 1 };
      },
      take: () => ({ revision: { epoch: 'e', n: 2 }, previous: [{ epoch: 'e', n: 1 }] }),
    };
    const { call } = harness(
      { ...queries, rename },
      {
        store,
        identify: () => {
          seen.push('identify');
          return null;
        },
      },
    );
    await call('rename', { userId: 5, name: '' });
    expect(seen).toEqual(['last user', 'identify']);
  });
});
