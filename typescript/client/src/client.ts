import { covers, MizanErrorBase as MizanError } from '@mizan/core';
import { addressOf } from './address.ts';
import { badResponse, objectOf, readAnswer } from './answer.ts';
import { type Clock, hostClock } from './clock.ts';
import { attempt, baseOf, cover, place } from './data.ts';
import type { CallOptions, Definition, Params, Patch } from './definition.ts';
import type { ClientEvent, ClientListener, ContractMismatch } from './events.ts';
import { type HttpOptions, http } from './http.ts';
import type { Hydration } from './hydrate.ts';
import { type Bucket, type Bundle, type Flight, Instance, type Layer, type Waiter } from './instance.ts';
import {
  answers,
  contextOf,
  type Memory,
  minOf,
  parseEntry,
  parseRevision,
  remember,
  satisfies,
} from './told.ts';
import type { Answer, Transport } from './transport.ts';

/** How a client reaches its server, and how patient it is. Times are in milliseconds. */
export interface ClientOptions extends HttpOptions {
  /** Instead of HTTP at `url`. */
  transport?: Transport;
  /** Called once for each pair of contracts, so that an app can offer to reload. */
  onContractMismatch?: (mismatch: ContractMismatch) => void;
  /** Until a request without an answer is given up; by default 30 seconds. */
  timeout?: number;
  /** How often a failed read is repeated; by default 3 times. Calls never are. */
  retries?: number;
  /** How long data are kept while nobody shows them; by default 5 minutes. */
  keepFor?: number;
  /** How long data that nobody shows count as fresh although nothing was told; by default 30 seconds. */
  freshFor?: number;
  /** Time and chance, for tests. */
  clock?: Clock;
}

/** One store of contexts and the line to their server: one a page, on the server one a request. */
export interface Client {
  /** Who the server took the caller for, as far as it said. */
  readonly identity: string | undefined;
  /** Hears everything that happens, until the returned function is called. */
  on(listener: ClientListener): () => void;
  /** All that is held, for tools. */
  instances(): Instance[];
  /** The instance that a definition names, made when it is not held yet. */
  find(def: Definition, params?: Params): Instance;
  /** Shows an instance: it is read when needed and kept fresh until the returned function is called. */
  subscribe(instance: Instance, listener: () => void): () => void;
  /** Settles when there are data, or a read has failed; stable until then. */
  ready(instance: Instance): Promise<void>;
  /** Marks all that a scope covers out of date; what is shown is read again. */
  refresh(scope: string): void;
  /** Takes in what the server announced by other ways than answers (INV-8). */
  tell(entries: unknown): void;
  /** Calls a function and takes in what its answer says of contexts. */
  call(fn: string, contract: string, args: unknown, options: CallOptions): Promise<unknown>;
  /** Takes over what came with the page; it is not read again unless it is told to be out of date. */
  hydrate(page: Hydration): void;
}

const MAX_SHOWS = 64;
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 10_000;
/** How long a first read that failed is remembered for those that suspend on it; then they ask again. */
const FAILURE = 1000;

