import { expect } from 'vitest';
import { contract, rename, userProfile } from './contexts.ts';
import { type Bench, five, setUp, six, user } from './setup.ts';

/** One reader on a page: it shows one member of the context `user`. */
export interface Reader {
  member: 'userProfile' | 'userPosts';
  /** Its own parameters over the provider's. */
  own?: { userId?: number; page?: number };
  /** Reads state, without suspending or throwing. */
  state?: true;
}

/** A page: providers with readers below. What loads is shown as `…`, what failed as `!CODE`. */
export interface Page {
  providers: { user?: { userId: number; page?: number }; readers: Reader[] }[];
  /** A button that renames user 5 to its argument; its state is shown behind the readers. */
  mutation?: { optimistic?: boolean };
}

/** A page on screen. */
export interface View {
  /**
   * The readers in order, joined by blanks: a profile as its name, posts joined by commas; a state as
   * `data/error code/pending/stale` with `-` for nothing, and a mutation likewise as `data/error code/pending`.
   */
  text(): string;
  /** Shows another page in its place. */
  show(page: Page): Promise<void>;
  /** Calls the mutation; resolves to its outcome. */
  mutate(name: string): Promise<{ data?: unknown; error?: unknown }>;
  resetMutation(): Promise<void>;
  /** What a person does at an error page: shows again what failed. */
  retry(): Promise<void>;
  unmount(): Promise<void>;
}

/** What a binding brings along to run the scenarios. */
export interface BindingHarness {
  mount(bench: Bench, page: Page): Promise<View>;
  /** Lets the binding show everything that `task` sets off. */
  act(task: () => Promise<unknown> | unknown): Promise<void>;
}

export interface Scenario {
  name: string;
  run(harness: BindingHarness): Promise<void>;
}

const profile: Reader = { member: 'userProfile' };
const posts: Reader = { member: 'userPosts' };
const profileState: Reader = { member: 'userProfile', state: true };
const ofUser = (userId: number, ...readers: Reader[]): Page => ({
  providers: [{ user: { userId }, readers }],
});

