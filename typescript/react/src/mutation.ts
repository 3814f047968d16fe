import type { Call, Outcome } from '@mizan/client';
import { useCallback, useRef, useState } from 'react';
import { useClient } from './provider.ts';
import type { Mutation, MutationOptions } from './types.ts';

/** Adds state to a write. A read is refused by its type. */
export function useMutation<A, T, E>(
  fn: Call<A, T, E>,
  options: MutationOptions<A, T, E> = {},
): Mutation<A, T, E> {
  const client = useClient();
  const [{ under, outcome }, setState] = useState<{ under: number; outcome?: Outcome<T, E> | undefined }>({
    under: 0,
  });
  const latest = useRef({ options, call: 0 }).current;
  latest.options = options;

  const mutate = useCallback(
    async (args: A) => {
      const call = ++latest.call;
      const count = (change: number, news?: Outcome<T, E>) =>
        setState(({ under, outcome }) => ({ under: under + change, outcome: news ?? outcome }));
      count(1);
      const outcome = await fn.safe(args, { client, optimistic: latest.options.optimistic?.(args) ?? [] });
      // Of calls side by side, the one begun last.
      count(-1, call === latest.call ? outcome : undefined);
      latest.options.onSettled?.(outcome, args);
      return outcome;
    },
    [client, fn, latest],
  );
  const reset = useCallback(() => setState(({ under }) => ({ under })), []);
  return { mutate, reset, pending: under > 0, data: outcome?.data, error: outcome?.error };
}
