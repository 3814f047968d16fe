import type { MizanErrorBase as MizanError } from '@mizan/core';
import { valueIn } from './data.ts';
import { defaultClient } from './default-client.ts';
import type { Definition, Params, ReadOptions, State } from './definition.ts';
import type { Instance } from './instance.ts';

const states = new WeakMap<Instance, Record<string, State<unknown>>>();

/** What there is to show of a bundle or of one member; the same object until it changes. */
export function stateOf(instance: Instance, member = ''): State<unknown> {
  const { data: bundle, stale, flight } = instance;
  let { error } = instance;
  let data: unknown;
  try {
    data = bundle && valueIn(instance, member);
  } catch (thrown) {
    error ??= thrown as MizanError;
  }
  const pending = !!flight || !(bundle || error);
  const known = states.get(instance) ?? {};
  const last = known[member];
  if (last?.data === data && last?.error === error && last?.pending === pending && last.stale === stale)
    return last;
  states.set(instance, known);
  known[member] = { data, error, pending, stale };
  return known[member];
}

/** Reads, or takes what is fresh. */
export async function read(
  def: Definition,
  params?: Params,
  { client = defaultClient() }: ReadOptions = {},
): Promise<unknown> {
  const instance = client.find(def, params);
  await client.read(instance);
  return valueIn(instance, def.member);
}

/** Shows an instance to a listener: now, and whenever it changes. */
export function watch(
  def: Definition,
  params: Params | undefined,
  listener: (state: State<unknown>) => void,
  { client = defaultClient() }: ReadOptions = {},
): () => void {
  const instance = client.find(def, params);
  let last: State<unknown> | undefined;
  const hear = () => {
    const state = stateOf(instance, def.member);
    if (state === last) return;
    last = state;
    listener(state);
  };
  const stop = client.subscribe(instance, hear);
  hear();
  return stop;
}
