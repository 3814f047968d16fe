import type { FunctionDefinition } from './define.ts';
import type { Identity } from './identity.ts';
import type { AnyContext, Context, Fields, Params } from './types.ts';
import type { WireRequest } from './wire.ts';

/** What a handler gets as its second argument. */
export interface MizanRequest {
  /** Who is calling; null is nobody. */
  readonly identity: Identity | null;
  /** Aborts when the caller goes away. */
  readonly signal: AbortSignal;
  readonly headers: Headers;
  /** What the host calls a request: an `IncomingMessage`, a `Request`. */
  readonly raw: unknown;
  /** What the `transaction` hook handed to its `run`. */
  readonly transaction: unknown;
  /** One header by its lower-case name, without making the others. */
  header(name: string): string | undefined;
  /** Adds to what this call makes stale; without parameters, all of the context. */
  invalidate<F extends Fields>(context: Context<F>, params?: Params<F>): void;
  /** Keeps the host alive for work after the answer. */
  waitUntil(work: Promise<unknown>): void;
}

/** What a request, or a direct call, needs to know of a server. */
export interface Announcer {
  /** The scope text for a context's symbol; throws on a parameter that it lacks. */
  scopeText(context: AnyContext, params: Readonly<Record<string, unknown>>): string;
  /** The scopes that a function declares, for these arguments and this result. */
  declaredScopes(definition: FunctionDefinition, args: unknown, result: unknown): string[];
  /** Takes the numbers and tells whom it concerns. */
  announce(scopes: readonly string[]): unknown;
}

const NOTHING: readonly string[] = [];

/** The one implementation: a view over the wire request that makes nothing before it is looked at. */
export class RequestState implements MizanRequest {
  identity: Identity | null = null;
  transaction: unknown = undefined;
  /** Scopes announced so far by the body, or null where none may be: in reads and in `identify`. */
  pending: string[] | null = null;
  /** Whether the call's list was taken: what comes later is announced by itself. */
  ended = false;
  /** What was announced in the end, normalised. */
  announced: readonly string[] = NOTHING;
  /** The server that answers it; a direct call joins through it. */
  readonly server: Announcer | undefined;
  readonly #wire: WireRequest | undefined;
  #signal: AbortSignal | undefined;

  constructor(wire: WireRequest | undefined, server: Announcer | undefined, signal?: AbortSignal) {
    this.#wire = wire;
    this.server = server;
    this.#signal = signal;
  }

  get signal(): AbortSignal {
    this.#signal ??= this.#wire?.signal ?? new AbortController().signal;
    return this.#signal;
  }

  get headers(): Headers {
    return this.#wire?.headers ?? new Headers();
  }

  get raw(): unknown {
    return this.#wire?.raw;
  }

  header(name: string): string | undefined {
    return this.#wire?.header(name);
  }

  invalidate(context: AnyContext, params: Readonly<Record<string, unknown>> = {}): void {
    const scope = this.server?.scopeText(context, params);
    if (this.pending === null && !this.ended)
      throw new Error(`invalidate(${context.name}) in a read: only a call may make something stale`);
    if (scope !== undefined) this.add([scope]);
  }

  /** Adds scopes to the list of the call, or announces them when it is taken already. */
  add(scopes: readonly string[]): void {
    if (this.pending !== null) this.pending.push(...scopes);
    else if (scopes.length > 0) void this.server?.announce(scopes);
  }

  waitUntil(work: Promise<unknown>): void {
    // Whatever becomes of it is not this request's error.
    work.catch(() => {});
    this.#wire?.waitUntil?.(work);
  }
}
