import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Failure, type Stage } from './case.ts';
import { readClients, startClient } from './clients/client.ts';
import { type RefereeServer, serve, serveDriver } from './clients/servers.ts';
import { exchange } from './deadline.ts';
import { checkInvariants, show } from './judge.ts';
import type { Mutant } from './mutant.ts';
import type { Driver, Outcome } from './outcome.ts';
import { readCommand, root, startTestee, type Testee, TesteeError } from './testee.ts';

const run = promisify(execFile);
/** What the honest server does is known by the time of the mutants; only what they make of it is of interest. */
let honest: Promise<string> | undefined;
const refusals = new Map<string, Promise<string>>();

/** A stage whose every outcome is checked against the invariants and remembered as the last exchange. */
export function createStage(
  testee: Testee,
  driver: Driver = testee.driver,
  mutant?: Mutant,
): Stage & { last(): Outcome | undefined; close(): Promise<void> } {
  let last: Outcome | undefined;
  const opened: { close(): Promise<void> }[] = [];
  const note = (kind: 'call' | 'fetch' | 'request', outcome: Outcome): Outcome => {
    last = outcome;
    checkInvariants(outcome, kind);
    return outcome;
  };
  /** A case may await two exchanges at once: the failure of one must not go unheard while it looks at the other. */
  const seen = (kind: 'call' | 'fetch' | 'request', exchange: Promise<Outcome>): Promise<Outcome> => {
    const noted = exchange.then((outcome) => note(kind, outcome));
    noted.catch(() => {});
    return noted;
  };
  /** The fixture's own instruments go around the mutants: a lying witness would prove nothing. */
  const instrument = async (fn: string, args: unknown): Promise<unknown> => {
    const outcome = await testee.driver.call({ fn, args });
    const body = outcome.body as { result?: unknown } | undefined;
    if (outcome.status !== 200)
      throw new Failure(`the fixture's ${fn} failed: ${outcome.text.slice(0, 300)}`);
    return body?.result;
  };
  const meet = async (open: () => Promise<RefereeServer>): ReturnType<Stage['clients']> => {
    const met = [];
    for (const spec of readClients()) {
      const server = await open();
      opened.push(server);
      const client = await startClient(spec, server.url, mutant?.client?.bind(mutant));
      opened.push({ close: () => client.stop() });
      met.push({ name: spec.name, client, server });
    }
    return met;
  };
  const stage: ReturnType<typeof createStage> = {
    testee,
    last: () => last,
    call: (fn, args = {}, { shows, ...around } = {}) =>
      seen('call', driver.call({ fn, args, ...(shows === undefined ? {} : { shows }) }, around)),
    callBody: (body, around) => seen('call', driver.call(body, around)),
    fetch: (address, around) => seen('fetch', driver.fetch(address, around)),
    request: (request, around) => seen('request', driver.request(request, around)),
    raw: (bytes, cut) => driver.raw(bytes, cut),
    witness: async (target) =>
      (await instrument('witness', { target })) as { count: number; calls: unknown[] },
    steer: async (target, action, times = 1) => void (await instrument('steer', { target, action, times })),
    release: async (target) => void (await instrument('release', { target })),
    refusal: async (settings) => {
      if (!mutant) return refusal(testee, settings);
      const bent = mutant.start?.(settings) ?? settings;
      const key = JSON.stringify(bent);
      const words = refusals.get(key) ?? refusal(testee, bent);
      refusals.set(key, words);
      return mutant.words?.(await words) ?? words;
    },
    exportContract: async (env) => {
      if (!mutant) return exportContract(testee, env);
      honest ??= exportContract(testee, env);
      return mutant.exported?.(await honest) ?? honest;
    },
    clients: () => meet(() => serveDriver(driver)),
    hostile: (answering) => meet(() => serve(answering)),
    close: async () => {
      for (const one of opened.reverse()) await one.close();
    },
    untilRan: async (target, count) => {
      const end = process.hrtime.bigint() + BigInt(exchange.limit) * 1_000_000n;
      for (;;) {
        const ran = await stage.witness(target);
        if (ran.count >= count) return;
        if (process.hrtime.bigint() > end)
          throw new Failure(`${target} must have run ${count} times; it ran ${show(ran)}`);
      }
    },
  };
  return stage;
}

async function refusal({ spec }: Testee, settings: object): Promise<string> {
  let started: Testee;
  try {
    started = await startTestee(spec, settings);
  } catch (cause) {
    if (cause instanceof TesteeError && cause.how === 'refused') return cause.message;
    throw cause;
  }
  await started.stop();
  throw new Failure(`a server with mistakes must refuse to start: ${show(settings)}`);
}

async function exportContract({ spec }: Testee, env: Record<string, string> = {}): Promise<string> {
  if (!spec.export) throw new Failure(`${spec.name} has no export command in testees.json`);
  const [program, args] = readCommand(spec.export, spec.name);
  const surroundings = { ...process.env, ...spec.env, ...env };
  const { stdout } = await run(program, args, { cwd: root, env: surroundings, maxBuffer: 1 << 24 });
  return stdout;
}
