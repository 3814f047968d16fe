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
  const [{ under, data, error }, setState] = useState<{ under: number } & Partial<Outcome<T, E>>>({
    under: 0,
  });
  const calls = useMemo(() => {
    let begun = 0;
    const count = (change: number, news?: Partial<Outcome<T, E>> | false) =>
      setState((old) => ({ ...(news || old), under: old.under + change }));
    return {
      async mutate(args: A) {
        const call = ++begun;
        count(1);
        const outcome = await fn.safe(args, { client, optimistic: latest.current.optimistic?.(args) });
        // Of calls side by side, the one begun last.
        count(-1, call === begun && outcome);
        latest.current.onSettled?.(outcome, args);
        return outcome;
      },
      reset: () => count(0, {}),
    };
  }, [client, fn]);
  return { ...calls, pending: under > 0, data, error };
}
