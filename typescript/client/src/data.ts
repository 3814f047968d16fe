import { MizanErrorBase as MizanError } from '@mizan/core';
import { readError } from './answer.ts';
import type { Bundle, Instance } from './instance.ts';

/** Runs what users gave: their mistake is reported, and is not the next one's. */
export function attempt(task: () => void): void {
  try {
    task();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

/** Replaces the server's data, keeping what is equal; a member that failed keeps its old value (BUN-14). To be shown by `touch`. */
export function place(instance: Instance, bundle: Bundle): void {
  const { base = {} } = instance;
  const { $errors, ...rest } = bundle;
  const errors = $errors as Bundle | undefined;
  // What is never changed needs no copy: most instances are read once.
  const data = instance.base || errors ? rest : bundle;
  for (const member in errors)
    data[member] = hasValue(base, member) ? base[member] : readError(errors[member]);
  for (const member in base)
    if (JSON.stringify(base[member]) === JSON.stringify(data[member])) data[member] = base[member];
  instance.base = instance.data = data;
  instance.stale = !!errors;
}

/** Whether a member is there and has not failed. */
export function hasValue(data: Bundle, member: string): boolean {
  return member in data && !(data[member] instanceof MizanError);
}

/** The value of a member, or the bundle, in which a member that failed throws when it is touched. */
export function valueIn(data: Bundle, member?: string): unknown {
  if (member) {
    if (hasValue(data, member)) return data[member];
    throw data[member] ?? readError();
  }
  let view = data;
  for (const name in data)
    if (!hasValue(data, name)) {
      if (view === data) view = { ...data };
      Object.defineProperty(view, name, { get: () => valueIn(data, name) });
    }
  return view;
}
