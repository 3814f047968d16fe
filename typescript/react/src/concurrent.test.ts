// @vitest-environment jsdom
// biome-ignore-all lint/correctness/noComponentHookFactories: each test has components of its own
import {
  act,
  createElement,
  type ReactNode,
  StrictMode,
  Suspense,
  startTransition,
  useActionState,
  useOptimistic,
  useState,
  useTransition,
} from 'react';
import { createRoot } from 'react-dom/client';
import { describe, expect, expectTypeOf, it, vi } from 'vitest';
import { ping } from '../../client/testing/contexts.ts';
import { five, setUp, six, user } from '../../client/testing/setup.ts';
import {
  CountContext,
  rename,
  UserContext,
  useCount,
  userProfile,
  useUserProfile,
  useUserProfileState,
} from '../testing/contexts.ts';
import { Boundary, reactHarness } from '../testing/harness.ts';
import { call, type MizanError, MizanProvider, useMutation } from './index.ts';

const { act: settle } = reactHarness;

/** Renders children under a provider of user 5 that has its data already. */
async function mount(children: ReactNode, bench = setUp()) {
  const element = document.createElement('div');
  const root = createRoot(element, { onCaughtError: () => {} });
  const render = (next: ReactNode) =>
    act(async () =>
      root.render(
        createElement(StrictMode, null, createElement(MizanProvider, { client: bench.client }, next)),
      ),
    );
  await render(children);
  return { ...bench, element, render, root };
}

describe('concurrent rendering', () => {
  it('never tears: one screen shows one state', async () => {
    const shown: string[][] = [];
    let screen: string[] = [];
    let step: () => void = () => {};
    function Slow({ id }: { id: number }): ReactNode {
      const { name } = useUserProfile();
      screen.push(name);
      // Gives the store a chance to change in the middle of a render.
      if (id === 2) step();
      const until = performance.now() + 4;
      while (performance.now() < until);
      return `${name} `;
    }
    function Screen({ count }: { count: number }): ReactNode {
      screen = [];
      shown.push(screen);
      return Array.from({ length: count }, (_, id) => createElement(Slow, { key: id, id }));
    }
    let setCount: (count: number) => void = () => {};
    function App(): ReactNode {
      const [count, set] = useState(1);
      setCount = set;
      return createElement(
        UserContext,
        { userId: 5 },
        createElement(Suspense, null, createElement(Screen, { count })),
      );
    }
    const page = await mount(createElement(App));
    await settle(() => page.line.last(five).data(user('Old'), 'e.1'));
    expect(page.element.textContent).toBe('Old ');
    let told = false;
    step = () => {
      if (told) return;
      told = true;
      page.client.hydrate({
        contract: null,
        identity: null,
        contexts: { [five]: { revision: 'e.2', data: user('New') } },
      });
    };
    const torn = vi.fn();
    const observer = new MutationObserver(() => {
      if (new Set(page.element.textContent?.trim().split(' ')).size > 1) torn(page.element.textContent);
    });
    observer.observe(page.element, { childList: true, subtree: true, characterData: true });
    await act(async () => startTransition(() => setCount(8)));
    await settle(() => new Promise((resolve) => setTimeout(resolve, 50)));
    observer.disconnect();
    expect(told).toBe(true);
    expect(shown.some((names) => new Set(names).size > 1)).toBe(true);
    expect(page.element.textContent).toBe('New '.repeat(8));
    expect(torn).not.toHaveBeenCalled();
  });

  it('a transition to other parameters keeps the old screen until there are data', async () => {
    let go: (userId: number) => void = () => {};
    function Name(): ReactNode {
      return useUserProfile().name;
    }
    function App(): ReactNode {
      const [userId, setUserId] = useState(5);
      const [pending, start] = useTransition();
      go = (next) => start(() => setUserId(next));
      return [
        createElement(
          UserContext,
          { key: 1, userId },
          createElement(Suspense, { fallback: 'wait' }, createElement(Name)),
        ),
        pending ? '…' : '',
      ];
    }
    const page = await mount(createElement(App));
    await settle(() => page.line.last(five).data(user('Ada'), 'e.1'));
    await act(async () => go(6));
    expect(page.element.textContent).toBe('Ada…');
    await settle(() => page.line.last(six).data(user('Eve'), 'e.1'));
    expect(page.element.textContent).toBe('Eve');
    expect(page.line.targets()).toEqual([five, six]);
  });
});

