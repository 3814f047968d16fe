import type { MizanErrorBase as MizanError } from '@mizan/core';
import type { Client, Tool } from './client.ts';
import type { Instance } from './instance.ts';

/** What happens in a client. Addresses are those of instances; calls have their function's name there. */
export type ClientEvent =
  /** A read begins; it is repeated until it went well or has failed for good. */
  | { type: 'fetch'; address: string; detail?: undefined }
  /** Data are in place, new ones or the same once more; `detail` is their revision, if they have one. */
  | { type: 'apply'; address: string; detail: string | undefined }
  /** What is held is known to be out of date. */
  | { type: 'stale'; address: string; detail?: undefined }
  /** A read failed for good. */
  | { type: 'fail'; address: string; detail: MizanError }
  /** A call begins; `detail` are its arguments. */
  | { type: 'call'; address: string; detail: unknown }
  /** A call has ended, and all that its answer brought is in place; `detail` is its error, if it failed. */
  | { type: 'settle'; address: string; detail: unknown };

type Seen = Pick<Instance, 'base' | 'n' | 'stale' | 'flight' | 'error'>;

/** Hears what happens in a client until the returned function is called. Costs nothing where it is not used. */
export function observe(client: Client, listener: (event: ClientEvent) => void): () => void {
  const seen = new WeakMap<Instance, Seen>();

  function compare(instance: Instance): void {
    const { address, base, epoch, n, stale, flight, error } = instance;
    const last = seen.get(instance);
    seen.set(instance, { base, n, stale, flight, error });
    if (stale && !last?.stale && base) listener({ type: 'stale', address });
    if (flight && !last?.flight) listener({ type: 'fetch', address });
    const read = last?.flight && !flight && !stale;
    if (base && (read || base !== last?.base || n !== last.n))
      listener({ type: 'apply', address, detail: epoch && `${epoch}.${n}` });
    if (error && error !== last?.error) listener({ type: 'fail', address, detail: error });
  }

  const before = client.tool;
  const tool: Tool = (what, about, detail) => {
    before?.(what, about, detail);
    if (!heard) return;
    if (what === 'change') compare(about as Instance);
    else listener({ type: what, address: about as string, detail });
  };
  let heard = true;
  client.tool = tool;
  return () => {
    heard = false;
    if (client.tool === tool) client.tool = before;
  };
}
