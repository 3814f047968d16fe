import { covers, MizanErrorBase as MizanError } from '@mizan/core';
import { addressOf, headOf } from './address.ts';
import { type JsonObject, objectOf, readAnswer, readError } from './answer.ts';
import type { Client, ClientOptions, Hydration, Lay, Merge, Readable } from './client.ts';
import { hostClock } from './clock.ts';
import { attempt, place } from './data.ts';
import type { Definition, Params } from './definition.ts';
import { http } from './http.ts';
import type { Bucket, Instance } from './instance.ts';
import {
  answers,
  type Memory,
  minOf,
  type Point,
  parseEntry,
  parseRevision,
  remember,
  type Told,
} from './told.ts';
import type { Answer } from './transport.ts';

/** How long a failure is remembered for who shows it again; then it is read again. */
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
  const changed = new Set<Instance>();
  const mismatches: Record<string, unknown> = {};
  let sweeping: unknown;
  /** Orders requests and what was told; ticks of the last one told, and of the last change of identity. */
  let tick = 0;
  let heard = 0;
  let identified = 0;

  const client: Client = {
    touch,
    instances,
    find,
    covered,
    renew,
    flush,
    subscribe,
    read,
    tell,
    call,
    hydrate,
    told,
    heldAt: at as Client['heldAt'],
    prefetch: ({ def }: Readable<never>, params?: unknown) =>
      read(find(def, params as Params)).catch(() => {}),
    ready(instance) {
      instance.waiter ??= read(instance).catch((error) => {
        clock.after(FAILURE, () => {
          instance.waiter = undefined;
        });
        throw error;
      });
      return instance.waiter;
    },
  };
  return client;

  function instances(): Instance[] {
    return [...buckets.values()].flatMap((bucket) => [...bucket.values()]);
  }

  /** The instance of an address; if it is not held, a new one where a definition is given. */
  function at(address: string, def?: Instance['def']): Instance | undefined {
    const head = headOf(address);
    let bucket = buckets.get(head);
    let instance = bucket?.get(address);
    if (!instance && def) {
      bucket ??= Object.assign(new Map(), { widest: 0 });
      // All that most of them get: what is added later costs each a list of its own.
      instance = {
        address,
        def,
        data: undefined,
        base: undefined,
        epoch: undefined,
        n: -1,
        begun: 0,
        stale: false,
        due: true,
        idle: clock.now(),
        flight: undefined,
        subscribers: undefined,
        error: undefined,
        states: undefined,
      };
      buckets.set(head, bucket);
      bucket.set(address, instance);
      bucket.widest = Math.max(bucket.widest, address.split('=').length);
      if (!sweeping) sweeping = clock.after(keepFor, sweep);
    }
    return instance;
  }

  function find(def: Definition, params?: Params): Instance {
    const instance = at(addressOf(def, params), def) as Instance;
    compare(def.contract, instance.def.contract);
    instance.def = def;
    return instance;
  }

  function hydrate({ contract, identity, contexts }: Hydration): void {
    identify(identity);
    // Of nobody knows whom until it is asked for.
    const def = { contract: contract as string, options: { user: true } };
    for (const address in contexts) take(at(address, def) as Instance, contexts[address], 0);
    flush();
  }

  /** Forgets what nobody has shown for long, and looks again as long as there is anything. */
  function sweep(): void {
    sweeping = undefined;
    for (const bucket of buckets.values())
      for (const [address, { idle, flight, subscribers }] of bucket) {
        sweeping ??= clock.after(keepFor, sweep);
        if (!flight && !subscribers && clock.now() - idle >= keepFor) bucket.delete(address);
      }
  }

  /** Looked up where nothing but the scope itself can be covered, else walked. */
  function covered(scope: string, visit: (instance: Instance) => unknown): void {
    const head = headOf(scope);
    for (const [name, bucket] of buckets)
      if (covers(head, name)) {
        const exact = scope.replace(head, name);
        for (const one of scope.split('=').length < bucket.widest ? bucket.values() : [bucket.get(exact)])
          if (one && covers(scope, one.address)) visit(one);
      }
  }

  function told({ address }: Instance): Told[] {
    return [...memory.values()].filter(({ scope }) => covers(scope, address));
  }

  function touch(instance: Instance): void {
    instance.relay?.(instance);
    instance.states = undefined;
    changed.add(instance);
  }

  function expire(instance: Instance): void {
    instance.due = true;
    instance.stale = !!instance.data;
    // Somebody asks again: a remembered failure no longer counts.
    if (instance.error) instance.waiter = undefined;
    touch(instance);
  }

  function renew(instance: Instance): void {
    drop(instance);
    expire(instance);
  }

  function tell(entries: unknown): void {
    for (const entry of Array.isArray(entries) ? entries : ['*']) {
      heard = ++tick;
      const one = parseEntry(entry, tick);
      remember(memory, one);
      covered(one.scope, (instance) => answers(one, instance) || expire(instance));
    }
  }

  function flush(): void {
    for (const instance of changed) {
      const { subscribers } = instance;
      if (instance.due && subscribers) load(instance);
      changed.delete(instance);
      client.tool?.('change', instance);
      subscribers?.forEach(attempt);
    }
  }

  function load(instance: Instance): void {
    instance.due = false;
    if (!instance.flight) send(instance, 0);
    touch(instance);
  }

  function drop(instance: Instance): void {
    instance.flight?.abort();
    instance.flight = undefined;
  }

  /** One request: it ends by its answer, its controller or the time-out. */
  async function exchange(contract: string, controller: AbortController, sent: Promise<Answer>) {
    const answer = await sent.finally(
      clock.after(timeout, () => controller.abort(new MizanError('TIMEOUT'))),
    );
    compare(
      contract,
      answer.header?.('contract') ?? (answer.body as { error?: JsonObject } | undefined)?.error?.contract,
    );
    identify(answer.header?.('identity'));
    return answer;
  }

  async function send(instance: Instance, tries: number): Promise<void> {
    const { contract } = instance.def;
    const begun = ++tick;
    const flight = new AbortController();
    let error: MizanError | undefined;
    let failed: unknown;
    instance.flight = flight;
    try {
      const sent = transport.read(instance.address, minOf(told(instance)), contract, flight.signal);
      const answer = await exchange(contract, flight, sent);
      const data = readAnswer(answer);
      failed = data.$errors;
      if (instance.flight !== flight) return;
      if (!take(instance, { revision: failed ? undefined : answer.header?.('revision'), data }, begun)) {
        // Told something since: this answer could not know.
        if (heard > begun) return send(instance, tries);
        throw new MizanError('UNAVAILABLE');
      }
    } catch (thrown) {
      if (instance.flight !== flight) return;
      error = thrown instanceof MizanError ? thrown : new MizanError('NETWORK', undefined, 0, thrown);
      const { status } = error;
      if (tries < retries && (!status || status === 429 || status > 500)) {
        // Before the first repetition half a second at most; each pause is twice as long.
        clock.after(
          500 * 2 ** (tries - clock.random()),
          () => instance.flight === flight && send(instance, tries + 1),
        );
        return;
      }
      failed = error;
    }
    // Also where the copy is newer than the answer: what was asked to be read again has been.
    instance.flight = undefined;
    instance.error = error;
    instance.stale = !!failed;
    touch(instance);
    flush();
  }

  /** Puts an answer in its place, unless it lacks what was told (then false) or the copy is newer (REV-15). */
  function take(instance: Instance, fresh: unknown, begun: number): boolean {
    const { revision, data } = objectOf(fresh);
    const point = parseRevision(revision, begun);
    const all = told(instance);
    const holds = (copy: Point) => all.every((one) => answers(one, copy));
    if ((instance.def.options.user && begun < identified) || !holds(point)) return false;
    const order = point.epoch === instance.epoch && point.n - instance.n;
    if (instance.data && holds(instance) && (order || begun - instance.begun) < 0) return true;
    const { epoch, n } = point;
    Object.assign(instance, { epoch, n, begun, due: false, error: undefined });
    if (instance.merged) instance.merged = undefined;
    place(instance, objectOf(data));
    touch(instance);
    return true;
  }

  function compare(client: string, server: unknown): void {
    const pair = `${client} ${server}`;
    if (!client || !server || client === server || mismatches[pair]) return;
    mismatches[pair] = 1;
    onContractMismatch?.({ client, server: `${server}` });
  }

  /** Data of class user belong to one identity; with another they go, and answers under way with them (BUN-12). */
  function identify(who: string | null | undefined): void {
    const before = client.identity;
    if (!who || before === who) return;
    client.identity = who;
    if (!before) return;
    identified = ++tick;
    for (const instance of instances())
      if (instance.def.options.user) {
        instance.data = instance.base = instance.error = instance.waiter = undefined;
        renew(instance);
      }
    flush();
  }

  async function call(
    fn: string,
    contract: string,
    args: unknown = {},
    merge?: Merge,
    optimistic: readonly Lay[] = [],
  ): Promise<unknown> {
    const begun = ++tick;
    const controller = new AbortController();
    const ends = optimistic.map((lay) => lay(client));
    let sent: Promise<Answer> | undefined;
    let failure: unknown;
    let result: unknown;
    flush();
    client.tool?.('call', fn, args);
    try {
      const shown = instances().filter(({ address, subscribers }) => subscribers && !address.includes('/'));
      const shows = shown.map(({ address }) => address).slice(0, 64);
      sent = transport.call({ fn, args, shows }, contract, controller.signal);
      const answer = await exchange(contract, controller, sent);
      const body = objectOf(answer.body);
      const { invalidate } = body;
      const fresh = objectOf(body.contexts);
      result = body.result;
      merge?.(client, body, begun);
      // What was announced comes before fresh bundles, so that nothing older takes their place (FLT-8).
      if (invalidate || result !== undefined) tell(invalidate);
      if (readAnswer(answer).result === undefined) throw readError();
      for (const address in fresh) {
        const instance = at(address);
        if (instance) take(instance, fresh[address], begun);
      }
    } catch (thrown) {
      const { code, status } = thrown as MizanError;
      failure = thrown;
      if (!sent) failure = new MizanError('BAD_REQUEST', `${thrown}`, 0, thrown);
      // Without an answer nobody knows whether it ran, unless the transport says so with NETWORK (REV-20).
      else if (!status && code !== 'NETWORK') {
        tell(instances().map(({ address }) => address));
        failure = new MizanError('OUTCOME_UNKNOWN', undefined, 0, thrown);
      }
    }
    for (const end of ends) end(failure);
    flush();
    client.tool?.('settle', fn, failure);
    if (failure) throw failure;
    return result;
  }

  function read(instance: Instance): Promise<void> {
    if (instance.stale) instance.due = true;
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
    if (!instance.subscribers) {
      if (instance.due || clock.now() - instance.idle >= (instance.stale ? FAILURE : freshFor))
        load(instance);
      instance.subscribers = new Set();
      touch(instance);
    }
    flush();
    instance.subscribers.add(listener);
    return () => {
      const { subscribers } = instance;
      if (!subscribers?.delete(listener) || subscribers.size) return;
      instance.subscribers = undefined;
      instance.idle = clock.now();
      client.tool?.('change', instance);
      // Strict Mode, and whoever moves a component, comes back at once.
      queueMicrotask(() => {
        if (instance.subscribers || !instance.flight) return;
        drop(instance);
        instance.due = true;
      });
    };
  }
}
