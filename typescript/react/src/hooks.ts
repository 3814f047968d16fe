import { type Definition, type Params, type State, stateOf, valueIn } from '@mizan/client';
import { use, useCallback, useSyncExternalStore } from 'react';
import { useInstance } from './context.ts';
import { usePageData } from './page-data.ts';

/** The hook of a member that suspends; annotated in the generated code. */
// biome-ignore lint/suspicious/noExplicitAny: as for `context`
export function hook({ def }: { readonly def: Definition }): any {
  // biome-ignore lint/correctness/noComponentHookFactories: made once for each member, at module level
  return function useMember(own?: Params): unknown {
    const [client, instance] = useInstance(def, own);
    const snapshot = () => instance.data?.[def.member as string];
    const value = useSyncExternalStore(
      useCallback((listener) => client.subscribe(instance, listener), [client, instance]),
      snapshot,
      snapshot,
    );
    if (!instance.data) {
      usePageData(client);
      use(client.ready(instance));
    }
    return value === snapshot() ? valueIn(instance, def.member) : value;
  };
}

/** The hook of a member that does not suspend; annotated in the generated code. */
// biome-ignore lint/suspicious/noExplicitAny: as for `context`
export function stateHook({ def }: { readonly def: Definition }): any {
  // biome-ignore lint/correctness/noComponentHookFactories: made once for each member, at module level
  return function useMemberState(own?: Params): State<unknown> {
    const [client, instance] = useInstance(def, own);
    const snapshot = () => stateOf(instance, def.member);
    return useSyncExternalStore(
      useCallback((listener) => client.subscribe(instance, listener), [client, instance]),
      snapshot,
      snapshot,
    );
  };
}
