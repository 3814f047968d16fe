import type { Contract, Sources } from '@mizan/core';

/** What a backend says about itself. */
export interface Exported {
  contract: Contract;
  /** First 16 hex digits of the contract's hash. */
  id: string;
  /** Where functions and types stand; empty when the backend cannot know. */
  sources: Partial<Sources>;
  /** Absolute paths whose change may change the contract; empty: ask again now and then, unless there is a tree. */
  files: string[];
  /** What was noticed on the way and does no harm, for `doctor`. */
  notes?: string[];
}

/** What a backend's configuration says beside its value. */
export type BackendOptions = Readonly<Record<string, string>>;

/** Where a backend is, as the configuration says it. */
export interface BackendPlace {
  value: string;
  /** Absolute: the folder that the configuration's paths are relative to. */
  root: string;
  options: BackendOptions;
}

/** A folder that is followed as a whole, because any file that appears in it may change the contract. */
export interface WatchedTree {
  /** Absolute. */
  folder: string;
  /** Whether a path below it does not matter; asked for folders, too. */
  ignores(path: string, isFolder: boolean): boolean;
}

/** One line of `doctor`. */
export interface BackendNote {
  ok: boolean;
  what: string;
  mend?: string;
}

/** A way to come to a contract. A new host is one more row in the table of backends. */
export interface BackendKind {
  /** Its key under `backend` in the configuration. */
  key: string;
  /** What its value says, for messages: `a module`, `a contract file`. */
  value: string;
  load(place: BackendPlace, signal: AbortSignal): Promise<Exported>;
  /** What is followed from the start, whatever `load` comes to. */
  tree?(place: BackendPlace): WatchedTree;
  /** What `doctor` says of it before it is asked for its contract. */
  examine?(place: BackendPlace, signal: AbortSignal): Promise<BackendNote[]>;
}
