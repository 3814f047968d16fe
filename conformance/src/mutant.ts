import type { ClientAnswer } from './clients/client.ts';
import type { Around, CallBody, Driver, HttpRequest, Outcome } from './outcome.ts';
import type { Settings } from './testee.ts';

/** A request on its way to the server, as a mutant may bend it. */
export type Sent =
  | { kind: 'call'; body: CallBody; around: Around }
  | { kind: 'fetch'; address: string; around: Around & { min?: string } }
  | { kind: 'request'; request: HttpRequest; around: Around };

/** A server that breaks one rule: the honest server with one thing done wrong in front of it. */
export interface Mutant {
  id: string;
  /** The rule that it breaks, as one sentence. */
  breaks: string;
  clauses: string[];
  /** Changes what reaches the server, or answers in its place. */
  before?(sent: Sent, driver: Driver, state: State): Sent | Outcome | Promise<Sent | Outcome>;
  /** Changes what comes back. */
  after?(outcome: Outcome, sent: Sent, driver: Driver, state: State): Outcome | Promise<Outcome>;
  /** Changes the answer to raw bytes. */
  afterRaw?(answer: string, bytes: string, driver: Driver): string | Promise<string>;
  /** Changes what a client under test answers. */
  client?(answer: ClientAnswer, op: string): ClientAnswer;
  /** Changes the settings of a server that is expected to refuse. */
  start?(settings: Partial<Settings>): Partial<Settings>;
  /** Changes the words of a refusal to start. */
  words?(message: string): string;
  /** Changes the exported contract. */
  exported?(text: string): string;
}

/** What a mutant remembers between requests; fresh for each case. */
export type State = Map<string, unknown>;

const isOutcome = (value: Sent | Outcome): value is Outcome => 'status' in value;

/** Puts a mutant in front of a driver. */
export function mutate(driver: Driver, mutant: Mutant): Driver {
  const state: State = new Map();
  const exchange = async (sent: Sent): Promise<Outcome> => {
    const bent = (await mutant.before?.(sent, driver, state)) ?? sent;
    const outcome = isOutcome(bent) ? bent : await send(driver, bent);
    return (await mutant.after?.(outcome, sent, driver, state)) ?? outcome;
  };
  return {
    transport: driver.transport,
    call: (body, around = {}) => exchange({ kind: 'call', body, around }),
    fetch: (address, around = {}) => exchange({ kind: 'fetch', address, around }),
    request: (request, around = {}) => exchange({ kind: 'request', request, around }),
    raw: async (bytes, cut) => {
      const answer = await driver.raw(bytes, cut);
      return (await mutant.afterRaw?.(answer, String(bytes), driver)) ?? answer;
    },
    close: async () => {},
  };
}

/** Sends what a mutant let through. */
export function send(driver: Driver, sent: Sent): Promise<Outcome> {
  if (sent.kind === 'call') return driver.call(sent.body, sent.around);
  if (sent.kind === 'fetch') return driver.fetch(sent.address, sent.around);
  return driver.request(sent.request, sent.around);
}

/** The outcome with another body (text and value), its headers kept. */
export function withBody(outcome: Outcome, body: unknown): Outcome {
  return { ...outcome, body, text: JSON.stringify(body) };
}

/** The outcome with another error in its place. */
export function withError(outcome: Outcome, status: number, code: string, rest: object = {}): Outcome {
  const headers = { ...outcome.headers, 'cache-control': 'private, no-store' };
  return withBody({ ...outcome, status, headers }, { error: { code, message: code, ...rest } });
}

/** The outcome with one header set, or removed by null. */
export function withHeader(outcome: Outcome, name: string, value: string | null): Outcome {
  const { [name]: _old, ...headers } = outcome.headers;
  return { ...outcome, headers: value === null ? headers : { ...headers, [name]: value } };
}

/** The outcome announcing other entries, in body and header alike. */
export function announcing(outcome: Outcome, entries: string[]): Outcome {
  const body = { ...(outcome.body as object), invalidate: entries };
  const value = entries.length > 0 ? entries.map((entry) => `"${entry}"`).join(', ') : null;
  return withHeader(withBody(outcome, body), 'x-mizan-invalidate', value);
}

/** What passed between a case and an honest server, in order of time. */
export type Recording = (
  | { what: 'client'; answer: ClientAnswer; op: string }
  | { what: 'raw'; answer: string; bytes: string }
  | { what: 'sent'; sent: Sent }
  | { what: 'received'; sent: Sent; outcome: Outcome }
)[];

/** A driver that remembers what passes through it. */
export function record(driver: Driver, recording: Recording): Driver {
  const honest: Mutant = {
    id: 'records',
    breaks: 'nothing',
    clauses: [],
    before(sent) {
      recording.push({ what: 'sent', sent });
      return sent;
    },
    after(outcome, sent) {
      recording.push({ what: 'received', sent, outcome });
      return outcome;
    },
    afterRaw(answer, bytes) {
      recording.push({ what: 'raw', answer, bytes });
      return answer;
    },
  };
  return mutate(driver, honest);
}

/** Remembers what a client under test answered. */
export function recordClient(recording: Recording): NonNullable<Mutant['client']> {
  return (answer, op) => {
    recording.push({ what: 'client', answer, op });
    return answer;
  };
}

/** Whether a mutant would change anything of what was recorded: a case that it leaves alone stays green. */
export async function touches(mutant: Mutant, recording: Recording): Promise<boolean> {
  let asked = false;
  const notice = async (): Promise<never> => {
    asked = true;
    throw new Error('a mutant asked the server');
  };
  const driver: Driver = {
    transport: 'http',
    call: notice,
    fetch: notice,
    request: notice,
    raw: notice,
    close: async () => {},
  };
  const state: State = new Map();
  try {
    for (const step of recording) {
      if (step.what === 'client') {
        if (mutant.client && !equal(mutant.client(step.answer, step.op), step.answer)) return true;
      } else if (step.what === 'raw') {
        if (
          (await mutant.afterRaw?.(step.answer, step.bytes, driver)) !==
          (mutant.afterRaw ? step.answer : undefined)
        )
          return true;
      } else if (step.what === 'sent') {
        const bent = (await mutant.before?.(step.sent, driver, state)) ?? step.sent;
        if (asked || !equal(bent, step.sent)) return true;
      } else {
        const outcome = (await mutant.after?.(step.outcome, step.sent, driver, state)) ?? step.outcome;
        if (asked || !equal(outcome, step.outcome)) return true;
      }
    }
  } catch {
    return true;
  }
  return false;
}

const equal = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
