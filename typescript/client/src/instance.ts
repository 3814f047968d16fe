import type { MizanErrorBase as MizanError } from '@mizan/core';
import type { State } from './definition.ts';

/** The data of an instance: member to value, and to its error where it failed and never was there. */
export type Bundle = Record<string, unknown>;

/** An expected change of one member. */
export interface Layer {
  member: string;
  change: (value: never) => unknown;
  /** The call went well: it stays only until the instance is read again. */
  done?: boolean;
}

/** The instances of one context. */
export interface Bucket {
  /** By address, members that are read alone among them. */
  held: Map<string, Instance>;
  /** The most parameters that one of them has, and more than any with a member among them. */
  widest: number;
  /** They belong to one identity; unknown for what came with the page and was not asked for yet. */
  user?: boolean;
  contract?: string | null;
  /** The epoch seen last: instances share its text. */
  epoch?: string | undefined;
}

/**
 * A cached instance: lean, because there may be many. What few of them need is absent until then, and nobody
 * but the client changes one.
 */
export class Instance {
  readonly bucket: Bucket;
  readonly address: string;
  /** What is shown: the server's data with expected changes laid over them. */
  data: Bundle | undefined = undefined;
  /** The server's data. */
  base: Bundle | undefined = undefined;
  epoch: string | undefined = undefined;
  /** The revision's number. */
  n = -1;
  /** When the request of these data began, in ticks of the client. */
  begun = 0;
  /** Known to be out of date. */
  stale = false;
  /** To be read as soon as somebody shows it. */
  due = true;
  /** Time of the clock, since when nobody shows it. */
  idle: number;
  /** The read under way, or waiting to be repeated. */
  flight: AbortController | undefined = undefined;
  subscribers: Set<() => void> | undefined = undefined;
  /** Why the last read failed. */
  declare error: MizanError | undefined;
  /** One promise for all that cannot go on without data. */
  declare waiter: Promise<void> | undefined;
  /** Expected changes, and what lays them over the server's data. */
  declare layers: Layer[] | undefined;
  /** Numbers of the changes that were merged into the data since they were read (MRG-7). */
  declare merged: number[] | undefined;
  declare relay: ((instance: Instance) => void) | undefined;
  /** What there is to show by member, since the last change and before. */
  declare states: Record<string, State<unknown>> | undefined;
  declare last: Record<string, State<unknown>> | undefined;

  constructor(bucket: Bucket, address: string, idle: number) {
    this.bucket = bucket;
    this.address = address;
    this.idle = idle;
  }
}
