import { beforeEach, describe, expect, it } from 'vitest';
import {
  CountContext,
  count,
  ping,
  rename,
  UserContext,
  userPosts,
  userProfile,
} from '../testing/contexts.ts';
import { FakeTransport } from '../testing/fake-transport.ts';
import { settled, VirtualClock } from '../testing/virtual-clock.ts';
import { type Client, createClient, type State } from './index.ts';

let clock: VirtualClock;
let line: FakeTransport;
let client: Client;
const five = 'user?page=1&userId=5';
const bundle = (name = 'Ada', posts: string[] = []) => ({ userPosts: posts, userProfile: { id: 5, name } });

beforeEach(() => {
  clock = new VirtualClock();
  line = new FakeTransport();
  client = createClient({ transport: line, clock });
});

describe('read', () => {
  it('fills defaults in, leaves null out, and gives the bundle', async () => {
    const reading = UserContext.read({ userId: 5 }, { client });
    await settled();
    await line.last(five).data(bundle(), 'e.1');
    expect(await reading).toEqual(bundle());
    expect(line.targets()).toEqual([five]);
  });

  it('makes one request for equal reads in flight, and none for what is fresh', async () => {
    const both = [
      UserContext.read({ userId: 5 }, { client }),
      UserContext.read({ page: 1, userId: 5 }, { client }),
    ];
    await settled();
    await line.last(five).data(bundle(), 'e.1');
    await Promise.all(both);
    await UserContext.read({ userId: 5 }, { client });
    expect(line.requests.length).toBe(1);
  });

  it('reads a member alone', async () => {
    const reading = userPosts.read({ userId: 5, page: 2 }, { client });
    await settled();
    await line.last('user/userPosts?page=2&userId=5').data({ userPosts: ['a'] }, 'e.1');
    expect(await reading).toEqual(['a']);
  });
});
