import { covers } from '../../src/address-text.ts';
import { formatMin, type Min, parseMin, reachesMin, revisionForMin } from '../../src/min.ts';
import { changedAt, createRecord, noteScopes, type ScopeRecord } from '../../src/revision.ts';
import { randomOf } from './random.ts';

/** What a simulated world is like, and which rule of the protocol it leaves out. */
export interface World {
  /** Processes share one store; else each of three has its own in memory. */
  shared: boolean;
  /** The store fails over to an older copy, or loses the record. */
  loss?: boolean;
  /** An edge between, whose purges are late and sometimes lost. */
  edge?: boolean;
  /** Answers of mutations carry merges and fresh bundles, and may arrive late. */
  answers?: boolean;
  without?: Weakness;
}

/** Rules that were rejected: each must let a client show as fresh what lacks a change it was told of, or be stuck. */
export type Weakness =
  /** The first draft: numbers that only count, revisions of instances, hits by equality, no `$min`. */
  | 'clock and as-of revisions'
  | '$min'
  /** `$min` holds only the number told last. */
  | 'all epochs in $min'
  /** REV-12. */
  | 'lost numbers given back'
  /** The server sends every merge, without looking at the number it read first. */
  | 'merge base'
  /** A copy that took a merge counts as new as the mutation's number. */
  | 'merged numbers apart'
  /** A copy that took a merge keeps a revision above `base`. */
  | 'base of merged copies'
  /** A client merges although it was told of a change after `base`. */
  | 'told numbers in merges'
  /** A client merges although it was told, since it sent the call, of a change whose number is of another epoch. */
  | 'other epochs in merges'
  /** A stale copy gives way only to what is newer by number. */
  | 'stale copies give way'
  /** Fresh bundles are read before the numbers are taken, and have the call's own. */
  | 'bundles after numbers';

/** What went wrong in one run. */
export interface Outcome {
  /** Copies shown as fresh that lack a change which their client was told of. */
  stale: string[];
  /** Instances that no read makes fresh. */
  stuck: string[];
}

type Members = { p: number; q: number };

interface Answer {
  epoch: string;
  n: number;
  begun: number;
  value: Members;
  /** Numbers that a copy holds by merges, beside its own. */
  merged?: readonly number[];
}

interface Told {
  scope: string;
  epoch: string;
  n: number;
  at: number;
  /** What the change made of each instance, at least. */
  versions: Map<string, Partial<Members>>;
}

interface Store {
  record: ScopeRecord | null;
  older: ScopeRecord | null;
  cache: Map<string, { epoch: string; n: number; value: Members }>;
  /** Of the first draft, where the epoch is the whole store's. */
  epoch: string | null;
}

const INSTANCES = ['row?id=a', 'row?id=b', 'row?id=c', 'row?id=d'];
const CAP = 3;

