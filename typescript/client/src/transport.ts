/** What came back, whatever carried it. */
export interface Answer {
  /** As in HTTP; 200 and above, below 300: it went well. */
  status: number;
  /** The parsed JSON, undefined when it was none. */
  body: unknown;
  /** What the protocol says beside the body: `revision`, `identity`, `contract`. */
  header?(name: 'revision' | 'identity' | 'contract'): string | null | undefined;
}

/** The body of a call (CALL-1). */
export interface CallBody {
  fn: string;
  args: unknown;
  /** Instances on screen: the answer may carry fresh ones. */
  shows?: string[];
}

/** Carries reads and calls. Both reject when no answer came; they need not look at errors in answers. */
export interface Transport {
  /** Reads an instance; `min` is the value of `$min`, if any. */
  read(address: string, min: string, contract: string, signal: AbortSignal): Promise<Answer>;
  /** Calls a function. Throws at once, before anything is sent, for arguments that have no JSON form. */
  call(body: CallBody, contract: string, signal: AbortSignal): Promise<Answer>;
}
