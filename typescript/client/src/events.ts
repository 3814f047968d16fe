import type { MizanErrorBase as MizanError } from '@mizan/core';

/** What happens in a client, for tools. Addresses are those of `protocol` section 4. */
export type ClientEvent =
  /** A read is sent; `detail` is the value of `$min`. */
  | { type: 'fetch'; address: string; detail: string }
  /** Fresh data are in place; `detail` is their revision. */
  | { type: 'apply'; address: string; detail: string }
  /** An answer was ignored: older than the copy, or than what the client was told. */
  | { type: 'drop'; address: string; detail: 'older' | 'told' }
  /** An instance is out of date. */
  | { type: 'stale'; address: string; detail?: undefined }
  /** An instance was shown first, hidden last, or forgotten. */
  | { type: 'show' | 'hide' | 'forget'; address: string; detail?: undefined }
  /** A read failed for good. */
  | { type: 'fail'; address: string; detail: MizanError }
  /** The server told of a change; `address` is a scope, `detail` its revision or `*`. */
  | { type: 'told'; address: string; detail: string }
  /** A call is sent; `address` is the function's name. */
  | { type: 'call'; address: string; detail: unknown }
  /** A call has ended; `detail` is its error, if it failed. */
  | { type: 'settle'; address: string; detail: unknown }
  /** The server takes the caller for somebody else: data of class user are gone. */
  | { type: 'identity'; address: string; detail?: undefined }
  /** The server has another contract; `address` is the client's, `detail` the server's. */
  | { type: 'mismatch'; address: string; detail: string };

/** Hears all events of one client. */
export type ClientListener = (event: ClientEvent) => void;

/** The server's contract is not the one that the client was generated from. */
export interface ContractMismatch {
  client: string;
  server: string;
}
