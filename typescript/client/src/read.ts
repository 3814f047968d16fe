import type { MizanErrorBase as MizanError } from '@mizan/core';
import { valueIn } from './data.ts';
import { defaultClient } from './default-client.ts';
import type { Definition, Params, ReadOptions, State } from './definition.ts';
import type { Bundle, Instance } from './instance.ts';

/** What there is to show of a bundle or of one member; the same object until it changes. */
export function stateOf(instance: Instance, member = ''): State<unknown> {
  instance.states ??= {};
  instance.states[member] ??= compare(instance, member);
  return instance.states[member];
}

function compare(instance: Instance, member: string): State<unknown> {
  const { data: bundle, stale, flight } = instance;
  let { error } = instance;
  let data: unknown;
  try {
    data = bundle && valueIn(bundle, member);
  } catch (thrown) {
    error ??= thrown as MizanError;
  }
  const now: State<unknown> = { data, error, pending: !!flight || !(bundle || error), stale };
  instance.last ??= {};
  const last = instance.last[member];
  for (const key in now) if (last?.[key as 'data'] !== now[key as 'data']) instance.last[member] = now;
  return instance.last[member] as State<unknown>;
}

/** Reads, or takes what is fresh. */
export async function read(
  def: Definition,
  params?: Params,
  { client = defaultClient() }: ReadOptions = {},
): Promise<unknown> {
  const instance = client.find(def, params);
  await client.read(instance);
  return valueIn(instance.data as Bundle, def.member);
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
