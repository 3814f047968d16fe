import type { Contract, Sources } from '@mizan/core';

/** What a backend says about itself. */
export interface Exported {
  contract: Contract;
  /** First 16 hex digits of the contract's hash. */
  id: string;
  /** Where functions and types stand; empty when the backend cannot know. */
  sources: Partial<Sources>;
  /** Absolute paths whose change may change the contract; empty: ask again now and then. */
  files: string[];
}

/** A way to come to a contract. A new host is one more row in the table of backends. */
export interface BackendKind {
  /** Its key under `backend` in the configuration. */
  key: string;
  /** What its value says, for messages: `a module`, `a contract file`. */
  value: string;
  /** Whether `init` may find it: `undefined` when the folder holds no such project, else the value to configure. */
  load(value: string, root: string, signal: AbortSignal): Promise<Exported>;
}
