import type { Client, ClientEvent } from '@mizan/react';

/** How a context that a write made stale became fresh again. */
export type Outcome = 'answer' | 'reading' | 'read' | 'failed' | 'off-screen';

/** One call, and what it did to the contexts of the page. */
export interface Change {
  id: number;
  fn: string;
  args: unknown;
  state: 'sent' | 'done' | 'failed';
  /** Scopes that the server announced, with their numbers. */
  told: { scope: string; revision: string }[];
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

const remembered = 30;

/** Turns the events of a client into a story: which call made what stale, and how it became fresh. */
export class ChangeLog {
  #snapshot: Snapshot = { shown: [], changes: [] };
  #changes: (Change & { started: number })[] = [];
  /** What the answer that is being taken in has said so far; the kernel takes one in without a pause. */
  #answer: { told: Change['told']; stale: Set<string>; applied: Set<string> } | undefined;
  #nextId = 1;
  #scheduled = false;
  readonly #client: Client;
  readonly #flash: Flash;
  readonly #listeners = new Set<() => void>();

  constructor(client: Client, flash: Flash) {
    this.#client = client;
    this.#flash = flash;
  }

  /** Begins to listen to the client; returns how to end it. */
  start(): () => void {
    this.#schedule();
    return this.#client.on((event) => this.#hear(event));
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  snapshot = (): Snapshot => this.#snapshot;

  clear(): void {
    this.#changes = [];
    this.#schedule();
  }

  #hear(event: ClientEvent): void {
    const { type, address } = event;
    if (type === 'call') this.#begin(address, event.detail);
    else if (type === 'told') this.#open().told.push({ scope: address, revision: event.detail });
    else if (type === 'settle') this.#settle(address, event.detail);
    else if (type === 'stale') {
      this.#answer?.stale.add(address);
      this.#flash(address, 'stale');
    } else if (type === 'apply') {
      this.#answer?.applied.add(address);
      if (this.#answer === undefined) this.#resolve(address, 'read');
      this.#flash(address, this.#answer === undefined ? 'read' : 'answer');
    } else if (type === 'fetch') this.#resolve(address, 'reading');
    else if (type === 'fail') this.#resolve(address, 'failed');
    this.#schedule();
  }

  #begin(fn: string, args: unknown): void {
    const change = { id: this.#nextId++, fn, args, state: 'sent', told: [], outcomes: new Map() } as const;
    this.#changes.unshift({
      ...change,
      told: [],
      untouched: [],
      milliseconds: undefined,
      started: performance.now(),
    });
    this.#changes.length = Math.min(this.#changes.length, remembered);
  }

  #open() {
    this.#answer ??= { told: [], stale: new Set(), applied: new Set() };
    return this.#answer;
  }

  #settle(fn: string, error: unknown): void {
    const { told, stale, applied } = this.#open();
    this.#answer = undefined;
    const sent = this.#changes.findLast((change) => change.fn === fn && change.state === 'sent');
    if (sent === undefined) return;
    const onScreen = new Set(this.#shown().map(({ address }) => address));
    const outcomes = new Map<string, Outcome>();
    for (const address of [...stale, ...applied]) {
      const pending = onScreen.has(address) ? 'reading' : 'off-screen';
      outcomes.set(address, applied.has(address) ? 'answer' : pending);
    }
    this.#replace(sent, {
      ...sent,
      state: error === undefined ? 'done' : 'failed',
      told,
      outcomes,
      untouched: [...onScreen].filter((address) => !outcomes.has(address)),
      milliseconds: Math.round(performance.now() - sent.started),
    });
  }

  /** A read of its own has begun or ended: every call that waited for this address hears of it. */
  #resolve(address: string, outcome: Outcome): void {
    for (const change of this.#changes) {
      if (change.outcomes.get(address) !== 'reading') continue;
      this.#replace(change, { ...change, outcomes: new Map(change.outcomes).set(address, outcome) });
    }
  }

  #replace(old: Change, change: Change & { started: number }): void {
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
      this.#snapshot = { shown: this.#shown(), changes: [...this.#changes] };
      for (const listener of this.#listeners) listener();
    });
  }
}
