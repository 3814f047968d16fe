import type { Context, Outcome, Patch, State } from '@mizan/client';
import type { ReactNode } from 'react';

/** A context as a component: `<UserContext userId={5}>` reads once for all hooks below it. */
export interface ContextComponent<P, B, R = P> extends Context<P, B, R> {
  (props: P & { children?: ReactNode }): ReactNode;
}

/**
 * Reads one member: of the provider above, or with own parameters, laid over the provider's, this member alone.
 * Suspends until there are data, and throws to the error boundary when there are none.
 */
export type Hook<P, T> = (params?: Partial<P>) => T;

/** The same without Suspense and without throwing. */
export type StateHook<P, T> = (params?: Partial<P>) => State<T>;

/** What `useMutation` takes besides the function. */
export interface MutationOptions<A, T, E> {
  /** What the call is expected to change; taken back if it fails. If this throws, `mutate` rejects and nothing is sent. */
  optimistic?: (args: A) => Patch | readonly Patch[];
  /** Called with each outcome, also after the component is gone. */
  onSettled?: (outcome: Outcome<T, E>, args: A) => void;
}

/** A write with its state. */
export interface Mutation<A, T, E> {
  /** Calls the function; its errors are in the outcome, never thrown. Stable, so it may stand in dependency lists. */
  mutate: (args: A) => Promise<Outcome<T, E>>;
  /** A call is under way. */
  pending: boolean;
  /** Of the last call, if it went well. */
  data: T | undefined;
  /** Of the last call, if it failed. */
  error: E | undefined;
  /** Forgets data and error. */
  reset: () => void;
}
