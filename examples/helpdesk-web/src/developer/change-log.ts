import { type Client, type ClientEvent, observe } from '@mizan/react';

/** How a context that a write made stale became fresh again. */
export type Outcome = 'answer' | 'reading' | 'read' | 'failed' | 'off-screen';

/** One call, and what it did to the contexts of the page. */
export interface Change {
  id: number;
  fn: string;
  args: unknown;
  state: 'sent' | 'done' | 'failed';
  /** What the server announced: scopes with their numbers, as the answer's header lists them. */
  told: string[];
  /** What became of each context that was made stale, by address. */
  outcomes: ReadonlyMap<string, Outcome>;
  /** On screen, and none of this call's business. */
  untouched: string[];
  milliseconds: number | undefined;
}

/** A context on screen. */
export interface ShownContext {
  address: string;
  revision: string;
  state: 'fresh' | 'stale' | 'reading';
}

/** What there is to see: equal snapshots are the same object. */
export interface Snapshot {
  shown: ShownContext[];
  /** The newest first. */
  changes: Change[];
}

/** Something to flash on the page. */
export type Flash = (address: string, what: 'stale' | 'answer' | 'read') => void;

type Entry = Change & { started: number };

const remembered = 30;

/** Turns the events of a client into a story: which call made what stale, and how it became fresh. */
export class ChangeLog {
  #snapshot: Snapshot = { shown: [], changes: [] };
  #changes: Entry[] = [];
  /** What happened since the kernel was last at rest. It takes in an answer without a pause, so a call owns all of it. */
  #burst: { stale: Set<string>; applied: Set<string> } | undefined;
  #nextId = 1;
  #scheduled = false;
  readonly #client: Client;
  readonly #flash: Flash;
  readonly #known = new Set<string>();
  readonly #listeners = new Set<() => void>();

  constructor(client: Client, flash: Flash) {
    this.#client = client;
    this.#flash = flash;
  }

  /** Begins to listen to the client; returns how to end it. */
  start(): () => void {
    for (const { address, revision } of this.#shown()) if (revision !== '') this.#known.add(address);
    this.#schedule();
    return observe(this.#client, (event) => this.#hear(event));
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  snapshot = (): Snapshot => this.#snapshot;

  /** Notes what the answer of a call announced, as its header says it. */
  announce(fn: string, told: string[]): void {
    const sent = this.#findSent(fn);
    if (sent !== undefined) this.#replace(sent, { ...sent, told });
    this.#schedule();
  }

  clear(): void {
    this.#changes = [];
    this.#schedule();
  }

  #hear(event: ClientEvent): void {
    const { type, address } = event;
    if (type === 'call') this.#begin(address, event.detail);
    else if (type === 'settle') this.#settle(address, event.detail);
    else if (type === 'stale') this.#inBurst().stale.add(address);
    else if (type === 'apply') this.#inBurst().applied.add(address);
    else if (type === 'fetch') this.#resolve(address, 'reading');
    else if (type === 'fail') this.#resolve(address, 'failed');
    this.#schedule();
  }

  #inBurst() {
    this.#burst ??= { stale: new Set(), applied: new Set() };
    return this.#burst;
  }

  #begin(fn: string, args: unknown): void {
    const outcomes = new Map<string, Outcome>();
    const started = performance.now();
    const sent = {
      id: this.#nextId++,
      fn,
      args,
      state: 'sent',
      told: [],
      outcomes,
      untouched: [],
      started,
    } as const;
    this.#changes = [{ ...sent, told: [], untouched: [], milliseconds: undefined }, ...this.#changes].slice(
      0,
      remembered,
    );
  }

  #settle(fn: string, error: unknown): void {
    const { stale, applied } = this.#inBurst();
    this.#burst = undefined;
    for (const address of applied) this.#show(address, 'answer');
    for (const address of stale) if (!applied.has(address)) this.#show(address, 'stale');
    const sent = this.#findSent(fn);
    if (sent === undefined) return;
    const onScreen = this.#shown().map(({ address }) => address);
    const outcomes = new Map<string, Outcome>();
    for (const address of [...stale, ...applied]) {
      const pending = onScreen.includes(address) ? 'reading' : 'off-screen';
      outcomes.set(address, applied.has(address) ? 'answer' : pending);
    }
    this.#replace(sent, {
      ...sent,
      state: error === undefined ? 'done' : 'failed',
      outcomes,
      untouched: onScreen.filter((address) => !outcomes.has(address)),
      milliseconds: Math.round(performance.now() - sent.started),
    });
  }

  /** What was no answer of a call: reads of their own, and what a person asked to refresh. */
  #endBurst(): void {
    const burst = this.#burst;
    this.#burst = undefined;
    for (const address of burst?.stale ?? []) if (!burst?.applied.has(address)) this.#show(address, 'stale');
    for (const address of burst?.applied ?? []) {
      this.#resolve(address, 'read');
      this.#show(address, 'read');
    }
  }

  /** Flashes a region; what is read for the first time is no news. */
  #show(address: string, what: Parameters<Flash>[1]): void {
    if (this.#known.has(address)) this.#flash(address, what);
    this.#known.add(address);
  }

  /** A read of its own has begun or ended: every call that waited for this address hears of it. */
  #resolve(address: string, outcome: Outcome): void {
    for (const change of this.#changes) {
      if (change.outcomes.get(address) !== 'reading') continue;
      this.#replace(change, { ...change, outcomes: new Map(change.outcomes).set(address, outcome) });
    }
  }

  #findSent(fn: string): Entry | undefined {
    return this.#changes.findLast((change) => change.fn === fn && change.state === 'sent');
  }

  #replace(old: Entry, change: Entry): void {
    this.#changes = this.#changes.map((other) => (other === old ? change : other));
  }

  #shown(): ShownContext[] {
    return this.#client
      .instances()
      .filter((instance) => instance.subscribers)
      .map(({ address, epoch, n, stale, flight }) => ({
        address,
        revision: n < 0 ? '' : `${epoch}.${n}`,
        state: flight ? ('reading' as const) : stale ? ('stale' as const) : ('fresh' as const),
      }))
      .sort((a, b) => (a.address < b.address ? -1 : 1));
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    // After the kernel has finished what it is doing, once for all of it.
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#endBurst();
      const shown = this.#shown();
      const { changes, shown: before } = this.#snapshot;
      if (changes === this.#changes && JSON.stringify(shown) === JSON.stringify(before)) return;
      this.#snapshot = { shown, changes: this.#changes };
      for (const listener of this.#listeners) listener();
    });
  }
}
