import {
  addressOf,
  type Client,
  type ContextOptions,
  type Definition,
  define,
  type Instance,
  type Params,
  type State,
  stateOf,
  valueIn,
} from '@mizan/client';
import {
  createContext,
  createElement,
  type Context as ReactContext,
  type ReactNode,
  use,
  useMemo,
  useSyncExternalStore,
} from 'react';
import { pages, useClient } from './provider.ts';

// Bundlers put it in place, as they do for React itself: help is for developers.
declare const process: { env: { NODE_ENV?: string } };

/** A definition that knows where its provider leaves the parameters. */
interface ProvidedDefinition extends Definition {
  readonly above: ReactContext<Params | undefined>;
}

/**
 * A context of the generated code, as a component. It is annotated there with its full type, which is why this
 * returns `any`: type arguments here would cost five times the checking.
 */
// biome-ignore lint/suspicious/noExplicitAny: see above
export function context(name: string, contract: string, options: ContextOptions = {}): any {
  const def: ProvidedDefinition = {
    context: name,
    contract,
    options,
    above: createContext<Params | undefined>(undefined),
  };
  return define(Provider, def);

  // biome-ignore lint/correctness/noComponentHookFactories: made once for each context, at module level
  function Provider({ children, ...params }: Params & { children?: ReactNode }): ReactNode {
    const address = addressOf(def, params);
    // biome-ignore lint/correctness/useExhaustiveDependencies: the address says whether parameters changed
    const value = useMemo(() => params, [address]);
    return createElement(def.above, { value }, children);
  }
}

/** The instance that a hook reads: the provider's bundle, or this member with parameters of its own. */
function useInstance(def: ProvidedDefinition, member: string, own: Params | undefined): [Client, Instance] {
  const client = useClient();
  const above = use(def.above);
  if (!above && !own && def.options.required)
    throw new Error(
      process.env.NODE_ENV === 'production'
        ? member
        : `${member}: no provider of "${def.context}" above, and no parameters of its own`,
    );
  const params = { ...above, ...own };
  // With the provider's own values it is the provider's instance.
  const alone = own && addressOf(def, params) !== (above && addressOf(def, above));
  return [client, client.find(alone ? { ...def, member } : def, params)];
}

/** The hook of a member that suspends; annotated in the generated code. */
// biome-ignore lint/suspicious/noExplicitAny: as for `context`, and as in `member` no compiler looks at what it is given
export function hook({ def }: any, member: string): any {
  // biome-ignore lint/correctness/noComponentHookFactories: made once for each member, at module level
  return function useMember(own?: Params): unknown {
    const [client, instance] = useInstance(def, member, own);
    const snapshot = () => instance.data?.[member];
    const value = useSyncExternalStore(
      useMemo(() => (listener: () => void) => client.subscribe(instance, listener), [client, instance]),
      snapshot,
      snapshot,
    );
    // React wants to meet the promise again that it was suspended on.
    use(instance.data ? (instance.waiter ?? settled) : pages.get(client) || client.ready(instance));
    return valueIn({ [member]: value }, member);
  };
}

/** The hook of a member that does not suspend; annotated in the generated code. */
// biome-ignore lint/suspicious/noExplicitAny: as for `context`, and as in `member` no compiler looks at what it is given
export function stateHook({ def }: any, member: string): any {
  // biome-ignore lint/correctness/noComponentHookFactories: made once for each member, at module level
  return function useMemberState(own?: Params): State<unknown> {
    const [client, instance] = useInstance(def, member, own);
    const snapshot = () => stateOf(instance, member);
    return useSyncExternalStore(
      useMemo(() => (listener: () => void) => client.subscribe(instance, listener), [client, instance]),
      snapshot,
      snapshot,
    );
  };
}

/** For those that found data at once: `use` stands in every render or in none. */
const settled = /* @__PURE__ */ Object.assign(/* @__PURE__ */ Promise.resolve(), { status: 'fulfilled' });
