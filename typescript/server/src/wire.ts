/** A whole body, or why there is none: over the limit, `BodyTaken`, or the error of the connection. */
export type WireBody = Uint8Array | 'too-large' | Error;

/** A request as every adapter hands it over: nothing of a framework, nothing of the protocol. */
export interface WireRequest {
  readonly method: string;
  /** The raw path without the base, beginning with `/`; still percent-encoded. */
  readonly path: string;
  /** The raw query string without its `?`. */
  readonly query: string;
  /** A header by its lower-case name. */
  header(name: string): string | undefined;
  /** Reads the body, at most `limit` bytes of it, and hands it on once: a promise here costs 3 % of a call. */
  body(limit: number, take: (body: WireBody) => void): void;
  /** All headers, made when somebody looks. */
  readonly headers: Headers;
  /** Aborts when the caller goes away; made when somebody looks. */
  readonly signal: AbortSignal;
  /** What the host calls a request. */
  readonly raw: unknown;
  /** Keeps the host alive for work after the answer. */
  waitUntil?(work: Promise<unknown>): void;
}

/** The answer, for every adapter to write as it stands. */
export interface WireResponse {
  readonly status: number;
  /** A frozen list is the same one in every answer, so an adapter may keep what it made of it. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Null: there is none, and no length is written. For HEAD the body is there and the adapter leaves it out. */
  readonly body: string | Uint8Array | null;
}

/** The host took the body before us; it says so because only the developer can mend it. */
export class BodyTaken extends Error {
  override readonly name = 'BodyTaken';
  constructor() {
    super('The request body was already read: mount mizan before body parsers such as express.json()');
  }
}