/** Runs one world from a seed. The same seed gives the same run. */
export function simulate(seed: number, world: World, steps = 400): Outcome {
  const random = randomOf(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const draft = world.without === 'clock and as-of revisions';
  const database = new Map<string, Members>(INSTANCES.map((one) => [one, { p: 0, q: 0 }]));
  const edge = new Map<string, Answer>();
  const outcome: Outcome = { stale: [], stuck: [] };
  const tasks: Generator<undefined, void>[] = [];
  const stores = Array.from(
    { length: world.shared ? 1 : 3 },
    (): Store => ({ record: null, older: null, cache: new Map(), epoch: null }),
  );
  let clock = 1000;
  let events = 0;
  const now = () => (draft ? 0 : clock);

  function recordOf(store: Store): ScopeRecord {
    if (store.record === null) {
      const epoch = Math.floor(random() * 2 ** 24).toString(16);
      store.epoch ??= epoch;
      store.record = createRecord(draft ? store.epoch : epoch, now());
    }
    return store.record;
  }

  class Client {
    readonly copies = new Map<string, Answer>();
    told: Told[] = [];

    satisfies(instance: string, answer: Answer): boolean {
      return this.told.every(
        (one) =>
          !covers(one.scope, instance) ||
          (one.epoch === answer.epoch
            ? answer.n >= one.n || answer.merged?.includes(one.n)
            : answer.begun > one.at),
      );
    }

    isFresh(instance: string): boolean {
      const copy = this.copies.get(instance);
      return copy !== undefined && this.satisfies(instance, copy);
    }

    isStale(instance: string): boolean {
      return this.copies.has(instance) && !this.isFresh(instance);
    }

    /** The told numbers that cover an instance, as `$min` asks for them. */
    min(instance: string): Min {
      const covering = this.told.filter((one) => covers(one.scope, instance));
      if (world.without === '$min' || draft) return { any: false, revisions: [] };
      const highest = new Map<string, number>();
      const asked = world.without === 'all epochs in $min' ? covering.slice(-1) : covering;
      for (const { epoch, n } of asked) highest.set(epoch, Math.max(n, highest.get(epoch) ?? 0));
      return { any: false, revisions: [...highest].map(([epoch, n]) => ({ epoch, n })) };
    }

    take(instance: string, answer: Answer): void {
      if (!this.satisfies(instance, answer)) return;
      const copy = this.copies.get(instance);
      const stands = this.isFresh(instance) || world.without === 'stale copies give way';
      if (copy !== undefined && stands && loses(answer, copy)) return;
      this.hold(instance, answer);
    }

    /** MRG-7. */
    merge(instance: string, { epoch, n: base, begun }: Omit<Answer, 'value'>, n: number, p: number): void {
      const copy = this.copies.get(instance);
      if (copy === undefined || copy.epoch !== epoch || copy.n >= n) return;
      const merged = copy.merged ?? [];
      if (copy.n < base && !merged.includes(base)) return;
      const value = { ...copy.value, p };
      const told = this.told.filter(({ scope }) => covers(scope, instance));
      const above = told.some((one) => one.epoch === epoch && one.n > base);
      const since = told.some((one) => one.epoch !== epoch && one.at > begun);
      if (above && world.without !== 'told numbers in merges') return;
      if (since && world.without !== 'other epochs in merges') return;
      if (world.without === 'merged numbers apart') this.hold(instance, { ...copy, n, value });
      else {
        const least = world.without === 'base of merged copies' ? copy.n : Math.min(copy.n, base);
        this.hold(instance, { ...copy, n: least, value, merged: [...merged, n] });
      }
    }

    hold(instance: string, answer: Answer): void {
      this.copies.set(instance, answer);
      this.look(instance);
    }

    /** What is fresh must have everything that was told. */
    look(instance: string): void {
      const copy = this.copies.get(instance);
      if (copy === undefined || !this.satisfies(instance, copy)) return;
      for (const { versions } of this.told) {
        const least = versions.get(instance);
        if (copy.value.p < (least?.p ?? 0) || copy.value.q < (least?.q ?? 0))
          outcome.stale.push(`${instance} at ${copy.epoch}.${copy.n}`);
      }
    }
  }

  const clients = [new Client(), new Client(), new Client()];

  function* wait(limit: number): Generator<undefined, void> {
    for (let left = below(limit); left > 0; left--) yield;
  }

  /** A mutation of a row, of all rows, or of one member of a row with a merge. */
  function* mutate(client: Client): Generator<undefined, void> {
    const store = pick(stores);
    const target = pick([...INSTANCES, 'row']);
    const merges = world.answers === true && target !== 'row' && random() < 0.5;
    const begun = ++events;
    const first = recordOf(store);
    const firstRead = { epoch: first.epoch, last: first.last };
    yield;
    const versions = new Map<string, Partial<Members>>();
    for (const instance of target === 'row' ? INSTANCES : [target]) {
      const row = database.get(instance) as Members;
      row.p += 1;
      if (!merges) row.q += 1;
      versions.set(instance, merges ? { p: row.p } : { ...row });
    }
    const early = world.without === 'bundles after numbers';
    const bundle = world.answers && random() < 0.5 ? target : undefined;
    const fresh = early && bundle ? yield* readFresh(store, bundle, begun) : undefined;
    yield;
    const record = recordOf(store);
    const base = changedAt(record, target);
    const n = noteScopes(record, [merges ? `row/p${target.slice(3)}` : target], now(), CAP);
    const { epoch } = record;
    const sound = epoch === firstRead.epoch && base <= firstRead.last;
    tasks.push(purge(target));
    yield;
    const flown = early ? fresh && { ...fresh, n } : bundle && (yield* readFresh(store, bundle, begun));
    if (world.answers) yield* wait(15);
    if (merges && (sound || world.without === 'merge base'))
      client.merge(target, { epoch, n: base, begun }, n, versions.get(target)?.p as number);
    client.told.push({ scope: target, epoch, n, at: ++events, versions });
    for (const instance of INSTANCES) client.look(instance);
    if (flown && bundle && bundle !== 'row') client.take(bundle, flown);
  }

  /** A bundle in the answer of a call: number first, then the data. */
  function* readFresh(store: Store, target: string, begun: number): Generator<undefined, Answer | undefined> {
    if (target === 'row') return undefined;
    const { epoch, last } = recordOf(store);
    yield;
    const value = { ...(database.get(target) as Members) };
    return { epoch, n: last, begun, value };
  }

  function* purge(target: string): Generator<undefined, void> {
    yield* wait(12);
    if (random() < 0.1) return;
    for (let time = 0; time < 2; time++) {
      for (const instance of target === 'row' ? INSTANCES : [target]) edge.delete(instance);
      for (let left = 40; left > 0; left--) yield;
    }
  }

  function* read(client: Client, instance: string): Generator<undefined, void> {
    const begun = ++events;
    const asked = client.min(instance);
    const min = asked.revisions.length > 0 ? (parseMin(formatMin(asked)) as Min) : undefined;
    yield;
    const cached = edge.get(instance);
    if (world.edge && min === undefined && cached !== undefined) {
      client.take(instance, { ...cached, begun });
      return;
    }
    const store = pick(stores);
    const record = recordOf(store);
    const { epoch } = record;
    const changed = changedAt(record, instance);
    let n = draft ? changed : record.last;
    const reached = min === undefined || reachesMin(min, epoch, changed);
    const entry = store.cache.get(instance);
    yield;
    let value: Members;
    if (reached && entry?.epoch === epoch && (draft ? changed === entry.n : changed <= entry.n)) {
      n = entry.n;
      value = entry.value;
    } else {
      value = { ...(database.get(instance) as Members) };
      yield;
      if (reached) store.cache.set(instance, { epoch, n, value });
      else if (min !== undefined && world.without !== 'lost numbers given back')
        n = revisionForMin({ epoch, n }, min, clock).n;
    }
    yield* wait(15);
    const answer = { epoch, n, begun, value };
    if (min === undefined) edge.set(instance, answer);
    yield;
    client.take(instance, answer);
  }

  function runOne(): void {
    const at = below(tasks.length);
    if (tasks[at]?.next().done) tasks.splice(at, 1);
  }

  function disturb(): void {
    const [store] = stores as [Store];
    // A failover takes longer than numbers can run ahead of the clock (REV-5).
    clock += 20;
    if (random() < 0.5) store.record = null;
    else if (store.older !== null) store.record = copyOf(store.older);
  }

  for (let left = steps; left > 0; left--) {
    clock += below(3);
    const dice = random();
    if (dice < 0.05) tasks.push(mutate(pick(clients)));
    else if (dice < 0.25) tasks.push(read(pick(clients), pick(INSTANCES)));
    else if (world.loss && dice < 0.26) disturb();
    else if (world.loss && dice < 0.3) {
      const [store] = stores as [Store];
      store.older = store.record && copyOf(store.record);
    }
    for (let turns = 3; turns > 0 && tasks.length > 0; turns--) runOne();
  }
  const drain = () => {
    while (tasks.length > 0) {
      runOne();
      clock += 1;
    }
  };
  drain();
  for (const client of clients) {
    for (const instance of INSTANCES) {
      for (let tries = 0; tries < 3 && client.isStale(instance); tries++) {
        tasks.push(read(client, instance));
        drain();
      }
      if (client.isStale(instance)) outcome.stuck.push(instance);
    }
  }
  return outcome;
}

/** REV-15: within one epoch by number, then by when the request began. */
function loses(answer: Answer, copy: Answer): boolean {
  if (answer.epoch === copy.epoch && answer.n !== copy.n) return answer.n < copy.n;
  return answer.begun < copy.begun;
}

function copyOf(record: ScopeRecord): ScopeRecord {
  return { ...record, scopes: new Map(record.scopes) };
}
