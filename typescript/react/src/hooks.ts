import { type Definition, type Params, type State, stateOf, valueIn } from '@mizan/client';
import { use, useCallback, useSyncExternalStore } from 'react';
import { useInstance } from './context.ts';

/** The hook of a member that suspends; annotated in the generated code. */
// biome-ignore lint/suspicious/noExplicitAny: as for `context`
export function hook({ def }: { readonly def: Definition }, member: string): any {
  // biome-ignore lint/correctness/noComponentHookFactories: made once for each member, at module level
  return function useMember(own?: Params): unknown {
    const [client, instance] = useInstance(def, member, own);
    const snapshot = () => instance.data?.[member];
    const value = useSyncExternalStore(
      useCallback((listener) => client.subscribe(instance, listener), [client, instance]),
      snapshot,
      snapshot,
    );
    // React wants to meet the promise again that it was suspended on.
    use(instance.data ? (instance.waiter ?? settled) : (pages.get(client) ?? client.ready(instance)));
    return valueIn({ [member]: value }, member);
  };
}

/** The hook of a member that does not suspend; annotated in the generated code. */
// biome-ignore lint/suspicious/noExplicitAny: as for `context`
export function stateHook({ def }: { readonly def: Definition }, member: string): any {
  // biome-ignore lint/correctness/noComponentHookFactories: made once for each member, at module level
  return function useMemberState(own?: Params): State<unknown> {
    const [client, instance] = useInstance(def, member, own);
    const snapshot = () => stateOf(instance, member);
    return useSyncExternalStore(
      useCallback((listener) => client.subscribe(instance, listener), [client, instance]),
      snapshot,
      snapshot,
    );
  };
}

/** For those that found data at once: `use` stands in every render or in none. */
const settled = /* @__PURE__ */ Object.assign(/* @__PURE__ */ Promise.resolve(), { status: 'fulfilled' });

/** Clients that looked for their page; of one that still streams when it is complete, and nothing is read until then. */
export const pages = /* @__PURE__ */ new WeakMap<object, Promise<void> | undefined>();
