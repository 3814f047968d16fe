/** What a caller sees of one exchange, whatever carried it. */
export interface Outcome {
  transport: 'http' | 'ipc';
  /** HTTP status; over ipc the status that `spec/tables/error-codes.json` gives the code, or 200. */
  status: number;
  /** Response headers by lower-case name; empty over ipc, which has none. */
  headers: Record<string, string>;
  /** The body as text, exactly as received. */
  text: string;
  /** The body as a value; undefined when it is not JSON. */
  body: unknown;
  /** How to repeat the exchange by hand. */
  curl: string;
}

/** One call of a function. */
export interface CallBody {
  fn: string;
  args?: unknown;
  shows?: unknown;
  id?: unknown;
}

/** What surrounds a request. */
export interface Around {
  /** `ID;staff;superuser`, see the fixture page. */
  as?: string;
  /** The client's contract id. */
  contract?: string;
  headers?: Record<string, string>;
}

/** A request that only HTTP can express. */
export interface HttpRequest {
  method: string;
  /** Path and query after the base path, sent exactly as written. */
  path: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

/** One way to reach a testee. */
export interface Driver {
  readonly transport: 'http' | 'ipc';
  call(body: CallBody, around?: Around): Promise<Outcome>;
  fetch(address: string, around?: Around & { min?: string }): Promise<Outcome>;
  /** Only over http. */
  request(request: HttpRequest, around?: Around): Promise<Outcome>;
  /** Writes bytes to a fresh connection and reads until it closes or an answer is complete. Only over http. */
  raw(bytes: string | Uint8Array, cut?: boolean): Promise<string>;
  close(): Promise<void>;
}
