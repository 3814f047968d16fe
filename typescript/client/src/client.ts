import type { JsonObject } from './answer.ts';
import type { Clock } from './clock.ts';
import type { Definition, Params } from './definition.ts';
import type { HttpOptions } from './http.ts';
import type { Bundle, Instance } from './instance.ts';
import type { Told } from './told.ts';
import type { Transport } from './transport.ts';

/** How a client reaches its server, and how patient it is. Times are in milliseconds. */
export interface ClientOptions extends HttpOptions {
  /** Instead of HTTP at `url`. */
  transport?: Transport;
  /** Called once for each pair of contracts, so that an app can offer to reload. */
  onContractMismatch?: (mismatch: ContractMismatch) => void;
  /** Until a request without an answer is given up; by default 30 seconds. */
  timeout?: number;
  /** How often a failed read is repeated; by default 3 times. Calls never are. */
  retries?: number;
  /** How long data are kept while nobody shows them; by default 5 minutes. */
  keepFor?: number;
  /** How long data that nobody shows count as fresh although nothing was told; by default 30 seconds. */
  freshFor?: number;
  /** Time and chance, for tests. */
  clock?: Clock;
}

/** The server's contract is not the one that the client was generated from. */
export interface ContractMismatch {
  client: string;
  server: string;
}

/** What a page brings along (section 14): contexts by address. */
export interface Hydration {
  contract: string | null;
  identity: string | null;
  contexts: Record<string, { revision: string | null; data: Bundle }>;
}

/** A tool hears of instances before their listeners do, and of calls when they begin and end. */
export type Tool = (what: 'change' | 'call' | 'settle', about: Instance | string, detail?: unknown) => void;

/** Puts the result of an answer in the places that it names; `begun` is the tick at which the call was sent. */
export type Merge = (client: Client, body: JsonObject, begun: number) => void;

/** Lays an expected change over what is shown; what it returns is called with the error of the call, if it failed. */
export type Lay = (client: Client) => (failure: unknown) => void;

/** A context or a member, whose reads take `R`. */
export interface Readable<R> {
  readonly def: Definition;
  read(params: R): Promise<unknown>;
}

/** One store of contexts and the line to their server: one a page, on the server one a request. */
export interface Client {
  /** Who the server took the caller for, as far as it said. */
  identity?: string | undefined;
  /** Hears what happens; see `observe`. */
  tool?: Tool | undefined;
  /** Notes that an instance changed, for its listeners to hear of at the next `flush`. */
  touch(instance: Instance): void;
  /** All that is held. */
  instances(): Instance[];
  /** The instance of an address, if it is held. */
  heldAt(address: string): Instance | undefined;
  /** The instance that a definition names with these parameters, made when it is not held yet. */
  find(def: Definition, params?: Params): Instance;
  /** Visits all instances that a scope covers. */
  covered(scope: string, visit: (instance: Instance) => unknown): void;
  /** All that was told of an instance. */
  told(instance: Instance): Told[];
  /** Reads a context or a member into the store, for what is rendered next; what fails is found out there. */
  prefetch(what: Readable<void>): Promise<void>;
  prefetch<R>(what: Readable<R>, params: R): Promise<void>;
  /** Marks an instance out of date; if it is shown, the next `flush` reads it. A read under way began too early. */
  renew(instance: Instance): void;
  /** Reads again what is due and shown, and tells the listeners of all that changed. */
  flush(): void;
  /** Shows an instance: it is read when needed and kept fresh until the returned function is called. */
  subscribe(instance: Instance, listener: () => void): () => void;
  /** Reads until there is an answer or an error, or takes what is fresh. */
  read(instance: Instance): Promise<void>;
  /** The same, and one promise for all that ask until it has settled. */
  ready(instance: Instance): Promise<void>;
  /** Takes in what the server announced by other ways than answers (INV-8). */
  tell(entries: unknown): void;
  /** Calls a function, shows what is expected of it, and takes in what its answer says of contexts. */
  call(
    fn: string,
    contract: string,
    args?: unknown,
    merge?: Merge,
    optimistic?: readonly Lay[],
  ): Promise<unknown>;
  /** Takes over what came with the page; it is not read again unless it is told to be out of date. */
  hydrate(page: Hydration): void;
}