describe('actions of React', () => {
  it('useActionState runs a call that never throws', async () => {
    let submit: (name: string) => void = () => {};
    function Form(): ReactNode {
      const { mutate } = useMutation(rename);
      const [error, action, pending] = useActionState(
        async (_: string, name: string) => (await mutate({ userId: 5, name })).error?.code ?? 'done',
        '-',
      );
      submit = (name) => startTransition(() => action(name));
      return `${error} ${pending}`;
    }
    const page = await mount(createElement(Form));
    await act(async () => submit('Ada'));
    expect(page.element.textContent).toBe('- true');
    await settle(() => page.line.last('rename').error(409, 'OutOfStock', { details: { left: 1 } }));
    expect(page.element.textContent).toBe('OutOfStock false');
    await act(async () => submit('Eve'));
    await settle(() => page.line.last('rename').result({ id: 5, name: 'Eve' }));
    expect(page.element.textContent).toBe('done false');
  });

  it('useOptimistic gives way to what the answer brought', async () => {
    let submit: (name: string) => void = () => {};
    function Name(): ReactNode {
      const { name } = useUserProfile();
      const [shown, expect] = useOptimistic(name);
      submit = (next) =>
        startTransition(async () => {
          expect(next);
          await rename.safe({ userId: 5, name: next }, bench);
        });
      return shown;
    }
    const bench = setUp();
    const page = await mount(
      createElement(UserContext, { userId: 5 }, createElement(Suspense, null, createElement(Name))),
      bench,
    );
    await settle(() => page.line.last(five).data(user('Old'), 'e.1'));
    await act(async () => submit('Mine'));
    expect(page.element.textContent).toBe('Mine');
    await settle(() =>
      page.line.last('rename').result(null, {
        invalidate: ['user?userId=5@e.2'],
        contexts: { [five]: { revision: 'e.2', data: user('Server') } },
      }),
    );
    expect(page.element.textContent).toBe('Server');
  });

  it('a call settles also when its component is gone', async () => {
    const onSettled = vi.fn();
    let write: () => void = () => {};
    function Write(): ReactNode {
      const { mutate } = useMutation(rename, { onSettled });
      write = () => void mutate({ userId: 5, name: 'Ada' });
      return null;
    }
    const page = await mount(createElement(Write));
    await act(async () => write());
    await page.render(null);
    await settle(() => page.line.last('rename').result({ id: 5, name: 'Ada' }));
    expect(onSettled).toHaveBeenCalledWith({ data: { id: 5, name: 'Ada' } }, { userId: 5, name: 'Ada' });
  });

  it('shows what came of the call begun last, also when the function changed in between', async () => {
    let write: () => void = () => {};
    function Write({ fn }: { fn: typeof rename }): ReactNode {
      const { mutate, data, pending } = useMutation(fn);
      write = () => void mutate({ userId: 5, name: 'Ada' });
      return `${data?.name} ${pending}`;
    }
    const other = call('other', 'aaaaaaaaaaaaaaaa') as typeof rename;
    const page = await mount(createElement(Write, { fn: rename }));
    await act(async () => write());
    await page.render(createElement(Write, { fn: other }));
    await act(async () => write());
    expect(page.element.textContent).toBe('undefined true');
    await settle(() => page.line.last('other').result({ id: 5, name: 'later' }));
    expect(page.element.textContent).toBe('later true');
    await settle(() => page.line.last('rename').result({ id: 5, name: 'earlier' }));
    expect(page.element.textContent).toBe('later false');
  });

  it('what `optimistic` throws rejects, before anything is sent or under way', async () => {
    let write: () => Promise<unknown> = () => Promise.resolve();
    function Write(): ReactNode {
      const { mutate, pending } = useMutation(rename, {
        optimistic: () => {
          throw new Error('a mistake');
        },
      });
      write = () => mutate({ userId: 5, name: 'Ada' });
      return String(pending);
    }
    const page = await mount(createElement(Write));
    await act(async () => {
      await expect(write()).rejects.toThrow('a mistake');
    });
    expect(page.element.textContent).toBe('false');
    expect(page.line.requests).toEqual([]);
  });

  it('mutate is stable, and uses the options of the last render', async () => {
    const seen = new Set<unknown>();
    const settled: number[] = [];
    let write: () => void = () => {};
    function Write({ round }: { round: number }): ReactNode {
      const { mutate, reset } = useMutation(rename, { onSettled: () => settled.push(round) });
      seen.add(mutate).add(reset);
      write = () => void mutate({ userId: 5, name: 'Ada' });
      return round;
    }
    const page = await mount(createElement(Write, { round: 1 }));
    await act(async () => write());
    await page.render(createElement(Write, { round: 2 }));
    await settle(() => page.line.last('rename').result(null));
    expect(seen.size).toBe(2);
    expect(settled).toEqual([2]);
  });
});

