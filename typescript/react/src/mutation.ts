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
  const latest = useRef({ options, call: 0 }).current;
  latest.options = options;
  const [{ under, outcome }, setState] = useState<{ under: number; outcome?: Partial<Outcome<T, E>> }>({
    under: 0,
  });
  const calls = useMemo(() => {
    const count = (change: number, news?: Partial<Outcome<T, E>>) =>
      setState((old) => ({ under: old.under + change, outcome: news ?? old.outcome ?? {} }));
    return {
      async mutate(args: A) {
        const call = ++latest.call;
        count(1);
        const optimistic = latest.options.optimistic?.(args) ?? [];
        const outcome = await fn.safe(args, { client, optimistic });
        // Of calls side by side, the one begun last.
        count(-1, call === latest.call ? outcome : undefined);
        latest.options.onSettled?.(outcome, args);
        return outcome;
      },
      reset: () => count(0, {}),
    };
  }, [client, fn, latest]);
  return { ...calls, pending: under > 0, data: outcome?.data, error: outcome?.error };
}
