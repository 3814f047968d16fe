import type { MizanErrorBase as MizanError } from '@mizan/core';
import type { Client, Tool } from './client.ts';
import type { Instance } from './instance.ts';

/** What happens in a client. Addresses are those of instances; calls have their function's name there. */
export type ClientEvent =
  /** Somebody begins to show an instance that nobody showed; who reads it shows it until the answer is there. */
  | { type: 'show'; address: string; detail?: undefined }
  /** Nobody shows it any more. */
  | { type: 'hide'; address: string; detail?: undefined }
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

type Seen = Pick<Instance, 'base' | 'n' | 'stale' | 'flight' | 'error'> & { shown: boolean };

/** Hears what happens in a client until the returned function is called. Costs nothing where it is not used. */
export function observe(client: Client, listener: (event: ClientEvent) => void): () => void {
  const seen = new WeakMap<Instance, Seen>();
  client.instances().forEach(note);

  /** Remembers how an instance is; what is held already is no news. */
  function note(instance: Instance): Seen {
    const { base, n, stale, flight, error, subscribers } = instance;
    const now = { base, n, stale, flight, error, shown: !!subscribers };
    seen.set(instance, now);
    return now;
  }

  function compare(instance: Instance): void {
    const last = seen.get(instance);
    const { base, n, stale, flight, error, shown } = note(instance);
    const { address, epoch } = instance;
    if (shown !== !!last?.shown) listener({ type: shown ? 'show' : 'hide', address });
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
