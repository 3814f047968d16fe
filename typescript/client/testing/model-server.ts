import {
  changedAt,
  createRecord,
  formatEntry,
  formatRevision,
  type Min,
  noteScopes,
  parseMin,
  type Revision,
  reachesMin,
  revisionForMin,
  type ScopeRecord,
} from '@mizan/core';
import type { Answer, CallBody, Transport } from '../src/index.ts';
import type { Prng } from './prng.ts';

/** Which misfortunes a world has. */
export interface World {
  /** Processes with a store of their own; 1 is a shared store. */
  stores: number;
  /** Stores lose a record, or go back to an older copy. */
  loss: boolean;
  /** A cache in between keeps answers, and is purged late or never. */
  cdn: boolean;
  /** Requests break before they arrive or after they ran. */
  cuts: boolean;
  /** Answers of calls carry bundles. */
  flight: boolean;
  /** They carry merges. */
  merges: boolean;
}

/** Something that goes on in steps; between two of them anything else may happen. */
type Task = Generator<void, void, void>;

interface Stored {
  record?: ScopeRecord | undefined;
  old?: ScopeRecord | undefined;
  cache: Map<string, { revision: Revision; version: number }>;
}

export const ids = ['a', 'b', 'c', 'd'] as const;
export type Id = (typeof ids)[number];
const address = (id: string) => `item?id=${id}`;

/** A server of four items, each a version number, whose every step a seeded schedule chooses. */
export class ModelServer implements Transport {
  readonly versions: Record<string, number> = { a: 0, b: 0, c: 0, d: 0 };
  /** What the client was told to be the least version of each item. */
  readonly told: Record<string, number> = { a: 0, b: 0, c: 0, d: 0 };
  /** Every list that was announced, for who repeats them. */
  readonly announced: { entries: string[]; versions: Record<string, number> }[] = [];
  readonly #tasks: Task[] = [];
  readonly #cdn = new Map<string, { revision: string; body: unknown }>();
  readonly #stores: Stored[];
  readonly #random: Prng;
  readonly #world: World;
  #clock = 1000;
  #epochs = 0;

  constructor(random: Prng, world: World) {
    this.#random = random;
    this.#world = world;
    this.#stores = Array.from({ length: world.stores }, () => ({ cache: new Map() }));
  }

  get busy(): boolean {
    return this.#tasks.length > 0;
  }

  /** One step of something. */
  step(): void {
    this.#clock += this.#random.below(3);
    this.#misfortune();
    const at = this.#random.below(this.#tasks.length);
    const task = this.#tasks[at];
    if (task?.next().done) this.#tasks.splice(at, 1);
  }