/** Makes a client. It does nothing until it is used. */
export function makeClient(options: ClientOptions = {}): Client {
  const {
    transport = http(options),
    onContractMismatch,
    timeout = 30_000,
    retries = 3,
    keepFor = 300_000,
    freshFor = 30_000,
    clock = hostClock,
  } = options;
  const buckets = new Map<string, Bucket>();
  const memory: Memory = new Map();
  const shown = new Set<Instance>();
  const changed = new Set<Instance>();
  const listeners = new Set<ClientListener>();
  const mismatches = new Set<string>();
  let identity: string | undefined;
  let identified = 0;
  let server: string | undefined;
  let sweeping = false;
  /** Orders requests and what was told. */
  let tick = 0;
  let heard = 0;

  const seconds = () => Math.floor(clock.now() / 1000);

  function emit(type: ClientEvent['type'], address: string, detail?: unknown): void {
    for (const listener of listeners) listener({ type, address, detail } as ClientEvent);
  }

  const instances = () => [...buckets.values()].flatMap(({ held }) => [...held.values()]);
  const heldAt = (address: string) => buckets.get(address.split('?', 1)[0] as string)?.held.get(address);

  function at(address: string): Instance {
    const head = address.split('?', 1)[0] as string;
    let bucket = buckets.get(head);
    if (!bucket) {
      bucket = { head, held: new Map(), widest: 0 };
      buckets.set(head, bucket);
    }
    let instance = bucket.held.get(address);
    if (!instance) {
      instance = new Instance(bucket, address);
      bucket.held.set(address, instance);
      bucket.widest = Math.max(bucket.widest, address.split('=').length);
      rest(instance);
    }
    return instance;
  }

  /** Visits all that a scope covers: looked up where the scope names every parameter, else walked. */
  function covered(scope: string, visit: (instance: Instance) => void): void {
    const context = contextOf(scope);
    const check = (instance?: Instance) => instance && covers(scope, instance.address) && visit(instance);
    for (const { head, held, widest } of buckets.values())
      if (context === '*' || contextOf(head) === context)
        if (scope.split('=').length < widest) held.forEach(check);
        else check(held.get(head + scope.replace(/^[^?]*/, '')));
  }

  function expire(instance: Instance): void {
    instance.due = true;
    if (instance.data && !instance.stale) {
      instance.stale = true;
      emit('stale', instance.address);
    }
    changed.add(instance);
  }

  /** Reads again what is due and shown, and tells the subscribers of all that changed. */
  function flush(): void {
    for (const instance of changed) {
      if (instance.due && instance.subscribers) load(instance);
      changed.delete(instance);
      instance.subscribers?.forEach(attempt);
    }
  }

  function tell(entries: unknown): void {
    for (const entry of Array.isArray(entries) ? entries : ['*']) {
      const told = parseEntry(entry, ++tick);
      heard = tick;
      remember(memory, told);
      covered(told.scope, (instance) => answers(told, instance) || expire(instance));
    }
  }

  /** Nobody shows it: some day it is forgotten. */
  function rest(instance: Instance): void {
    instance.idle = seconds();
    if (!sweeping) {
      sweeping = true;
      clock.after(keepFor, sweep);
    }
  }

  function sweep(): void {
    sweeping = false;
    for (const { held } of buckets.values())
      for (const instance of held.values()) {
        const { idle } = instance;
        if (shown.has(instance)) continue;
        if (idle + keepFor / 1000 <= seconds() && !instance.flight) held.delete(instance.address);
        else {
          rest(instance);
          instance.idle = idle;
        }
      }
  }

  function load(instance: Instance): void {
    instance.due = false;
    if (instance.flight) return;
    const flight: Flight = { tries: 0 };
    instance.flight = flight;
    changed.add(instance);
    // Not while something renders, and not before all that is asked for now is known.
    queueMicrotask(() => send(instance, flight));
  }

  function drop(instance: Instance): void {
    instance.flight?.abort?.abort();
    instance.flight = undefined;
  }

  /** Waits for one request, which ends by its answer, its controller or the time-out, whatever the transport does. */
  function exchange(controller: AbortController, sent: Promise<Answer>): Promise<Answer> {
    const late = new MizanError('TIMEOUT', 'No answer in time', 0);
    const stop = clock.after(timeout, () => controller.abort(late));
    return new Promise<Answer>((resolve, reject) => {
      controller.signal.addEventListener('abort', () => reject(controller.signal.reason));
      sent.then(resolve, reject);
    }).finally(stop);
  }

  async function send(instance: Instance, flight: Flight): Promise<void> {
    if (instance.flight !== flight) return;
    const { address, bucket } = instance;
    const begun = ++tick;
    const min = minOf(memory, address);
    const controller = new AbortController();
    flight.abort = controller;
    emit('fetch', address, min);
    let failure: MizanError | undefined;
    try {
      const sent = transport.read(address, min, bucket.contract ?? '', controller.signal);
      const answer = await exchange(controller, sent);
      meet(answer, bucket.contract);
      if (instance.flight !== flight) return;
      if (!take(instance, answer.revision, begun, readAnswer(answer))) {
        // Told something since: this answer could not know.
        if (heard > begun) return send(instance, flight);
        throw new MizanError('UNAVAILABLE', 'Older than what was announced', 503);
      }
    } catch (thrown) {
      failure =
        thrown instanceof MizanError
          ? thrown
          : new MizanError('NETWORK', 'Unreachable', 0, undefined, thrown);
    }
    if (instance.flight !== flight) return;
    if (failure) {
      const { status } = failure;
      if ((!status || status === 429 || status > 500) && flight.tries < retries) {
        const pause = Math.min(FIRST_PAUSE * 2 ** ++flight.tries, LONGEST_PAUSE);
        clock.after(pause * (0.5 + clock.random() / 2), () => send(instance, flight));
        return;
      }
      instance.stale = true;
      emit('fail', address, failure);
    }
    instance.error = failure;
    instance.flight = undefined;
    settle(instance);
  }

  /** The read is over: those that wait go on, and everybody hears. */
  function settle(instance: Instance): void {
    const { waiter, error } = instance;
    const forget = () => {
      if (instance.waiter === waiter) instance.waiter = undefined;
    };
    if (instance.data) {
      waiter?.resolve();
      forget();
    } else {
      waiter?.reject(error);
      clock.after(FAILURE, forget);
    }
    changed.add(instance);
    flush();
  }

  /**
   * Puts an answer in its place, unless it lacks what was told (then false) or the copy is newer (REV-15).
   */
  function take(instance: Instance, revision: unknown, begun: number, body: Bundle): boolean {
    const { address, bucket } = instance;
    const point = parseRevision(revision, begun);
    if (!satisfies(memory, address, point) || (bucket.user !== false && begun < identified)) {
      emit('drop', address, revision);
      return false;
    }
    if (
      instance.data &&
      ((point.epoch === instance.epoch && point.n - instance.n) || begun - instance.begun) < 0
    ) {
      emit('drop', address, revision);
      return true;
    }
    // One text of an epoch for all instances.
    if (point.epoch !== bucket.epoch) bucket.epoch = point.epoch;
    instance.epoch = bucket.epoch;
    instance.n = point.n;
    instance.begun = begun;
    instance.due = false;
    instance.error = undefined;
    instance.layers = instance.layers?.filter(({ done }) => !done);
    place(instance, body);
    changed.add(instance);
    emit('apply', address, revision);
    return true;
  }

  /** What an answer says of contract and identity. */
  function meet({ contract, identity: who, body }: Answer, own: string | undefined): void {
    compare(own, contract ?? objectOf(objectOf(body).error).contract);
    if (who) identify(who);
  }

  function compare(own: string | undefined, theirs: unknown): void {
    const pair = `${own} ${theirs}`;
    if (!own || !theirs || own === theirs || mismatches.has(pair)) return;
    mismatches.add(pair);
    emit('mismatch', own, theirs);
    onContractMismatch?.({ client: own, server: theirs as string });
  }

  /** Data of class user belong to one identity; with another they go, and answers under way with them (BUN-12). */
  function identify(who: string): void {
    const before = identity;
    identity = who;
    if (!before || before === who) return;
    identified = ++tick;
    emit('identity', who);
    for (const instance of instances())
      if (instance.bucket.user !== false) {
        const asked = instance.flight;
        drop(instance);
        Object.assign(instance, { data: undefined, base: undefined, layers: undefined, error: undefined });
        instance.stale = false;
        if (asked) load(instance);
        expire(instance);
      }
    flush();
  }

  /** Merges are judged by the copies as they were, and come before what would make those stale (MRG-7, MRG-9). */
  function merge(entries: unknown, result: unknown): void {
    const ready: (() => void)[] = [];
    for (const entry of Array.isArray(entries) ? entries : []) {
      const { into, base, revision } = objectOf(entry);
      const [head, query = ''] = `${into}`.split(/(?=\?)/) as [string, string?];
      const [context, member] = head.split('/') as [string, string];
      const from = parseRevision(base, 0);
      const to = parseRevision(revision, 0);
      for (const address of [context + query, `${into}`]) {
        const copy = heldAt(address);
        if (
          copy?.data &&
          to.epoch &&
          to.epoch === copy.epoch &&
          to.epoch === from.epoch &&
          copy.n >= from.n &&
          copy.n < to.n
        )
          ready.push(() => {
            copy.n = to.n;
            const { stale } = copy;
            place(copy, { ...baseOf(copy), [member]: result });
            copy.stale = stale;
            changed.add(copy);
            emit('apply', address, revision);
          });
      }
    }
    for (const task of ready) task();
  }

  async function call(
    fn: string,
    contract: string,
    args: unknown = {},
    { signal, optimistic = [] }: CallOptions,
  ): Promise<unknown> {
    signal?.throwIfAborted();
    const begun = ++tick;
    const laid: [Instance, Layer][] = [];
    const controller = new AbortController();
    let failure: unknown;
    let result: unknown;
    signal?.addEventListener('abort', () => controller.abort(signal.reason), { signal: controller.signal });
    for (const { def, params, change } of [optimistic].flat() as Patch[]) {
      const layer = { member: def.member as string, change } as Layer;
      covered(addressOf(def, params, true), (instance) => {
        instance.layers = [...(instance.layers ?? []), layer];
        laid.push([instance, layer]);
        cover(instance, baseOf(instance));
        changed.add(instance);
      });
    }
    flush();
    emit('call', fn, args);
    const shows = [...shown]
      .flatMap(({ address }) => (address.includes('/') ? [] : address))
      .slice(0, MAX_SHOWS);
    try {
      const sent = transport.call({ fn, args, shows }, contract, controller.signal);
      try {
        const answer = await exchange(controller, sent);
        meet(answer, contract);
        result = apply(answer, begun);
      } catch (thrown) {
        failure = explain(thrown);
      }
    } catch (thrown) {
      failure = thrown;
    }
    // Lets go of the caller's signal.
    controller.abort();
    for (const [instance, layer] of laid)
      if (failure || !instance.stale) {
        instance.layers = instance.layers?.filter((other) => other !== layer);
        cover(instance, baseOf(instance));
        changed.add(instance);
      } else layer.done = true;
    emit('settle', fn, failure);
    flush();
    if (failure) throw failure;
    return result;
  }

  function apply(answer: Answer, begun: number): unknown {
    const { result, contexts, merge: merges, invalidate } = objectOf(answer.body);
    if (answer.status < 300) merge(merges, result);
    else if (!invalidate) return readAnswer(answer);
    tell(invalidate);
    readAnswer(answer);
    if (result === undefined) throw badResponse('No result');
    for (const [address, fresh] of Object.entries(objectOf(contexts))) {
      const instance = heldAt(address);
      const { revision, data } = objectOf(fresh);
      if (instance && data) take(instance, revision, begun, objectOf(data));
    }
    return result;
  }

  /** The error of a call. If nobody knows whether it ran, all that is shown counts as told (REV-20). */
  function explain(thrown: unknown): unknown {
    if (thrown instanceof MizanError) {
      const { code, status } = thrown;
      // A transport throws NETWORK when nothing was sent; a gateway's 5xx says nothing of the server behind it.
      if (code === 'NETWORK' || (status && (code !== 'BAD_RESPONSE' || status < 500))) return thrown;
    }
    tell([...shown].map(({ address }) => address));
    return new MizanError('OUTCOME_UNKNOWN', 'No answer: it may have run or not', 0, undefined, thrown);
  }

  return {
    get identity() {
      return identity;
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    instances,
    find(def, params) {
      const instance = at(addressOf(def, params));
      const { bucket } = instance;
      bucket.user = !!def.options.user;
      bucket.contract = def.contract;
      compare(def.contract, server);
      return instance;
    },
    subscribe(instance, listener) {
      if (!instance.subscribers) {
        instance.subscribers = new Set();
        shown.add(instance);
        if (instance.due || instance.stale || seconds() - instance.idle > freshFor / 1000) load(instance);
      }
      instance.subscribers.add(listener);
      flush();
      return () => {
        const { subscribers } = instance;
        if (!subscribers?.delete(listener) || subscribers.size) return;
        instance.subscribers = undefined;
        shown.delete(instance);
        rest(instance);
        // Strict Mode, and whoever moves a component, comes back at once.
        queueMicrotask(() => {
          if (instance.subscribers || instance.waiter || !instance.flight) return;
          drop(instance);
          instance.due = true;
        });
      };
    },
    ready(instance) {
      if (!instance.waiter) {
        const waiter = {} as Waiter;
        waiter.promise = new Promise((resolve, reject) => Object.assign(waiter, { resolve, reject }));
        // Whoever suspends hears of the error; nobody has to.
        waiter.promise.catch(() => {});
        instance.waiter = waiter;
        load(instance);
      }
      return instance.waiter.promise;
    },
    refresh(scope) {
      covered(scope, expire);
      flush();
    },
    tell(entries) {
      tell(entries);
      flush();
    },
    call,
    hydrate(page) {
      server = page.contract ?? undefined;
      if (page.identity) identify(page.identity);
      for (const [address, { revision, data }] of Object.entries(page.contexts))
        take(at(address), revision, 0, objectOf(data));
      flush();
    },
  };
}
