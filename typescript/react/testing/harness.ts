import { act, Component, createElement, type ReactNode, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import type { BindingHarness, Page, Reader } from '../../client/testing/binding-scenarios.ts';
import { MizanProvider, type Mutation, useMutation } from '../src/index.ts';
import {
  rename,
  UserContext,
  userProfile,
  useUserPosts,
  useUserPostsState,
  useUserProfile,
  useUserProfileState,
} from './contexts.ts';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const word = (value: unknown): string =>
  value === undefined ? '-' : Array.isArray(value) ? value.join() : (value as { name: string }).name;
const codeOf = (error: unknown): string => (error as { code: string } | undefined)?.code ?? '-';

function ReaderOf({ reader: { member, own, state } }: { reader: Reader }): ReactNode {
  if (state) {
    // Which hook is called never changes for one reader.
    // biome-ignore lint/correctness/useHookAtTopLevel: see above
    const now = member === 'userPosts' ? useUserPostsState(own) : useUserProfileState(own);
    const { data, error, pending, stale } = now;
    return `${word(data)}/${codeOf(error)}/${pending ? 'pending' : '-'}/${stale ? 'stale' : '-'} `;
  }
  // biome-ignore lint/correctness/useHookAtTopLevel: see above
  return `${word(member === 'userPosts' ? useUserPosts(own) : useUserProfile(own))} `;
}

/** Shows the code of what was thrown below it, until its key changes. */
export class Boundary extends Component<{ children?: ReactNode }, { error?: unknown }> {
  override state: { error?: unknown } = {};
  static getDerivedStateFromError(error: unknown) {
    return { error };
  }
  override render(): ReactNode {
    return 'error' in this.state ? `!${codeOf(this.state.error)}` : this.props.children;
  }
}

/** React, in Strict Mode. */
export const reactHarness: BindingHarness = {
  act: (task) =>
    act(async () => {
      await task();
    }),
  async mount(bench, first) {
    const element = document.createElement('div');
    const root = createRoot(element, { onCaughtError: () => {} });
    let mutation: Mutation<{ userId: number; name: string }, unknown, unknown> | undefined;
    let tries = 0;
    let page = first;

    function Write({ optimistic }: { optimistic?: boolean }): ReactNode {
      mutation = useMutation(
        rename,
        optimistic
          ? {
              optimistic: ({ userId, name }) =>
                userProfile.patch({ userId }, (profile) => ({ ...profile, name })),
            }
          : {},
      );
      return `${word(mutation.data)}/${codeOf(mutation.error)}/${mutation.pending ? 'pending' : '-'}`;
    }

    const below = (readers: Reader[]) =>
      readers.map((reader) => createElement(ReaderOf, { key: JSON.stringify(reader), reader }));
    const render = () =>
      act(async () =>
        root.render(
          createElement(
            StrictMode,
            null,
            createElement(
              MizanProvider,
              { client: bench.client },
              createElement(
                Boundary,
                { key: tries },
                createElement(
                  Suspense,
                  { fallback: '…' },
                  page.providers.map(({ user, readers }, at) =>
                    user ? createElement(UserContext, { ...user, key: at }, below(readers)) : below(readers),
                  ),
                ),
              ),
              page.mutation && createElement(Write, page.mutation),
            ),
          ),
        ),
      );

    await render();
    return {
      text: () => element.textContent?.trim() ?? '',
      show(next: Page) {
        page = next;
        return render();
      },
      mutate: async (name) => (mutation as NonNullable<typeof mutation>).mutate({ userId: 5, name }),
      resetMutation: () => act(async () => mutation?.reset()),
      retry() {
        tries++;
        return render();
      },
      unmount: () => act(async () => root.unmount()),
    };
  },
};
