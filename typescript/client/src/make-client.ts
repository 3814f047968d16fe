import { covers, MizanErrorBase as MizanError } from '@mizan/core';
import { addressOf } from './address.ts';
import { badResponse, type JsonObject, listOf, objectOf, readAnswer } from './answer.ts';
import type { CallPlan, Client, ClientOptions, Readable } from './client.ts';
import { hostClock } from './clock.ts';
import { attempt, place } from './data.ts';
import type { Params } from './definition.ts';
import { http } from './http.ts';
import { type Bucket, Instance } from './instance.ts';
import {
  answers,
  contextOf,
  type Memory,
  minOf,
  type Point,
  parseEntry,
  parseRevision,
  remember,
  toldOf,
  widthOf,
} from './told.ts';
import type { Answer } from './transport.ts';

/** More than any address has. */
const MEMBER_WIDTH = 9;
const MAX_SHOWS = 64;
/** Before the first repetition at most; each is twice as long. */
const PAUSE = 500;
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
  const shown = new Set<Instance>();
  const changed = new Set<Instance>();
  const mismatches = new Set<string>();
  let identified = 0;
  let sweeping: unknown;
  /** Orders requests and what was told. */
  let tick = 0;
  let heard = 0;

  const client: Client = {
    identity: undefined,
    tool: undefined,
    touch,
    prefetch: ({ def }: Readable<never>, params?: unknown) =>
      read(client.find(def, params as Params)).catch(() => {}),
    instances: () => [...buckets.values()].flatMap(({ held }) => [...held.values()]),
    heldAt: (address) => buckets.get(contextOf(address))?.held.get(address),
    find(def, params) {
      const instance = at(addressOf(def, params));
      const { bucket } = instance;
      compare(def.contract, bucket.contract);
      bucket.user = !!def.options.user;
      bucket.contract = def.contract;
      return instance;
    },
    covered,
    told: ({ address }) => toldOf(memory, address),
    expire,
    flush,
    subscribe,
    read,
    ready(instance) {
      instance.waiter ??= read(instance).catch((error) => {
        clock.after(FAILURE, () => {
          instance.waiter = undefined;
        });
        throw error;
      });
      return instance.waiter;
    },
    tell,
    call,
    hydrate({ contract, identity, contexts }) {
      identify(identity);
      for (const address in contexts) {
        const instance = at(address);
        instance.bucket.contract ??= contract;
        take(instance, contexts[address], 0);
      }
      flush();
    },
  };
  return client;

  function at(address: string): Instance {
    const context = contextOf(address);
    const bucket = buckets.get(context) ?? { held: new Map(), widest: 0 };
    const instance = bucket.held.get(address) ?? new Instance(bucket, address, clock.now());
    buckets.set(context, bucket);
    bucket.held.set(address, instance);
    bucket.widest = Math.max(bucket.widest, widthOf(address, MEMBER_WIDTH));
    if (!sweeping) sweeping = clock.after(keepFor, sweep);
    return instance;
  }

  /** Forgets what nobody has shown for long, and looks again as long as there is anything. */
  function sweep(): void {
    const held = client.instances();
    for (const { address, bucket, idle, flight, subscribers } of held)
      if (!flight && !subscribers && clock.now() - idle >= keepFor) bucket.held.delete(address);
    sweeping = held[0] && clock.after(keepFor, sweep);
  }

  /** Looked up where nothing but the scope itself can be covered, else walked. */
  function covered(scope: string, visit: (instance: Instance) => unknown): void {
    for (const [context, { held, widest }] of buckets)
      if (scope === '*' || context === contextOf(scope)) {
        const exact = held.get(scope);
        if (widthOf(scope, 0) < widest) {
          for (const one of held.values()) if (covers(scope, one.address)) visit(one);
        } else if (exact) visit(exact);
      }
  }

  function touch(instance: Instance): void {
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

  function tell(entries: unknown): void {
    for (const entry of listOf(entries, ['*'])) {
      heard = ++tick;
      const told = parseEntry(entry, tick);
      remember(memory, told);
      covered(told.scope, (instance) => answers(told, instance) || expire(instance));
    }
  }

  function flush(): void {
    for (const instance of changed) {
      const { subscribers } = instance;
      if (instance.due && subscribers) load(instance);
      changed.delete(instance);
      client.tool?.('change', instance);
      for (const listener of subscribers ?? []) attempt(listener);
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
  async function exchange(
    controller: AbortController,
    own: string | null | undefined,
    sent: Promise<Answer>,
  ): Promise<Answer> {
    const late = () => controller.abort(new MizanError('TIMEOUT'));
    const answer = await sent.finally(clock.after(timeout, late));
    compare(
      own,
      answer.header?.('contract') ?? (answer.body as { error?: JsonObject } | undefined)?.error?.contract,
    );
    identify(answer.header?.('identity'));
    return answer;
  }

  async function send(instance: Instance, tries: number): Promise<void> {
    const { address, bucket } = instance;
    const flight = new AbortController();
    const begun = ++tick;
    instance.flight = flight;
    try {
      const sent = transport.read(address, minOf(client.told(instance)), `${bucket.contract}`, flight.signal);
      const answer = await exchange(flight, bucket.contract, sent);
      const data = readAnswer(answer);
      if (instance.flight !== flight) return;
      if (!take(instance, { revision: answer.header?.('revision'), data }, begun)) {
        // Told something since: this answer could not know.
        if (heard > begun) return send(instance, tries);
        throw new MizanError('UNAVAILABLE');
      }
    } catch (thrown) {
      if (instance.flight !== flight) return;
      const error = thrown instanceof MizanError ? thrown : new MizanError('NETWORK', undefined, 0, thrown);
      const { status } = error;
      if (tries < retries && (!status || status === 429 || status > 500)) {
        const repeat = () => instance.flight === flight && send(instance, tries + 1);
        clock.after(PAUSE * 2 ** (tries - clock.random()), repeat);
        return;
      }
      instance.error = error;
      instance.stale = true;
    }
    instance.flight = undefined;
    touch(instance);
    flush();
  }

  /** Puts an answer in its place, unless it lacks what was told (then false) or the copy is newer (REV-15). */
  function take(instance: Instance, fresh: unknown, begun: number): boolean {
    const { revision, data } = objectOf(fresh);
    const { bucket } = instance;
    const { epoch, n } = parseRevision(revision);
    if (bucket.user !== false && begun < identified) return false;
    const told = client.told(instance);
    const holds = (copy: Point) => told.every((one) => answers(one, copy));
    if (!holds({ epoch, n, begun })) return false;
    const order = epoch === instance.epoch && n - instance.n;
    if (instance.data && holds(instance) && (order || begun - instance.begun) < 0) return true;
    // One text of an epoch for all instances.
    if (bucket.epoch !== epoch) bucket.epoch = epoch;
    Object.assign(instance, { epoch: bucket.epoch, n, begun, due: false, error: undefined });
    if (instance.merged) instance.merged = undefined;
    place(instance, objectOf(data));
    touch(instance);
    return true;
  }

  function compare(own: string | null | undefined, theirs: unknown): void {
    const pair = `${own} ${theirs}`;
    if (!own || !theirs || own === theirs || mismatches.has(pair)) return;
    mismatches.add(pair);
    onContractMismatch?.({ client: own, server: `${theirs}` });
  }

  /** Data of class user belong to one identity; with another they go, and answers under way with them (BUN-12). */
  function identify(who: string | null | undefined): void {
    const before = client.identity;
    if (!who || before === who) return;
    client.identity = who;
    if (!before) return;
    identified = ++tick;
    for (const instance of client.instances())
      if (instance.bucket.user !== false) {
        drop(instance);
        Object.assign(instance, { data: undefined, base: undefined, error: undefined, waiter: undefined });
        expire(instance);
      }
    flush();
  }

  async function call(
    fn: string,
    contract: string,
    args: unknown = {},
    plan: CallPlan = {},
  ): Promise<unknown> {
    const begun = ++tick;
    const controller = new AbortController();
    const ends = plan.optimistic?.map((lay) => lay(client));
    let sent: Promise<Answer> | undefined;
    let failure: unknown;
    let result: unknown;
    flush();
    client.tool?.('call', fn, args);
    try {
      const shows = [...shown].map(({ address }) => address).filter((address) => !address.includes('/'));
      sent = transport.call({ fn, args, shows: shows.slice(0, MAX_SHOWS) }, contract, controller.signal);
      const answer = await exchange(controller, contract, sent);
      const body = objectOf(answer.body);
      const fresh = objectOf(body.contexts);
      if ('result' in body) plan.merge?.(client, body);
      // What was announced comes before fresh bundles, so that nothing older takes their place (FLT-8).
      if (body.invalidate || 'result' in body) tell(body.invalidate);
      result = readAnswer(answer).result;
      if (result === undefined) throw badResponse();
      for (const address in fresh) {
        const instance = client.heldAt(address);
        if (instance) take(instance, fresh[address], begun);
      }
    } catch (thrown) {
      const { code, status } = thrown as MizanError;
      failure = thrown;
      // Nothing was sent, or the transport says so with NETWORK. Else nobody knows whether it ran, so all that is
      // shown counts as told (REV-20), and the rest is read when it is shown.
      if (sent && !status && code !== 'NETWORK') {
        tell([...shown].map(({ address }) => address));
        client.instances().forEach(expire);
        failure = new MizanError('OUTCOME_UNKNOWN', undefined, 0, thrown);
      }
    }
    for (const end of ends ?? []) end(failure);
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
      const patience = instance.stale ? FAILURE : freshFor;
      if (instance.due || clock.now() - instance.idle >= patience) load(instance);
      instance.subscribers = new Set();
      shown.add(instance);
    }
    flush();
    instance.subscribers.add(listener);
    return () => {
      const { subscribers } = instance;
      if (!subscribers?.delete(listener) || subscribers.size) return;
      instance.subscribers = undefined;
      instance.idle = clock.now();
      shown.delete(instance);
      // Strict Mode, and whoever moves a component, comes back at once.
      queueMicrotask(() => {
        if (instance.subscribers || !instance.flight) return;
        drop(instance);
        instance.due = true;
      });
    };
  }
}
