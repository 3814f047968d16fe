import type { Secret } from '@mizan/core/hash';
import type { Identity } from './identity.ts';
import type { Log } from './log.ts';
import type { Plans } from './plan.ts';
import type { Announcer, MizanRequest } from './request.ts';
import type { Header } from './respond.ts';
import type { Store } from './store.ts';
import type { Tracer } from './trace.ts';

/** Limits that an application may set; the rest are part of the protocol. */
export interface Limits {
  /** Bytes of a body. */
  bodyBytes: number;
  /** Instances of `shows` that are looked at. */
  shows: number;
  /** Bundles in one answer. */
  contexts: number;
  flightMilliseconds: number;
  flightBytes: number;
  /** Scopes that the memory store keeps for each context. */
  scopes: number;
}

/** Runs a call in a transaction: `run` with what the handler finds as `req.transaction`. */
export type Transaction = (
  run: (transaction?: unknown) => Promise<unknown>,
  request: MizanRequest,
) => Promise<unknown>;

/** What everything that answers requests shares. */
export interface App extends Announcer {
  readonly plans: Plans;
  readonly store: Store;
  readonly clock: () => number;
  readonly log: Log;
  readonly limits: Limits;
  readonly identify: ((request: MizanRequest) => Identity | null | Promise<Identity | null>) | undefined;
  readonly transaction: Transaction | undefined;
  readonly development: boolean;
  /** The key that signs entity tags and identities. */
  secret(): Secret;
  /** The contract as clients see it, printed, when its route is open. */
  readonly contractText: string | undefined;
  /** The first 16 hex digits of the contract's hash. */
  readonly contractId: string;
  readonly contractHeader: Header;
  /** One list for all answers that have no others. */
  readonly callHeaders: readonly Header[];
  /** Names that changed in a breaking way, by the id of the released contract. */
  readonly changed: ReadonlyMap<string, ReadonlySet<string>>;
  readonly tagHeader: 'Surrogate-Key' | 'Cache-Tag';
  readonly tracer: Tracer;
  /** By context: the lines that its cache keys begin with are made of this. */
  readonly parts: ReadonlyMap<string, string>;
  /** Logs a store that fails, once for a while. */
  storeFailed(error: unknown): void;
}
