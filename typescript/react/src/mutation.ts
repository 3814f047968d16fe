import type { Call, Outcome } from '@mizan/client';
import { useMemo, useRef, useState } from 'react';
import { useClient } from './provider.ts';
import type { Mutation, MutationOptions } from './types.ts';

/** Adds state to a write. A read is refused by its type. */
export function useMutation<A, T, E>(
  fn: Call<A, T, E>,
  options: MutationOptions<A, T, E> = {},
): Mutation<A, T, E> {
  const client = useClient();
  const latest = useRef(options);
  latest.current = options;
  const [{ pending, data, error }, setState] = useState<
    { pending: number; call?: unknown } & Partial<Outcome<T, E>>
  >({ pending: 0 });
  const calls = useMemo(
    () => ({
      async mutate(args: A) {
        const optimistic = latest.current.optimistic?.(args);
        const call = {};
        setState((old) => ({ ...old, pending: old.pending + 1, call }));
        const outcome = await fn.safe(args, { client, optimistic });
        // Of calls side by side, the one begun last.
        setState((old) => ({
          ...(old.call === call ? { ...outcome, call } : old),
          pending: old.pending - 1,
        }));
        latest.current.onSettled?.(outcome, args);
        return outcome;
      },
      reset: () => setState(({ pending, call }) => ({ pending, call })),
    }),
    [client, fn],
  );
  return { ...calls, pending: pending > 0, data, error };
}