  read(target: string, min: string, _contract: string, signal: AbortSignal): Promise<Answer> {
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
      this.#tasks.push(this.#reading(target, min, resolve, reject));
    });
  }

  call(body: CallBody): Promise<Answer> {
    return new Promise((resolve, reject) => this.#tasks.push(this.#calling(body, resolve, reject)));
  }

  /** A live message that repeats, late and out of order, what was announced. */
  repeat(tell: (entries: string[]) => void): void {
    const one = this.announced[this.#random.below(this.announced.length)];
    if (!one) return;
    tell(one.entries);
    this.#heard(one.versions);
  }

  #heard(versions: Record<string, number>): void {
    for (const id in versions) this.told[id] = Math.max(this.told[id] ?? 0, versions[id] ?? 0);
  }

  #misfortune(): void {
    const store = this.#random.pick(this.#stores);
    if (!this.#world.loss || !this.#random.chance(0.02)) return;
    const kind = this.#random.below(4);
    if (kind === 0) store.record = undefined;
    else if (kind === 1) store.record = store.old && copy(store.old);
    else store.old = store.record && copy(store.record);
  }

  #record(store: Stored): ScopeRecord {
    store.record ??= createRecord(`e${(this.#epochs++).toString(36)}`, this.#clock);
    return store.record;
  }

  *#reading(
    target: string,
    text: string,
    resolve: (answer: Answer) => void,
    reject: (error: Error) => void,
  ): Task {
    yield;
    if (this.#world.cuts && this.#random.chance(0.1)) return reject(new TypeError('cut'));
    const stored = this.#world.cdn && text === '' ? this.#cdn.get(target) : undefined;
    if (stored) return resolve(answerOf(stored));
    const min = text === '' ? { any: false, revisions: [] } : (parseMin(text) as Min);
    const bundle = yield* this.#bundle(this.#random.pick(this.#stores), target, min);
    for (let delay = this.#random.below(8); delay > 0; delay--) yield;
    if (this.#world.cuts && this.#random.chance(0.05)) return resolve({ status: 502, body: undefined });
    const answer = { revision: formatRevision(bundle.revision), body: { item: { version: bundle.version } } };
    if (text === '') this.#cdn.set(target, answer);
    yield;
    resolve(answerOf(answer));
  }

  /** A bundle as `protocol` reads it: the number first, then the data, with time to pass in between. */
  *#bundle(
    store: Stored,
    target: string,
    min: Min,
  ): Generator<void, { revision: Revision; version: number }, void> {
    const record = this.#record(store);
    const read = { epoch: record.epoch, n: record.last };
    const changed = changedAt(record, target);
    const reaches = reachesMin(min, record.epoch, changed);
    const cached = store.cache.get(target);
    yield;
    if (reaches && cached && cached.revision.epoch === read.epoch && changed <= cached.revision.n)
      return cached;
    const version = this.versions[target.slice(-1)] as number;
    yield;
    if (reaches) store.cache.set(target, { revision: read, version });
    return { revision: revisionForMin(read, min, this.#clock), version };
  }

  *#calling(body: CallBody, resolve: (answer: Answer) => void, reject: (error: Error) => void): Task {
    const { id, refuse } = body.args as { id?: Id; refuse: boolean };
    const { cuts, flight, merges } = this.#world;
    yield;
    if (refuse) return resolve({ status: 409, body: { error: { code: 'CONFLICT', message: 'no' } } });
    if (cuts && this.#random.chance(0.1)) return reject(new TypeError('cut before it ran'));
    const store = this.#random.pick(this.#stores);
    const before = id && { ...this.#record(store) };
    yield;
    const versions: Record<string, number> = {};
    for (const one of id ? [id] : ids)
      versions[one] = this.versions[one] = (this.versions[one] as number) + 1;
    yield;
    const record = this.#record(store);
    const base = id && changedAt(record, address(id));
    const scope = id ? address(id) : 'item';
    const n = noteScopes(record, [scope], this.#clock, 3);
    const revision = { epoch: record.epoch, n };
    const entries = [formatEntry(scope, revision)];
    this.announced.push({ entries, versions });
    this.#tasks.push(this.#purging(scope));
    yield;
    const answer: Record<string, unknown> = { result: null, invalidate: entries };
    if (
      merges &&
      id &&
      before &&
      base !== undefined &&
      before.epoch === record.epoch &&
      base <= before.last
    ) {
      answer.result = { version: versions[id] };
      answer.merge = [
        {
          into: `item/item?id=${id}`,
          base: formatRevision({ epoch: record.epoch, n: base }),
          revision: formatRevision(revision),
        },
      ];
    }
    if (flight && this.#random.chance(0.5)) {
      const contexts: Record<string, unknown> = {};
      for (const shown of body.shows ?? []) {
        if (id && shown !== address(id)) continue;
        const bundle = yield* this.#bundle(store, shown, { any: false, revisions: [revision] });
        contexts[shown] = {
          revision: formatRevision(bundle.revision),
          data: { item: { version: bundle.version } },
        };
      }
      answer.contexts = contexts;
    }
    for (let delay = this.#random.below(8); delay > 0; delay--) yield;
    if (cuts && this.#random.chance(0.1)) return reject(new TypeError('cut after it ran'));
    this.#heard(versions);
    resolve({ status: 200, body: answer });
  }

  *#purging(scope: string): Task {
    for (let delay = this.#random.below(12); delay > 0; delay--) yield;
    if (this.#random.chance(0.1)) return;
    for (const target of [...this.#cdn.keys()])
      if (scope === 'item' || scope === target) this.#cdn.delete(target);
  }
}

function copy(record: ScopeRecord): ScopeRecord {
  return { ...record, scopes: new Map(record.scopes) };
}

function answerOf({ revision, body }: { revision: string; body: unknown }): Answer {
  return { status: 200, body, header: (name) => (name === 'revision' ? revision : null) };
}