/** What every binding does alike; each runs them through a harness of its own. */
export const bindingScenarios: Scenario[] = [
  {
    name: 'one request serves all readers below a provider, and providers of one instance',
    async run({ mount, act }) {
      const bench = setUp();
      const page = ofUser(5, profile, posts, profileState);
      const view = await mount(bench, { providers: [...page.providers, ...ofUser(5, profile).providers] });
      expect(view.text()).toMatch('…');
      expect(bench.line.targets()).toEqual([five]);
      await act(() => bench.line.last(five).data(user('Ada', ['a', 'b']), 'e.1'));
      expect(view.text()).toBe('Ada a,b Ada/-/-/- Ada');
      expect(bench.line.targets()).toEqual([five]);
    },
  },
  {
    name: 'own parameters read this member alone; equal to those of the provider they read nothing',
    async run({ mount, act }) {
      const bench = setUp();
      const same: Reader = { member: 'userProfile', own: { page: 1 } };
      const other: Reader = { member: 'userPosts', own: { page: 2 } };
      const view = await mount(bench, ofUser(5, posts, same, other));
      const alone = 'user/userPosts?page=2&userId=5';
      expect(bench.line.targets().sort()).toEqual([alone, five]);
      await act(() => bench.line.last(five).data(user('Ada', ['a']), 'e.1'));
      await act(() => bench.line.last(alone).data({ userPosts: ['z'] }, 'e.1'));
      expect(view.text()).toBe('a Ada z');
    },
  },
  {
    name: 'a reader needs no provider when it has parameters of its own',
    async run({ mount, act }) {
      const bench = setUp();
      const view = await mount(bench, {
        providers: [{ readers: [{ member: 'userProfile', own: { userId: 5 } }] }],
      });
      await act(() =>
        bench.line
          .last('user/userProfile?page=1&userId=5')
          .data({ userProfile: { id: 5, name: 'Ada' } }, 'e.1'),
      );
      expect(view.text()).toBe('Ada');
    },
  },
  {
    name: 'state shows what loads and what failed, without an error page',
    async run({ mount, act }) {
      const bench = setUp();
      const view = await mount(bench, ofUser(5, profileState));
      expect(view.text()).toBe('-/-/pending/-');
      await act(() => bench.line.last(five).error(403, 'FORBIDDEN'));
      expect(view.text()).toBe('-/FORBIDDEN/-/stale');
    },
  },
  {
    name: 'what failed is an error page, and is read again when it is tried again',
    async run({ mount, act }) {
      const bench = setUp();
      const view = await mount(bench, ofUser(5, profile));
      await act(() => bench.line.last(five).error(404, 'NOT_FOUND'));
      expect(view.text()).toBe('!NOT_FOUND');
      expect(bench.line.requests.length).toBe(1);
      await act(() => bench.clock.pass(1500));
      await view.retry();
      expect(view.text()).toBe('…');
      expect(bench.line.requests.length).toBe(2);
      await act(() => bench.line.last(five).data(user(), 'e.1'));
      expect(view.text()).toBe('Ada');
    },
  },
  {
    name: 'one failing member does not blank the page',
    async run({ mount, act }) {
      const bench = setUp();
      const view = await mount(bench, ofUser(5, posts, profileState));
      const $errors = { userProfile: { code: 'FORBIDDEN', message: 'no' } };
      await act(() => bench.line.last(five).data({ userPosts: ['a'], $errors }, 'e.1'));
      expect(view.text()).toBe('a -/FORBIDDEN/-/stale');
      await view.show(ofUser(5, profile));
      expect(view.text()).toBe('!FORBIDDEN');
    },
  },
  {
    name: 'a read again keeps what is on screen',
    async run({ mount, act }) {
      const bench = setUp();
      const view = await mount(bench, ofUser(5, profile, profileState));
      await act(() => bench.line.last(five).data(user('Old'), 'e.1'));
      await act(() => {
        bench.client.tell(['user?userId=5@e.2']);
        bench.client.flush();
      });
      expect(view.text()).toBe('Old Old/-/pending/stale');
      await act(() => bench.line.last(five).data(user('New'), 'e.2'));
      expect(view.text()).toBe('New New/-/-/-');
      expect(bench.line.requests.length).toBe(2);
    },
  },
  {
    name: 'a read again that fails keeps what is on screen',
    async run({ mount, act }) {
      const bench = setUp();
      const view = await mount(bench, ofUser(5, profile, profileState));
      await act(() => bench.line.last(five).data(user('Old'), 'e.1'));
      await act(() => {
        bench.client.tell(['user?userId=5@e.2']);
        bench.client.flush();
      });
      await act(() => bench.line.last(five).error(500, 'INTERNAL'));
      expect(view.text()).toBe('Old Old/INTERNAL/-/stale');
    },
  },
  {
    name: 'other parameters are another instance; back again nothing is read',
    async run({ mount, act }) {
      const bench = setUp();
      const view = await mount(bench, ofUser(5, profile));
      await act(() => bench.line.last(five).data(user('Ada'), 'e.1'));
      await view.show(ofUser(6, profile));
      await act(() => bench.line.last(six).data(user('Eve'), 'e.1'));
      expect(view.text()).toBe('Eve');
      await view.show(ofUser(5, profile));
      expect(view.text()).toBe('Ada');
      expect(bench.line.requests.length).toBe(2);
    },
  },
  {
    name: 'leaving ends the request',
    async run({ mount, act }) {
      const bench = setUp();
      const view = await mount(bench, ofUser(5, profileState));
      expect(bench.line.open.length).toBe(1);
      await view.unmount();
      await act(() => {});
      expect(bench.line.requests.map(({ signal }) => signal.aborted)).toEqual([true]);
    },
  },
  {
    name: 'a write shows what its answer brings, and its own state',
    async run({ mount, act }) {
      const bench = setUp();
      const view = await mount(bench, { ...ofUser(5, profile), mutation: {} });
      await act(() => bench.line.last(five).data(user('Old'), 'e.1'));
      expect(view.text()).toBe('Old -/-/-');
      let outcome: unknown;
      await act(() => {
        void view.mutate('Ada').then((settled) => {
          outcome = settled;
        });
      });
      expect(view.text()).toBe('Old -/-/pending');
      expect(bench.line.last('rename').body?.shows).toEqual([five]);
      const contexts = { [five]: { revision: 'e.2', data: user('Ada') } };
      await act(() =>
        bench.line
          .last('rename')
          .result({ id: 5, name: 'Ada' }, { invalidate: ['user?userId=5@e.2'], contexts }),
      );
      expect(outcome).toEqual({ data: { id: 5, name: 'Ada' } });
      expect(view.text()).toBe('Ada Ada/-/-');
      expect(bench.line.requests.length).toBe(2);
    },
  },
  {
    name: 'an expected change shows at once and is taken back; the write never throws',
    async run({ mount, act }) {
      const bench = setUp();
      const view = await mount(bench, { ...ofUser(5, profile), mutation: { optimistic: true } });
      await act(() => bench.line.last(five).data(user('Old'), 'e.1'));
      let outcome: { error?: unknown } = {};
      await act(() => {
        void view.mutate('Ada').then((settled) => {
          outcome = settled;
        });
      });
      expect(view.text()).toBe('Ada -/-/pending');
      await act(() => bench.line.last('rename').error(409, 'OutOfStock', { details: { left: 2 } }));
      expect(outcome.error).toMatchObject({ code: 'OutOfStock', details: { left: 2 } });
      expect(view.text()).toBe('Old -/OutOfStock/-');
      await view.resetMutation();
      expect(view.text()).toBe('Old -/-/-');
    },
  },
  {
    name: 'a write whose arguments have no JSON form has failed, and is not under way for ever',
    async run({ mount, act }) {
      const bench = setUp();
      const view = await mount(bench, { ...ofUser(5, profile), mutation: {} });
      await act(() => bench.line.last(five).data(user('Old'), 'e.1'));
      let outcome: { error?: unknown } = {};
      await act(() => {
        void view.mutate(1n as never).then((settled) => {
          outcome = settled;
        });
      });
      expect(outcome.error).toMatchObject({ code: 'BAD_REQUEST', status: 0 });
      expect(view.text()).toBe('Old -/BAD_REQUEST/-');
      expect(bench.line.requests.length).toBe(1);
    },
  },
  {
    name: 'of writes side by side the one begun last gives the state',
    async run({ mount, act }) {
      const bench = setUp();
      const view = await mount(bench, { ...ofUser(5, profile), mutation: {} });
      await act(() => bench.line.last(five).data(user('Old'), 'e.1'));
      await act(() => {
        void view.mutate('First');
      });
      const first = bench.line.last('rename');
      await act(() => {
        void view.mutate('Second');
      });
      await act(() => bench.line.last('rename').result({ id: 5, name: 'Second' }));
      expect(view.text()).toBe('Old Second/-/pending');
      await act(() => first.error(409, 'CONFLICT'));
      expect(view.text()).toBe('Old Second/-/-');
    },
  },
  {
    name: 'another identity empties the screen and reads anew',
    async run({ mount, act }) {
      const bench = setUp();
      const view = await mount(bench, ofUser(5, profile, profileState));
      await act(() => bench.line.last(five).data(user('Mine'), 'e.1', { identity: 'a' }));
      await act(async () => {
        void userProfile.read({ userId: 6 }, bench).catch(() => {});
        await bench.line.last('user/userProfile?page=1&userId=6').error(403, 'FORBIDDEN');
        void rename.safe({ userId: 6, name: 'x' }, bench);
        await bench.line
          .last('rename')
          .answer({ body: { result: null, invalidate: [] }, identity: 'b', contract });
      });
      expect(view.text()).not.toMatch('Mine');
      await act(() => bench.line.last(five).data(user('Theirs'), 'e.1', { identity: 'b' }));
      expect(view.text()).toBe('Theirs Theirs/-/-/-');
    },
  },
];
