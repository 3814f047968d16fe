import type { MizanErrorBase as MizanError } from '@mizan/core';

/** What happens in a client, for tools. */
export type ClientEvent =
  /** A read is sent; `detail` is the value of `$min`. */
  | { type: 'fetch'; address: string; detail: string }
  /** Data are in place; `detail` is their revision. */
  | { type: 'apply'; address: string; detail: string | null }
  /** An instance is known to be out of date. */
  | { type: 'stale'; address: string; detail?: undefined }
  /** A read failed for good. */
  | { type: 'fail'; address: string; detail: MizanError }
  /** A call begins; `address` is the function's name, `detail` its arguments. */
  | { type: 'call'; address: string; detail: unknown }
  /** A call has ended and all that its answer brought is in place; `detail` is its error, if it failed. */
  | { type: 'settle'; address: string; detail: unknown };

/** Hears all events of one client. */
export type ClientListener = (event: ClientEvent) => void;

/** The server's contract is not the one that the client was generated from. */
export interface ContractMismatch {
  client: string;
  server: string;
}
