import type { MizanErrorBase as MizanError } from '@mizan/core';
import { valueIn } from './data.ts';
import type { State } from './definition.ts';
import type { Instance } from './instance.ts';

/** What there is to show of a bundle or of one member; the same object until it changes. */
export function stateOf(instance: Instance, member = ''): State<unknown> {
  instance.states ??= {};
  instance.last ??= {};
  const { data: bundle, stale, flight, states, last } = instance;
  if (!states[member]) {
    let { error } = instance;
    let data: unknown;
    try {
      data = bundle && valueIn(bundle, member);
    } catch (thrown) {
      error ??= thrown as MizanError;
    }
    const now: State<unknown> = { data, error, pending: !!flight || !(bundle || error), stale };
    for (const key in now) if (last[member]?.[key as 'data'] !== now[key as 'data']) last[member] = now;
    states[member] = last[member] as State<unknown>;
  }
  return states[member];
}
