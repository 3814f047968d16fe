import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Contract, HEADERS, LIMITS, printContextPart, printContract, type Sources } from '@mizan/core';
import { contractHash, partHash } from '@mizan/core/hash';
import { fetchAdapter } from './adapters/fetch.ts';
import { nodeAdapter } from './adapters/node.ts';
import { announceWith } from './announce.ts';
import type { App, Limits, Transaction } from './app.ts';
import { sourcesOf } from './contract.ts';
import { attachAnnouncer } from './direct-call.ts';
import { type Answerer, dispatch } from './dispatch.ts';
import type { Identity } from './identity.ts';
import { consoleLog, type Log } from './log.ts';
import { compilePlans } from './plan.ts';
import { type RegisteredFunction, register } from './registry.ts';
import type { MizanRequest } from './request.ts';
import { callHeaders, type Header } from './respond.ts';
import { signingKey } from './secret.ts';
import { memoryStore, type Store } from './store.ts';
import { lazyTracer } from './trace.ts';
import type { Context, Fields, Params } from './types.ts';
import type { WireRequest, WireResponse } from './wire.ts';

/** Released contracts by id, as `mizan contract --release` writes them. */
export type ReleasedContracts = Readonly<Record<string, { readonly changed: readonly string[] }>>;

/** What a server is made of. */
export interface MizanOptions {
  /** Modules with functions, and instances of classes with decorated methods. */
  modules: readonly object[];
  /** Says who is calling; throws `MizanError.unauthenticated()` for a bad credential. */
  identify?: (request: MizanRequest) => Identity | null | Promise<Identity | null>;
  /** Signs entity tags and identities; at least 32 bytes. Several: the first signs. Random when left out. */
  secret?: string | readonly string[];
  /** `/api/mizan` by default. */
  base?: string;
  /** Opens a transaction around each call: `(run) => db.transaction((tx) => run(tx))`. */
  transaction?: Transaction;
  log?: Log;
  /** The content of `contracts.json`, or its path. */
  contracts?: ReleasedContracts | string;
  /** Warns about scopes that leave out what changed, and opens `/contract/`. `NODE_ENV=development` by default. */
  development?: boolean;
  /** Opens `/contract/` in production too. */
  contract?: boolean;
  limits?: Partial<Limits>;
  /** Where numbers live; memory by default, right for one process. */
  store?: Store;
  /** Milliseconds; for tests. */
  clock?: () => number;
  /** The epoch of a new record; for tests. */
  epoch?: (context: string) => string;
  /** The header that carries the tags of cached bundles. */
  tagHeader?: 'Surrogate-Key' | 'Cache-Tag';
  /** The folder that places in the source are relative to; the working directory by default. */
  root?: string;
}

/** What tools read. */
export interface Exported {
  contract: string;
  sources: Sources;
  hash: string;
}

/** A server: mount `node` or `fetch`. Both can be passed around without their object. */
export interface Mizan {
  /** For `node:http`, Express and Fastify; calls `next` for paths outside of its base. */
  node(req: IncomingMessage, res: ServerResponse, next?: (error?: Error) => void): void;
  /** For whatever speaks `Request` and `Response`. */
  fetch(request: Request, env?: unknown, context?: unknown): Promise<Response>;
  /** Answers a request of an adapter. */
  handle(request: WireRequest): Promise<WireResponse>;
  /** Announces from outside of a request; resolves when the numbers are taken. */
  invalidate<F extends Fields>(context: Context<F>, params?: Params<F>): Promise<void>;
  contract(): Contract;
  /** The contract as text with its sources and hash. */
  export(): Exported;
  readonly functions: readonly RegisteredFunction[];
  readonly base: string;
}

/** Makes a server of modules; throws a `RegistrationError` with everything that is wrong with them. */
export function createMizan(options: MizanOptions): Mizan {
  const root = options.root ?? workingDirectory();
  const registry = register(options.modules, root);
  const { contract } = registry;
  const development = options.development ?? environment() === 'development';
  const clock = options.clock ?? Date.now;
  const log = options.log ?? consoleLog;
  const limits = limitsOf(options.limits);
  const hash = contractHash(contract);
  const contractId = hash.slice(0, LIMITS.contractIdDigits);
  const contractHeader: Header = [HEADERS.contract, contractId];
  const plans = compilePlans(registry);
  const store =
    options.store ??
    memoryStore({ clock, scopes: limits.scopes, ...(options.epoch ? { epoch: options.epoch } : {}) });
  const open = options.contract ?? development;
  const app: App = announceWith({
    plans,
    store,
    clock,
    log,
    limits,
    identify: options.identify,
    transaction: options.transaction,
    development,
    secret: signingKey(options.secret, options.identify !== undefined && environment() === 'production', log),
    contractText: open ? printContract(contract, { private: false }) : undefined,
    contractId,
    contractHeader,
    callHeaders: callHeaders(contractHeader),
    changed: releasedChanges(options.contracts),
    tagHeader: options.tagHeader ?? 'Surrogate-Key',
    tracer: lazyTracer(),
    parts: new Map(
      contract.contexts.map(({ name }) => [name, partHash(printContextPart(contract, name))] as const),
    ),
  });
  for (const { definition } of registry.functions) attachAnnouncer(definition, app);
  const base = baseOf(options.base);
  const answer: Answerer = (request, respond) => dispatch(app, request, respond);
  return {
    node: nodeAdapter(answer, base),
    fetch: fetchAdapter(answer, base),
    handle: (request) => new Promise((resolve) => answer(request, resolve)),
    async invalidate(context, params = {}) {
      await app.announce([app.scopeText(context, params)]);
    },
    contract: () => contract,
    export: () => ({ contract: printContract(contract), sources: sourcesOf(registry, root), hash }),
    functions: registry.functions,
    base,
  };
}

function limitsOf(given: Partial<Limits> = {}): Limits {
  const { bodyBytes, shows, contexts, flightMilliseconds, flightBytes, scopes } = LIMITS;
  const limits: Limits = { bodyBytes, shows, contexts, flightMilliseconds, flightBytes, scopes };
  for (const key of Object.keys(limits) as (keyof Limits)[]) {
    const value = given[key];
    if (value === undefined) continue;
    if (!Number.isSafeInteger(value) || value < 0)
      throw new TypeError(`limits.${key} is ${value}, not a whole number`);
    limits[key] = value;
  }
  return limits;
}

/** Begins with a slash and ends without; empty for the root. */
function baseOf(base = '/api/mizan'): string {
  const plain = base.replace(/\/+$/, '');
  if (plain !== '' && !plain.startsWith('/'))
    throw new TypeError(`base is "${base}"; it begins with a slash`);
  return plain;
}

function releasedChanges(given: MizanOptions['contracts']): Map<string, ReadonlySet<string>> {
  const contracts: ReleasedContracts =
    typeof given === 'string'
      ? JSON.parse(process.getBuiltinModule('node:fs').readFileSync(given, 'utf8'))
      : (given ?? {});
  return new Map(Object.keys(contracts).map((id) => [id, new Set(contracts[id]?.changed ?? [])]));
}

function workingDirectory(): string {
  return typeof process === 'undefined' ? '/' : process.cwd();
}

function environment(): string | undefined {
  return typeof process === 'undefined' ? undefined : process.env.NODE_ENV;
}
