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
  const [state, setState] = useState<{ under: number; outcome?: Outcome<T, E> | undefined }>({ under: 0 });
  const latest = useRef({ options, call: 0 });
  latest.current.options = options;

  const mutate = useCallback(
    async (args: A) => {
      const call = ++latest.current.call;
      setState(({ under, outcome }) => ({ under: under + 1, outcome }));
      const { optimistic } = latest.current.options;
      const outcome = await fn.safe(args, optimistic ? { client, optimistic: optimistic(args) } : { client });
      setState(({ under, outcome: before }) => ({
        under: under - 1,
        // Of calls side by side, the one begun last.
        outcome: call === latest.current.call ? outcome : before,
      }));
      latest.current.options.onSettled?.(outcome, args);
      return outcome;
    },
    [client, fn],
  );
  const reset = useCallback(() => setState(({ under }) => ({ under })), []);
  const { under, outcome } = state;
  return { mutate, pending: under > 0, data: outcome?.data, error: outcome?.error, reset };
}
