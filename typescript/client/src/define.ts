import { MizanErrorBase as MizanError } from '@mizan/core';
import { addressOf } from './address.ts';
import { defaultClient } from './default-client.ts';
import type {
  Call,
  CallOptions,
  ContextOptions,
  Definition,
  Params,
  Patch,
  ReadOptions,
  State,
} from './definition.ts';
import { read, watch } from './read.ts';

/** Gives a target what every context and member can do. */
export function define<T extends object>(target: T, def: Definition): T {
  return Object.assign(target, {
    def,
    read: (params?: Params, options?: ReadOptions) => read(def, params, options),
    watch: (params: Params | undefined, listener: (state: State<unknown>) => void, options?: ReadOptions) =>
      watch(def, params, listener, options),
    refresh: (params?: Params, { client = defaultClient() }: ReadOptions = {}) =>
      client.refresh(addressOf(def, params, true)),
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

/** One read of a context, annotated in the generated code. */
// biome-ignore lint/suspicious/noExplicitAny: as for `context`
export function member(context: { readonly def: Definition }, name: string): any {
  const def = { ...context.def, member: name };
  return define(
    { patch: (params: Params, change: Patch['change']): Patch => ({ def, params, change }) },
    def,
  );
}

/** A server function that is called, annotated in the generated code. */
// biome-ignore lint/suspicious/noExplicitAny: as for `context`
export function call(fn: string, contract: string): any {
  const run = (args?: unknown, options: CallOptions = {}) =>
    (options.client ?? defaultClient()).call(fn, contract, args, options);
  const safe = (args?: unknown, options?: CallOptions) =>
    run(args, options).then(
      (data) => ({ data }),
      (error: unknown) => {
        if (error instanceof MizanError) return { error };
        throw error;
      },
    );
  return Object.assign(run, { fn, safe }) satisfies Pick<Call<never, unknown>, 'fn'>;
}
