import { readdirSync, readFileSync } from 'node:fs';
import type { ClientUnderTest } from './clients/client.ts';
import type { Answering, RefereeServer } from './clients/servers.ts';
import type { Around, CallBody, HttpRequest, Outcome } from './outcome.ts';
import type { Settings, Testee } from './testee.ts';

/** A rule of one capability, and how to see it kept or broken. */
export interface Case {
  /** Stable: `capability/what-is-seen`. */
  id: string;
  capability: string;
  /** The clauses of `spec/` that it proves. */
  clauses: string[];
  level: 'MUST' | 'SHOULD';
  /** Only over http: it needs what other transports cannot express. */
  http: boolean;
  /** Started with these settings; cases with equal settings share a testee. */
  settings: Partial<Settings>;
  /** The longest that it may take, in milliseconds; 30,000 when absent. */
  limit?: number;
  /** Throws `Failure` (or any error) when the rule is broken. */
  run(stage: Stage): Promise<void>;
}

/** What a case written in code works with. */
export interface Stage {
  testee: Testee;
  /** The driver, with every outcome checked against the invariants and noted for the report. */
  call(fn: string, args?: unknown, around?: Around & { shows?: unknown }): Promise<Outcome>;
  callBody(body: CallBody, around?: Around): Promise<Outcome>;
  fetch(address: string, around?: Around & { min?: string }): Promise<Outcome>;
  request(request: HttpRequest, around?: Around): Promise<Outcome>;
  /** Bytes on a connection of their own, and all that came back; `cut` ends the caller's side behind them. */
  raw(bytes: string | Uint8Array, cut?: boolean): Promise<string>;
  /** How often a function ran, and with which arguments. */
  witness(target: string): Promise<{ count: number; calls: unknown[] }>;
  steer(target: string, action: 'conflict' | 'crash' | 'wrong' | 'hold', times?: number): Promise<void>;
  release(target: string): Promise<void>;
  /** Starts another testee of the same kind, which must refuse; returns what it says. */
  refusal(settings: Partial<Settings>): Promise<string>;
  /** What the host's command prints. */
  exportContract(env?: Record<string, string>): Promise<string>;
  /** Generated clients, each in front of this testee. */
  clients(): Promise<{ name: string; client: ClientUnderTest; server: RefereeServer }[]>;
  /** Generated clients, each in front of a server that answers as told. */
  hostile(answering: Answering): Promise<{ name: string; client: ClientUnderTest; server: RefereeServer }[]>;
  /** Polls a witness until the function has run so often; fails at the exchange limit. */
  untilRan(target: string, count: number): Promise<void>;
}

/** What a step of a data case must see; every given part is checked. */
export interface Expect {
  status?: number;
  result?: unknown;
  /** The bundle of a fetch. */
  data?: unknown;
  /** Names of the bundle's members in the order of the text. */
  order?: string[];
  error?: { code: string; details?: unknown };
  /** Exact scopes in order, without numbers; `[]` for none. */
  invalidate?: string[];
  contexts?: Record<string, unknown>;
  merge?: string[];
  /** null: absent; `~text`: contains; otherwise equal. */
  headers?: Record<string, string | null>;
  /** Texts that the body must not hold. */
  without?: string[];
  /** For a witness step. */
  count?: number;
  calls?: unknown[];
}

/** A step of a case that data can say. Exactly one of call, fetch, request, witness, steer, release. */
export interface Step {
  call?: CallBody;
  fetch?: string;
  request?: HttpRequest & { json?: unknown };
  witness?: string;
  steer?: { target: string; action: 'conflict' | 'crash' | 'wrong' | 'hold'; times?: number };
  release?: string;
  as?: string;
  contract?: string;
  /** Texts of this form `$name` were saved by an earlier step. */
  min?: string;
  save?: Record<string, 'revision' | 'etag' | `number:${string}`>;
  expect?: Expect;
}

/** A case that data can say. */
export interface DataCase {
  id: string;
  clauses: string[];
  level?: 'MUST' | 'SHOULD';
  settings?: Partial<Settings>;
  http?: boolean;
  steps: Step[];
}

/** What a module in `cases/<capability>/*.ts` exports as `cases`. */
export type CodeCase = Omit<Case, 'capability' | 'level' | 'http' | 'settings'> &
  Partial<Pick<Case, 'level' | 'http' | 'settings'>>;

/** The rule was broken: what was expected, what was seen. */
export class Failure extends Error {
  readonly clauses: string[];
  constructor(message: string, clauses: string[] = []) {
    super(message);
    this.name = 'Failure';
    this.clauses = clauses;
  }
}

const folder = new URL('../cases/', import.meta.url);

/** Loads every case, in order of id. Throws when two share an id or one stands in the wrong folder. */
export async function loadCases(runData: (data: DataCase, stage: Stage) => Promise<void>): Promise<Case[]> {
  const cases: Case[] = [];
  for (const capability of readdirSync(folder).sort()) {
    for (const file of readdirSync(new URL(`${capability}/`, folder)).sort()) {
      const url = new URL(`${capability}/${file}`, folder);
      if (file.endsWith('.json')) {
        for (const data of JSON.parse(readFileSync(url, 'utf8')) as DataCase[])
          cases.push(fromData(capability, data, runData));
      } else if (file.endsWith('.ts')) {
        const module = (await import(url.href)) as { cases: CodeCase[] };
        for (const found of module.cases)
          cases.push({ level: 'MUST', http: false, settings: {}, ...found, capability });
      }
    }
  }
  const seen = new Set<string>();
  for (const { id, capability } of cases) {
    if (seen.has(id)) throw new Error(`two cases are called ${id}: give one another name`);
    if (!id.startsWith(`${capability}/`))
      throw new Error(`case ${id} stands in cases/${capability}/: its id must begin with ${capability}/`);
    seen.add(id);
  }
  return cases.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function fromData(
  capability: string,
  data: DataCase,
  runData: (data: DataCase, stage: Stage) => Promise<void>,
): Case {
  return {
    id: data.id,
    capability,
    clauses: data.clauses,
    level: data.level ?? 'MUST',
    http: data.http ?? data.steps.some((step) => step.request || step.expect?.headers),
    settings: data.settings ?? {},
    run: (stage) => runData(data, stage),
  };
}
