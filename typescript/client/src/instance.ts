import type { MizanErrorBase as MizanError } from '@mizan/core';
import type { Definition, State } from './definition.ts';

/** The data of an instance: member to value, and to its error where it failed and never was there. */
export type Bundle = Record<string, unknown>;

/** An expected change of one member. */
export interface Layer {
  member: string;
  change: (value: never) => unknown;
  /** The call is under way (0), went well (1: it stays only until the instance is read again), or failed (2). */
  end: number;
}

/** The instances of one context, or of one member that is read alone, by address. */
export interface Bucket extends Map<string, Instance> {
  /** The most parameters that one of them has. */
  widest: number;
}

/**
 * A cached instance: lean, because there may be many. What few of them need is absent until then, and nobody
 * but the client changes one.
 */
export interface Instance {
  readonly address: string;
  /** What it was asked for with; of what came with the page and was not asked for yet, a stand-in. */
  def: Pick<Definition, 'contract' | 'options'>;
  /** What is shown: the server's data with expected changes laid over them. */
  data: Bundle | undefined;
  /** The server's data. */
  base: Bundle | undefined;
  epoch: string | undefined;
  /** The revision's number. */
  n: number;
  /** When the request of these data began, in ticks of the client. */
  begun: number;
  /** Known to be out of date. */
  stale: boolean;
  /** To be read as soon as somebody shows it. */
  due: boolean;
  /** Time of the clock, since when nobody shows it. */
  idle: number;
  /** The read under way, or waiting to be repeated. */
  flight: AbortController | undefined;
  subscribers: Set<() => void> | undefined;
  /** Why the last read failed. */
  error?: MizanError | undefined;
  /** One promise for all that cannot go on without data. */
  waiter?: Promise<void> | undefined;
  /** Expected changes, and what lays them over the server's data. */
  layers?: Layer[] | undefined;
  relay?: (instance: Instance) => void;
  /** Numbers of the changes that were merged into the data since they were read (MRG-7). */
  merged?: number[] | undefined;
  /** What there is to show by member, since the last change and before. */
  states?: Record<string, State<unknown>> | undefined;
  last?: Record<string, State<unknown>> | undefined;
}
