import { MizanErrorBase as MizanError } from '@mizan/core';
import { badResponse, objectOf, readError } from './answer.ts';
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

/** The server's data of an instance. */
export function baseOf(instance: Instance): Bundle | undefined {
  return instance.base ?? instance.data;
}

/** Replaces the server's data, keeping what is equal; a member that failed keeps its old value (BUN-14). */
export function place(instance: Instance, { $errors, ...data }: Bundle): void {
  const old = baseOf(instance);
  const errors = objectOf($errors);
  for (const member in errors) {
    const before = old?.[member];
    data[member] = before && !(before instanceof MizanError) ? before : readError(errors[member]);
  }
  for (const member in old)
    if (JSON.stringify(old[member]) === JSON.stringify(data[member])) data[member] = old[member];
  instance.stale = !!$errors;
  cover(instance, data);
}

/** Shows these data of the server under the expected changes. */
export function cover(instance: Instance, base: Bundle | undefined): void {
  const { layers } = instance;
  instance.data = base;
  instance.base = undefined;
  if (layers?.[0] && base) {
    const data = { ...base };
    instance.base = base;
    instance.data = data;
    for (const { member, change } of layers)
      attempt(() => {
        if (!isMissing(data, member)) data[member] = change(data[member]);
      });
  }
}

const isMissing = (data: Bundle, member: string) => !(member in data) || data[member] instanceof MizanError;

/** The value of a member, or the bundle, in which a member that failed throws when it is touched. */
export function valueIn(instance: Instance, member?: string): unknown {
  const { data = {}, address } = instance;
  if (member) {
    if (isMissing(data, member)) throw data[member] ?? badResponse(`${address} came without ${member}`);
    return data[member];
  }
  let view = data;
  for (const name in data)
    if (isMissing(data, name)) {
      if (view === data) view = { ...data };
      Object.defineProperty(view, name, { get: () => valueIn(instance, name), enumerable: true });
    }
  return view;
}