describe('providers', () => {
  it('say what is missing', async () => {
    function Name(): ReactNode {
      return useUserProfile().name;
    }
    class Says extends Boundary {
      override render(): ReactNode {
        return (this.state.error as Error | undefined)?.message ?? this.props.children;
      }
    }
    const page = await mount(createElement(Says, null, createElement(Name)));
    expect(page.element.textContent).toBe(
      'userProfile: no provider of "user" above, and no parameters of its own',
    );
  });

  it('are not needed where every parameter may be left out', async () => {
    function Count(): ReactNode {
      return useCount();
    }
    const page = await mount(createElement(Suspense, null, createElement(Count)));
    expect(page.line.targets()).toEqual(['count']);
    await settle(() => page.line.last('count').data({ count: 3 }, 'c.1'));
    expect(page.element.textContent).toBe('3');
  });

  it('of one context nest: the nearest counts; its readers render again only for their own data', async () => {
    let renders = 0;
    function Name(): ReactNode {
      renders++;
      return useUserProfile().name;
    }
    const name = createElement(Name);
    const tree = (page: number) =>
      createElement(
        UserContext,
        { userId: 6 },
        createElement(Suspense, null, createElement(UserContext, { userId: 5, page }, name)),
      );
    const page = await mount(tree(1));
    expect(page.line.targets()).toEqual([five]);
    await settle(() => page.line.last(five).data(user('Ada', ['a']), 'e.1'));
    const before = renders;
    await page.render(tree(1));
    expect(renders).toBe(before);
    await settle(async () => {
      UserContext.refresh({ userId: 5 }, page);
      await page.line.last(five).data(user('Ada', ['a', 'b']), 'e.2');
    });
    expect(renders).toBe(before);
  });
});

describe('types', () => {
  it('tell reads from writes, and errors by code', () => {
    // Never run: only its types are looked at.
    const check = () => {
      // @ts-expect-error a read is no write
      useMutation(userProfile);
      // @ts-expect-error nor is a hook
      useMutation(useUserProfile);
      // @ts-expect-error a context's required parameter
      createElement(UserContext, {});
      // @ts-expect-error of its type
      createElement(UserContext, { userId: '5' });
      createElement(CountContext, { status: null });
      // @ts-expect-error no such parameter
      useUserProfile({ user: 5 });
      const write = useMutation(rename, {
        optimistic: ({ userId, name }) => userProfile.patch({ userId }, (profile) => ({ ...profile, name })),
      });
      // @ts-expect-error what a member holds
      userProfile.patch({ userId: 5 }, () => ({ name: 5 }));
      expectTypeOf(write.mutate).parameters.toEqualTypeOf<[args: { userId: number; name: string }]>();
      if (write.error?.code === 'OutOfStock') expectTypeOf(write.error.details.left).toEqualTypeOf<number>();
      if (write.error?.code === 'NOT_FOUND') expectTypeOf(write.error).toEqualTypeOf<MizanError>();
      useMutation(ping).mutate();
      expectTypeOf(useUserProfile()).toEqualTypeOf<{ id: number; name: string }>();
      expectTypeOf(useUserProfileState().data).toEqualTypeOf<{ id: number; name: string } | undefined>();
      expectTypeOf(UserContext.read({ userId: 5 })).resolves.toHaveProperty('userPosts');
      void CountContext.read();
      // @ts-expect-error required
      void UserContext.read();
    };
    expect(check).toBeTypeOf('function');
  });
});
