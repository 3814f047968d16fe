import {
  addressOf,
  type Client,
  type ContextOptions,
  type Definition,
  define,
  type Instance,
  type Params,
} from '@mizan/client';
import {
  createContext,
  createElement,
  type Context as ReactContext,
  type ReactNode,
  useContext,
  useMemo,
} from 'react';
import { useClient } from './provider.ts';

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
export function useInstance(given: Definition, member: string, own: Params | undefined): [Client, Instance] {
  const def = given as ProvidedDefinition;
  const client = useClient();
  const above = useContext(def.above);
  if (!above && !own && def.options.required)
    throw new Error(
      process.env.NODE_ENV === 'production'
        ? member
        : `${member}: no provider of "${def.context}" above, and no parameters of its own`,
    );
  const params = { ...above, ...own };
  // With the provider's own values it is the provider's instance.
  const alone = own && !(above && addressOf(def, params) === addressOf(def, above));
  return [client, client.find(alone ? { ...def, member } : def, params)];
}
