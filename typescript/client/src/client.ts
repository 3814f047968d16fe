import { covers, MizanErrorBase as MizanError } from '@mizan/core';
import { addressOf } from './address.ts';
import { badResponse, listOf, objectOf, readAnswer } from './answer.ts';
import { type Clock, hostClock } from './clock.ts';
import { attempt, place, relayer } from './data.ts';
import type { CallOptions, Definition, Params, Patch } from './definition.ts';
import type { ClientEvent, ClientListener, ContractMismatch } from './events.ts';
import { type HttpOptions, http } from './http.ts';
import type { Hydration } from './hydrate.ts';
import { type Bucket, type Bundle, Instance, type Layer } from './instance.ts';
import {
  answers,
  contextOf,
  type Memory,
  minOf,
  parseEntry,
  parseRevision,
  remember,
  toldOf,
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
  /** The instance that a definition names with these parameters, made when it is not held yet. */
  find(def: Definition, params?: Params): Instance;
  /** Shows an instance: it is read when needed and kept fresh until the returned function is called. */
  subscribe(instance: Instance, listener: () => void): () => void;
  /** Reads until there is an answer or an error, or takes what is fresh. */
  read(instance: Instance): Promise<void>;
  /** The same, and one promise for all that ask until it has settled. */
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
const FIRST_PAUSE = 500;
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
  const tools = new Set<ClientListener>();
  const mismatches = new Set<string>();
  let identity: string | undefined;
  let identified = 0;
  let server: unknown;
  let sweeping = false;
  /** Orders requests and what was told. */
  let tick = 0;
  let heard = 0;

  const seconds = () => Math.floor(clock.now() / 1000);
  const headOf = (address: string) => address.split('?', 1)[0] as string;
  const heldAt = (address: string) => buckets.get(headOf(address))?.held.get(address);
  const instances = () => [...buckets.values()].flatMap(({ held }) => [...held.values()]);

  function emit(type: ClientEvent['type'], address: string, detail?: unknown): void {
    for (const tool of tools) tool({ type, address, detail } as ClientEvent);
  }

  function at(address: string): Instance {
    const head = headOf(address);
    const bucket = buckets.get(head) ?? { head, context: contextOf(head), held: new Map(), widest: 0 };
    const instance = bucket.held.get(address) ?? new Instance(bucket, address, seconds());
    buckets.set(head, bucket);
    bucket.held.set(address, instance);
    bucket.widest = Math.max(bucket.widest, address.split('=').length);
    if (!sweeping) {
      sweeping = true;
      clock.after(keepFor, sweep);
    }
    return instance;
  }

  /** Forgets what nobody has shown for long. */
  function sweep(): void {
    sweeping = false;
    for (const { address, bucket, idle, flight, listeners } of instances())
      if (!flight && !listeners && seconds() - idle >= keepFor / 1000) bucket.held.delete(address);
      else if (!sweeping) {
        sweeping = true;
        clock.after(keepFor, sweep);
      }
  }

  /** Visits all that a scope covers: looked up where the scope names every parameter, else walked. */
  function covered(scope: string, visit: (instance: Instance) => void): void {
    const check = (instance?: Instance) => {
      if (instance && covers(scope, instance.address)) visit(instance);
    };
    for (const { context, head, held, widest } of buckets.values())
      if (scope === '*' || context === contextOf(scope))
        if (scope.split('=').length < widest) held.forEach(check);
        else check(held.get(scope.replace(/^[^?]*/, head)));
  }

  function expire(instance: Instance): void {
    instance.due = true;
    instance.stale = !!instance.data;
    changed.add(instance);
    emit('stale', instance.address);
  }

  function tell(entries: unknown): void {
    for (const entry of Array.isArray(entries) ? entries : ['*']) {
      const told = parseEntry(entry, ++tick);
      heard = tick;
      remember(memory, told);
      covered(told.scope, (instance) => {
        if (!answers(told, instance)) expire(instance);
      });
    }
  }

  /** Reads again what is due and shown, and tells the listeners of all that changed. */
  function flush(): void {
    for (const instance of changed) {
      if (instance.due && instance.listeners) load(instance);
      changed.delete(instance);
      instance.listeners?.forEach(attempt);
    }
  }

  function load(instance: Instance): void {
    instance.due = false;
    if (instance.flight) return;
    const flight = new AbortController();
    instance.flight = flight;
    changed.add(instance);
    // Not while something renders, and not before all that is asked for now is known.
    queueMicrotask(() => instance.flight === flight && send(instance, 0));
  }

  function drop(instance: Instance): void {
    instance.flight?.abort();
    instance.flight = undefined;
  }

  /** Waits for one request, which ends by its answer, its controller or the time-out, whatever the transport does. */
  function exchange(controller: AbortController, sent: Promise<Answer>): Promise<Answer> {
    const stop = clock.after(timeout, () => controller.abort(new MizanError('TIMEOUT', 'No answer in time')));
    return new Promise<Answer>((resolve, reject) => {
      controller.signal.onabort = () => reject(controller.signal.reason);
      sent.then(resolve, reject);
    }).finally(stop);
  }

  async function send(instance: Instance, tries: number): Promise<void> {
    const { address, bucket } = instance;
    const flight = new AbortController();
    const begun = ++tick;
    const min = minOf(toldOf(memory, address));
    instance.flight = flight;
    emit('fetch', address, min);
    let error: MizanError | undefined;
    try {
      const answer = await exchange(
        flight,
        transport.read(address, min, bucket.contract ?? '', flight.signal),
      );
      meet(answer, bucket.contract);
      if (instance.flight === flight && !take(instance, answer.revision, begun, readAnswer(answer))) {
        // Told something since: this answer could not know.
        if (heard > begun) return send(instance, tries);
        throw new MizanError('UNAVAILABLE', 'Older than announced');
      }
    } catch (thrown) {
      error =
        thrown instanceof MizanError
          ? thrown
          : new MizanError('NETWORK', 'Unreachable', 0, undefined, thrown);
    }
    if (instance.flight !== flight) return;
    if (error) {
      const { status } = error;
      if (tries < retries && (!status || status === 429 || status > 500)) {
        const pause = Math.min(FIRST_PAUSE * 2 ** tries, LONGEST_PAUSE) * (0.5 + clock.random() / 2);
        clock.after(pause, () => instance.flight === flight && send(instance, tries + 1));
        return;
      }
      instance.stale = true;
      emit('fail', address, error);
    }
    instance.error = error;
    instance.flight = undefined;
    changed.add(instance);
    flush();
  }

  /** Puts an answer in its place, unless it lacks what was told (then false) or the copy is newer (REV-15). */
  function take(instance: Instance, revision: unknown, begun: number, body: Bundle): boolean {
    const { address, bucket } = instance;
    const point = parseRevision(revision, begun);
    if (bucket.user !== false && begun < identified) return false;
    if (!toldOf(memory, address).every((told) => answers(told, point))) return false;
    const order = point.epoch === instance.epoch && point.n - instance.n;
    if (instance.data && (order || begun - instance.begun) < 0) return true;
    // One text of an epoch for all instances.
    if (bucket.epoch !== point.epoch) bucket.epoch = point.epoch;
    instance.epoch = bucket.epoch;
    instance.n = point.n;
    instance.begun = begun;
    instance.stale = !!body.$errors;
    instance.due = false;
    instance.error = undefined;
    relayer(instance, ({ done }) => !done);
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
    onContractMismatch?.({ client: own, server: `${theirs}` });
  }

  /** Data of class user belong to one identity; with another they go, and answers under way with them (BUN-12). */
  function identify(who: string): void {
    const before = identity;
    identity = who;
    if (!before || before === who) return;
    identified = ++tick;
    for (const instance of instances())
      if (instance.bucket.user !== false) {
        drop(instance);
        instance.data = undefined;
        instance.base = undefined;
        instance.error = undefined;
        expire(instance);
      }
    flush();
  }

  /** Merges are judged by the copies as they were, and come before what would make those stale (MRG-7, MRG-9). */
  function merge(entries: unknown, result: unknown): void {
    const ready: (() => void)[] = [];
    for (const entry of listOf(entries)) {
      const { into, base, revision } = objectOf(entry);
      const [context = '', member = '', query = ''] = `${into}`.split(/\/|(?=\?)/);
      const copy = heldAt(context + query);
      const from = parseRevision(base);
      const to = parseRevision(revision);
      if (
        copy?.data &&
        to.epoch &&
        from.epoch === to.epoch &&
        copy.epoch === to.epoch &&
        copy.n >= from.n &&
        copy.n < to.n
      )
        ready.push(() => {
          copy.n = to.n;
          place(copy, { ...(copy.base ?? copy.data), [member]: result });
          changed.add(copy);
          emit('apply', copy.address, revision);
        });
    }
    ready.forEach(attempt);
  }

  /** What the server announced comes before fresh bundles, so that nothing older takes their place (FLT-8). */
  function apply(answer: Answer, begun: number): unknown {
    const { result, contexts, merge: merges, invalidate, error } = objectOf(answer.body);
    if (!error) merge(merges, result);
    if (invalidate || !error) tell(invalidate);
    readAnswer(answer);
    if (result === undefined) throw badResponse('No result');
    for (const [address, fresh] of Object.entries(objectOf(contexts))) {
      const { revision, data } = objectOf(fresh);
      const instance = heldAt(address);
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
    return new MizanError('OUTCOME_UNKNOWN', 'It may have run or not', 0, undefined, thrown);
  }

  async function call(
    fn: string,
    contract: string,
    args: unknown = {},
    { optimistic = [] }: CallOptions,
  ): Promise<unknown> {
    const begun = ++tick;
    const laid: [Instance, Layer][] = [];
    const controller = new AbortController();
    let failure: unknown;
    let result: unknown;
    for (const { def, params, change } of [optimistic].flat() as Patch[]) {
      const layer = { member: def.member, change } as Layer;
      covered(addressOf(def, params, true), (instance) => {
        instance.layers = [...(instance.layers ?? []), layer];
        laid.push([instance, layer]);
        relayer(instance, () => true);
        changed.add(instance);
      });
    }
    flush();
    emit('call', fn, args);
    const shows = [...shown].map(({ address }) => address).filter((address) => !address.includes('/'));
    try {
      const sent = transport.call(
        { fn, args, shows: shows.slice(0, MAX_SHOWS) },
        contract,
        controller.signal,
      );
      try {
        const answer = await exchange(controller, sent);
        meet(answer, contract);
        result = apply(answer, begun);
      } catch (thrown) {
        throw explain(thrown);
      }
    } catch (thrown) {
      failure = thrown;
    }
    for (const [instance, layer] of laid) {
      layer.done = true;
      if (failure || !instance.stale) relayer(instance, (other) => other !== layer);
      changed.add(instance);
    }
    emit('settle', fn, failure);
    flush();
    if (failure) throw failure;
    return result;
  }

  /** Reads until there is an answer or an error, or takes what is fresh. */
  function read(instance: Instance): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = () => {
        if (instance.flight) return;
        stop();
        if (instance.error) reject(instance.error);
        else resolve();
      };
      const stop = subscribe(instance, check);
      check();
    });
  }

  function subscribe(instance: Instance, listener: () => void): () => void {
    if (!instance.listeners) {
      if (instance.due || instance.stale || seconds() - instance.idle > freshFor / 1000) load(instance);
      instance.listeners = new Set();
      shown.add(instance);
    }
    flush();
    instance.listeners.add(listener);
    return () => {
      const { listeners } = instance;
      if (!listeners?.delete(listener) || listeners.size) return;
      instance.listeners = undefined;
      instance.idle = seconds();
      shown.delete(instance);
      // Strict Mode, and whoever moves a component, comes back at once.
      queueMicrotask(() => {
        if (instance.listeners || !instance.flight) return;
        drop(instance);
        instance.due = true;
      });
    };
  }

  return {
    get identity() {
      return identity;
    },
    on(tool) {
      tools.add(tool);
      return () => tools.delete(tool);
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
    subscribe,
    read,
    ready(instance) {
      const forget = () => {
        instance.waiter = undefined;
      };
      instance.waiter ??= read(instance).then(forget, (error) => {
        clock.after(FAILURE, forget);
        throw error;
      });
      return instance.waiter;
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
      server = page.contract;
      if (page.identity) identify(page.identity);
      for (const [address, { revision, data }] of Object.entries(page.contexts))
        take(at(address), revision, 0, objectOf(data));
      flush();
    },
  };
}
