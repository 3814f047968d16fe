import { changedAt, createRecord, LIMITS, noteScopes, type Revision, type ScopeRecord } from '@mizan/core';

/** Where the numbers of contexts live. Memory is right for one process only. */
export interface Store {
  /** The context's epoch and last number; creates an absent record (REV-4). */
  last(context: string): Revision | Promise<Revision>;
  /**
   * Takes one number for the context, notes it for its scopes, and says, from before noting it, at which
   * numbers the instances had changed; all in one atomic step (REV-5, MRG-4).
   */
  take(context: string, scopes: readonly string[], instances: readonly string[]): Taken | Promise<Taken>;
}

/** A number that was taken. */
export interface Taken {
  revision: Revision;
  /** One for each instance asked for, in order. */
  previous: readonly Revision[];
}

/** What a memory store takes from outside. */
export interface MemoryStoreOptions {
  /** Milliseconds. */
  clock?: () => number;
  /** The epoch of a new record; at least 60 random bits by default. */
  epoch?: (context: string) => string;
  /** Scopes kept for each context. */
  scopes?: number;
}

/** Keeps the records in this process. */
export function memoryStore({
  clock = Date.now,
  epoch = randomEpoch,
  scopes: cap = LIMITS.scopes,
}: MemoryStoreOptions = {}): Store {
  const records = new Map<string, ScopeRecord>();
  const recordOf = (context: string): ScopeRecord => {
    let record = records.get(context);
    if (record === undefined) {
      record = createRecord(epoch(context), clock());
      records.set(context, record);
    }
    return record;
  };
  return {
    last(context) {
      const record = recordOf(context);
      return { epoch: record.epoch, n: record.last };
    },
    take(context, scopes, instances) {
      const record = recordOf(context);
      const previous = instances.map((address) => ({ epoch: record.epoch, n: changedAt(record, address) }));
      return { revision: { epoch: record.epoch, n: noteScopes(record, scopes, clock(), cap) }, previous };
    },
  };
}

/** 62 bits in the alphabet of epochs. */
function randomEpoch(): string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
  let text = '';
  while (text.length < 12) {
    // 252 is the largest multiple of 36 in a byte, so no letter is likelier than another.
    for (const byte of crypto.getRandomValues(new Uint8Array(16)))
      if (byte < 252 && text.length < 12) text += alphabet[byte % 36];
  }
  return text;
}
