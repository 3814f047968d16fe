import type { MizanErrorBase as MizanError } from '@mizan/core';
import type { Client, Lay } from './client.ts';

/** The canonical text of a parameter that has more than one spelling, such as a datetime with an offset. */
export type ParamForm = (text: string) => string;

/** What the generated code knows of a context besides its name and its contract. */
export interface ContextOptions {
  /** Some parameter must be given, so a hook needs a provider above it or parameters of its own. */
  required?: boolean;
  /** The data belong to one identity; they go when `X-Mizan-Identity` changes. */
  user?: boolean;
  /** Defaults of parameters, so that equal instances have equal addresses. */
  defaults?: Record<string, string | number | boolean>;
  /** Parameters that are not written in canonical form yet: `{ since: datetime }`. */
  forms?: Record<string, ParamForm>;
}

/** A context without its types: what bindings and the store work with. */
export interface Definition {
  readonly context: string;
  readonly contract: string;
  readonly options: ContextOptions;
  /** The one member that is read; absent: the whole bundle. */
  readonly member?: string;
}

/** Parameters without their types. */
export type Params = Record<string, unknown>;

/** What there is to show of a context or of one member. Equal states are the same object. */
export interface State<T> {
  /** The newest data, kept while they are read again. */
  readonly data: T | undefined;
  /** Why the last read failed. */
  readonly error: MizanError | undefined;
  /** A read is under way, or about to be. */
  readonly pending: boolean;
  /** The data are known to be out of date. */
  readonly stale: boolean;
}

/** Which client answers; by default the one of `setDefaultClient`, else one at `/api/mizan`. */
export interface ReadOptions {
  client?: Client;
}

/** A context: a bundle of reads. `P` holds its parameters, `B` the bundle, `R` what `read` takes. */
export interface Context<P, B, R = P> {
  readonly def: Definition;
  /** Reads the whole bundle in one request, or takes it from the store when it is fresh. */
  read(params: R, options?: ReadOptions): Promise<B>;
  /** Calls `listener` now and with every change until the returned function is called. */
  watch(params: R, listener: (state: State<B>) => void, options?: ReadOptions): () => void;
  /** Marks instances stale; what is shown is read again. Parameters left out mean any value. */
  refresh(params?: Partial<P>, options?: ReadOptions): void;
}

/** One read of a context. `P` holds the context's parameters, `T` the result, `R` what `read` takes. */
export interface Member<P, T, R = P> {
  readonly def: Definition;
  /** Reads this member alone, or takes it from the store when it is fresh. */
  read(params: R, options?: ReadOptions): Promise<T>;
  /** Calls `listener` now and with every change until the returned function is called. */
  watch(params: R, listener: (state: State<T>) => void, options?: ReadOptions): () => void;
  /** Marks instances stale; what is shown is read again. Parameters left out mean any value. */
  refresh(params?: Partial<P>, options?: ReadOptions): void;
  /** What a call is expected to change, for `optimistic`. Parameters left out mean any value. */
  patch(params: Partial<P>, change: (value: T) => T): Patch;
}

/** An expected change of one member, laid over the data until the server has answered. */
export type Patch = Lay;

/** How a call is made. */
export interface CallOptions {
  client?: Client;
  /** Shown at once, and taken back if the call fails. */
  optimistic?: Patch | readonly Patch[] | undefined;
}

/** The outcome of a call that does not throw: `error` is absent exactly when it went well. */
export type Outcome<T, E> =
  | { readonly data: T; readonly error?: undefined }
  | { readonly data?: undefined; readonly error: E };

/** A server function that is called: a write, or a plain call. `E` is what it rejects with. */
export interface Call<A, T, E = MizanError> {
  readonly fn: string;
  (args: A, options?: CallOptions): Promise<T>;
  /** Does not throw: `const { data, error } = await buy.safe({ sku: 'a1' })`. */
  safe(args: A, options?: CallOptions): Promise<Outcome<T, E>>;
}

/** The parameters of a context that has none. */
export type NoParams = Record<never, never>;

/** What a read or call takes when nothing of it is required: `read()` and `read({ page: 2 })` are both fine. */
// biome-ignore lint/suspicious/noConfusingVoidType: `undefined` would have to be written out at each call
export type Optional<P> = P | void;
