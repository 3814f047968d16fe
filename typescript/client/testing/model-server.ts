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
import type { Answer, CallBody, Hydration, Transport } from '../src/index.ts';
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
  /** Some changes are of one member, and members are read alone. */
  members?: boolean;
  /** The page came with data. */
  page?: boolean;
  /** The client was told of as much else as it remembers, so that it folds (REV-13). */
  much?: boolean;
  /** Two people take turns in one browser: what is read and merged belongs to one of them (class user). */
  users?: boolean;
  /** Answers that merge do not say whose they are: the rule that CALL-7 rejects. */
  nameless?: boolean;
  /** Members of a bundle fail now and then. */
  fails?: boolean;
}

/** Something that goes on in steps; between two of them anything else may happen. */
type Task = Generator<void, void, void>;

interface Stored {
  record?: ScopeRecord | undefined;
  old?: ScopeRecord | undefined;
  cache: Map<string, Bundle>;
}

/** What a read came to. Members that failed are missing. */
interface Bundle {
  revision: Revision;
  data: { item?: Item; sum?: Item };
  who: string;
}

/** A member: how often it was changed, and for whom it was read. */
export interface Item {
  version: number;
  who?: string;
}

export const ids = ['a', 'b', 'c', 'd'] as const;
export type Id = (typeof ids)[number];
const address = (id: string) => `item?id=${id}`;

/** A server of four items, whose members count their changes and whose every step a seeded schedule chooses. */
export class ModelServer implements Transport {
  /** The member `item` of each: every call changes it, but those that change `sum` alone. */
  readonly versions: Record<string, number> = { a: 0, b: 0, c: 0, d: 0 };
  /** The member `sum`: calls that name no item change it, and those for it alone. */
  readonly sums: Record<string, number> = { a: 0, b: 0, c: 0, d: 0 };
  /** What the client was told to be the least of both. */
  readonly told: Record<string, number> = { a: 0, b: 0, c: 0, d: 0 };
  readonly toldSums: Record<string, number> = { a: 0, b: 0, c: 0, d: 0 };
  /** Who sits at the browser now. */
  who = 'ada';
  /** Nobody else sits down and no member fails any more. */
  calm = false;
  /** Every list that was announced, for who repeats them. */
  readonly announced: {
    entries: string[];
    versions: Record<string, number>;
    sums: Record<string, number>;
  }[] = [];
  readonly #tasks: Task[] = [];
  readonly #cdn = new Map<string, Sent>();
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

  /** What a page brings along that was rendered now. */
  page(): Hydration {
    const record = this.#record(this.#random.pick(this.#stores));
    const revision = formatRevision({ epoch: record.epoch, n: record.last });
    const contexts: Hydration['contexts'] = {};
    for (const id of ids)
      if (this.#random.chance(0.5))
        contexts[address(id)] = {
          revision,
          data: { item: { version: this.versions[id] }, sum: { version: this.sums[id] } },
        };
    return { contract: 'c', identity: null, contexts };
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
    this.#heard(one.versions, one.sums);
  }

  #heard(versions: Record<string, number>, sums: Record<string, number>): void {
    for (const id in versions) this.told[id] = Math.max(this.told[id] ?? 0, versions[id] ?? 0);
    for (const id in sums) this.toldSums[id] = Math.max(this.toldSums[id] ?? 0, sums[id] ?? 0);
  }

  #misfortune(): void {
    if (this.#world.users && !this.calm && this.#random.chance(0.02))
      this.who = this.who === 'ada' ? 'bob' : 'ada';
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
    const member = /\/(\w+)/.exec(target)?.[1];
    const { status, body } = bodyOf(bundle, member === undefined ? ['item', 'sum'] : [member]);
    if (status !== 200) return resolve({ status, body });
    const identity = this.#world.users ? bundle.who : null;
    const answer = { revision: formatRevision(bundle.revision), body, identity };
    if (text === '' && !('$errors' in body)) this.#cdn.set(target, answer);
    yield;
    resolve(answerOf(answer));
  }

