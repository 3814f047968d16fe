import { MizanErrorBase as MizanError } from '@mizan/core';
import { badResponse, objectOf, readError } from './answer.ts';
import type { Bundle, Instance, Layer } from './instance.ts';

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

/** Replaces the server's data, keeping what is equal; a member that failed keeps its old value (BUN-14). */
export function place(instance: Instance, { $errors, ...data }: Bundle): void {
  const old = instance.base ?? instance.data ?? {};
  const errors = objectOf($errors);
  for (const member in errors) data[member] = hasValue(old, member) ? old[member] : readError(errors[member]);
  for (const member in old)
    if (JSON.stringify(old[member]) === JSON.stringify(data[member])) data[member] = old[member];
  instance.base = data;
  relayer(instance, () => true);
}

/** Shows the server's data under the expected changes that are kept. */
export function relayer(instance: Instance, keep: (layer: Layer) => unknown): void {
  const base = instance.base ?? instance.data;
  const layers = instance.layers?.filter(keep);
  instance.layers = layers;
  instance.base = undefined;
  instance.data = base;
  if (base && layers?.[0]) {
    const data = { ...base };
    instance.base = base;
    instance.data = data;
    for (const { member, change } of layers)
      attempt(() => {
        if (hasValue(data, member)) data[member] = change(data[member]);
      });
  }
}

const hasValue = (data: Bundle, member: string) => member in data && !(data[member] instanceof MizanError);

/** The value of a member, or the bundle, in which a member that failed throws when it is touched. */
export function valueIn(
  { data = {}, address }: Pick<Instance, 'data' | 'address'>,
  member?: string,
): unknown {
  if (member) {
    if (hasValue(data, member)) return data[member];
    throw data[member] ?? badResponse(`No ${member} in ${address}`);
  }
  const failed = Object.keys(data).filter((name) => !hasValue(data, name));
  if (!failed[0]) return data;
  const view = { ...data };
  for (const name of failed)
    Object.defineProperty(view, name, { get: () => valueIn({ data, address }, name) });
  return view;
}
