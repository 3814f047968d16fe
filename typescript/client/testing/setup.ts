import { type Client, type ClientOptions, createClient } from '../src/index.ts';
import { type ClientEvent, observe } from '../src/observe.ts';
import { FakeTransport } from './fake-transport.ts';
import { VirtualClock } from './virtual-clock.ts';

/** A client on a line and a clock that a test moves by hand. */
export interface Bench {
  clock: VirtualClock;
  line: FakeTransport;
  client: Client;
  events: ClientEvent[];
}

/** Sets one up; the instance of user 5 on page 1 is `five` everywhere. */
export function setUp(options: ClientOptions = {}): Bench {
  const clock = new VirtualClock();
  const line = new FakeTransport();
  const client = createClient({ transport: line, clock, ...options });
  const events: ClientEvent[] = [];
  observe(client, (event) => events.push(event));
  return { clock, line, client, events };
}

export const five = 'user?page=1&userId=5';
export const six = 'user?page=1&userId=6';

/** A bundle of the context `user`. */
export function user(name = 'Ada', userPosts: string[] = []) {
  return { userPosts, userProfile: { id: 5, name } };
}
