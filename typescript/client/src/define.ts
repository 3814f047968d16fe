import { addressOf } from './address.ts';
import type { Merge } from './client.ts';
import { valueIn } from './data.ts';
import { defaultClient } from './default-client.ts';
import type {
  CallOptions,
  ContextOptions,
  Definition,
  Params,
  Patch,
  ReadOptions,
  State,
} from './definition.ts';
import type { Bundle } from './instance.ts';
import { patch } from './patch.ts';
import { stateOf } from './state.ts';

/** Gives a target what every context and member can do. */
export function define<T extends object>(target: T, def: Definition): T {
  return Object.assign(target, {
    def,
    async read(params?: Params, { client = defaultClient() }: ReadOptions = {}) {
      const instance = client.find(def, params);
      await client.read(instance);
      return valueIn(instance.data as Bundle, def.member);
    },
    watch(
      params: Params | undefined,
      listener: (state: State<unknown>) => void,
      { client = defaultClient() }: ReadOptions = {},
    ) {
      const instance = client.find(def, params);
      let last: State<unknown> | undefined;
      const hear = () => {
        const state = stateOf(instance, def.member);
        if (state === last) return;
        last = state;
        listener(state);
      };
      const stop = client.subscribe(instance, hear);
      hear();
      return stop;
    },
    refresh(params?: Params, { client = defaultClient() }: ReadOptions = {}) {
      client.covered(addressOf(def, params, true), client.renew);
      client.flush();
    },
  });
}

/**
 * A context of the generated code. It is annotated there with its full type, which is why this returns `any`:
 * type arguments here would cost five times the checking.
 */
// biome-ignore lint/suspicious/noExplicitAny: see above
export function context(name: string, contract: string, options: ContextOptions = {}): any {
  return define({}, { context: name, contract, options });
}

/**
 * One read of a context, annotated in the generated code. Any object is taken for one: to see that it has a
 * definition, a compiler would lay out the whole type of every context.
 */
// biome-ignore lint/suspicious/noExplicitAny: as for `context`
export function member(context: object, name: string): any {
  const def = { ...(context as { readonly def: Definition }).def, member: name };
  return define(
    { patch: (params: Params, change: (value: never) => unknown): Patch => patch(def, params, change) },
    def,
  );
}

/**
 * A server function that is called, annotated in the generated code, which names `merge` where the contract says
 * that the result has a place in a context.
 */
// biome-ignore lint/suspicious/noExplicitAny: as for `context`
export function call(fn: string, contract: string, merge?: Merge): any {
  const run = (args?: unknown, { client = defaultClient(), optimistic = [] }: CallOptions = {}) =>
    client.call(fn, contract, args, merge, [optimistic].flat() as Patch[]);
  const safe = (args?: unknown, options?: CallOptions) =>
    run(args, options).then(
      (data) => ({ data }),
      (error: unknown) => ({ error }),
    );
  return Object.assign(run, { fn, safe });
}