  /** A bundle as `protocol` reads it: the number first, then who asks, then the data, with time to pass in between. */
  *#bundle(store: Stored, target: string, min: Min): Generator<void, Bundle, void> {
    const record = this.#record(store);
    const read = { epoch: record.epoch, n: record.last };
    const changed = changedAt(record, target);
    const reaches = reachesMin(min, record.epoch, changed);
    const { who } = this;
    const key = this.#world.users ? `${target} ${who}` : target;
    const cached = store.cache.get(key);
    yield;
    if (reaches && cached && cached.revision.epoch === read.epoch && changed <= cached.revision.n)
      return cached;
    const data: Bundle['data'] = {};
    const part = this.#world.users && { who };
    const fails = () => this.#world.fails && !this.calm && this.#random.chance(0.1);
    if (!fails()) data.item = { version: this.versions[target.slice(-1)] as number, ...part };
    if (this.#world.fails) yield;
    if (!fails()) data.sum = { version: this.sums[target.slice(-1)] as number, ...part };
    yield;
    const whole = data.item && data.sum;
    if (reaches && whole) store.cache.set(key, { revision: read, data, who });
    return { revision: revisionForMin(read, min, this.#clock), data, who };
  }

  *#calling(body: CallBody, resolve: (answer: Answer) => void, reject: (error: Error) => void): Task {
    const { id, refuse, part } = body.args as { id?: Id; refuse: boolean; part?: boolean };
    const { cuts, flight, merges } = this.#world;
    yield;
    if (refuse) return resolve({ status: 409, body: { error: { code: 'CONFLICT', message: 'no' } } });
    if (cuts && this.#random.chance(0.1)) return reject(new TypeError('cut before it ran'));
    const store = this.#random.pick(this.#stores);
    const before = id && !part && { ...this.#record(store) };
    const { who } = this;
    yield;
    const versions: Record<string, number> = {};
    for (const one of part ? [] : id ? [id] : ids)
      versions[one] = this.versions[one] = (this.versions[one] as number) + 1;
    const sums: Record<string, number> = {};
    for (const one of part ? [id as Id] : id ? [] : ids)
      sums[one] = this.sums[one] = (this.sums[one] as number) + 1;
    yield;
    const record = this.#record(store);
    const base = id && changedAt(record, address(id));
    const scope = part ? `item/sum?id=${id}` : id ? address(id) : 'item';
    const n = noteScopes(record, [scope], this.#clock, 3);
    const revision = { epoch: record.epoch, n };
    const entries = [formatEntry(scope, revision)];
    this.announced.push({ entries, versions, sums });
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
      answer.result = { version: versions[id], ...(this.#world.users && { who }) };
      answer.merge = [
        {
          into: `item/item?id=${id}`,
          base: formatRevision({ epoch: record.epoch, n: base }),
          revision: formatRevision(revision),
        },
      ];
    }
    if (flight && this.#random.chance(0.5)) {
      let contexts: Record<string, unknown> = {};
      for (const shown of body.shows ?? []) {
        if (id && shown !== address(id)) continue;
        const bundle = yield* this.#bundle(store, shown, { any: false, revisions: [revision] });
        const { item, sum } = bundle.data;
        if (bundle.who !== who) {
          // Somebody else by now: no bundle at all (FLT-6).
          contexts = {};
          break;
        }
        if (item && sum) contexts[shown] = { revision: formatRevision(bundle.revision), data: bundle.data };
      }
      answer.contexts = contexts;
    }
    for (let delay = this.#random.below(8); delay > 0; delay--) yield;
    if (cuts && this.#random.chance(0.1)) return reject(new TypeError('cut after it ran'));
    this.#heard(versions, sums);
    const { users, nameless } = this.#world;
    const own = users && ((answer.merge && !nameless) || Object.keys(answer.contexts ?? {}).length > 0);
    const header = (name: string) => (own && name === 'identity' ? who : null);
    resolve({ status: 200, body: answer, header });
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

interface Sent {
  revision: string;
  identity: string | null;
  body: unknown;
}

function answerOf({ revision, identity, body }: Sent): Answer {
  return { status: 200, body, header: (name) => ({ revision, identity, contract: null })[name] };
}

/** The members that were asked for, errors in place of those that failed; an error where all did. */
function bodyOf({ data }: Bundle, members: string[]): { status: number; body: Record<string, unknown> } {
  const error = { code: 'INTERNAL', message: 'failed' };
  const failed = members.filter((member) => !(member in data));
  const body: Record<string, unknown> = {};
  for (const member of members) if (!failed.includes(member)) body[member] = data[member as 'item'];
  if (failed.length === members.length) return { status: 500, body: { error } };
  if (failed.length > 0) body.$errors = Object.fromEntries(failed.map((member) => [member, error]));
  return { status: 200, body };
}
