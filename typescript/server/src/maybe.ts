/** A value that may be there at once. What is there at once is never wrapped: promises cost more than checks. */
export type Maybe<T> = T | Promise<T>;

/** Whether a value must be waited for. */
export function isPromise(value: unknown): value is Promise<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as Promise<unknown>).then === 'function'
  );
}
