import { readFixture } from '../contract.ts';
import { same, show } from '../judge.ts';
import type { Driver, Outcome } from '../outcome.ts';
import { startTestee, type Testee, type TesteeSpec } from '../testee.ts';
import { Random } from './random.ts';
import { type Generated, makeRequest } from './requests.ts';
import { shrink } from './shrink.ts';

/** What a differential run found: each difference as text, shrunk to the smallest request that shows it. */
export interface DifferentialReport {
  sent: number;
  /** How many were answered with success: the rest were refusals, which must agree as well. */
  succeeded: number;
  differences: string[];
}

const worthReporting = 20;
/** Fresh bundles in an answer must not hang on how busy the machine is. */
const unhurried = { limits: { flightMilliseconds: 20_000, flightBytes: 2 ** 24 } };

/**
 * Sends generated requests to every testee in the same order and compares the answers: status, the headers
 * that the protocol names, bodies as values; of an error its code and the path and code of its findings.
 */
export async function runDifferential(
  specs: TesteeSpec[],
  count: number,
  seed: number,
  onProgress: (sent: number) => void = () => {},
): Promise<DifferentialReport> {
  if (specs.length < 2) throw new Error('a differential run needs two testees or more');
  const fixture = readFixture();
  const random = new Random(seed);
  const started = await Promise.all(specs.map((spec) => startTestee(spec, unhurried)));
  let testees = started;
  const differences: string[] = [];
  let succeeded = 0;
  try {
    for (let sent = 0; sent < count && differences.length < worthReporting; sent++) {
      if (sent % 500 === 0) {
        testees = started.filter(({ spec }) => sent < count * (spec.share ?? 1));
        await reset(testees);
      }
      const request = makeRequest(fixture, random);
      const answers = await ask(testees, request);
      if ((answers[0] as { status: number }).status === 200) succeeded += 1;
      if (answers.every((answer) => same(answer, answers[0]))) continue;
      await reset(testees);
      const smallest = await shrink(request, (smaller) => differsAfterReset(testees, smaller));
      differences.push(await describe(testees, smallest, sent, seed));
      onProgress(sent);
    }
  } finally {
    await Promise.all(started.map((testee) => testee.stop()));
  }
  return { sent: count, succeeded, differences };
}

async function reset(testees: Testee[]): Promise<void> {
  await Promise.all(testees.map(({ driver }) => driver.call({ fn: 'reset', args: {} })));
}

async function differsAfterReset(testees: Testee[], request: Generated): Promise<boolean> {
  await reset(testees);
  return differs(testees, request);
}

async function differs(testees: Testee[], request: Generated): Promise<boolean> {
  const answers = await ask(testees, request);
  return answers.some((answer) => !same(answer, answers[0]));
}

/** The comparable part of each answer; testees that cannot express the request are left out. */
async function ask(testees: Testee[], request: Generated): Promise<unknown[]> {
  const outcomes = await Promise.all(
    ableTo(testees, request).map(({ driver }) => sendGenerated(driver, request)),
  );
  const first = outcomes.find(({ transport }) => transport === 'http');
  return outcomes.map((outcome) => comparable(outcome, headersOf(outcome, first)));
}

function ableTo(testees: Testee[], request: Generated): Testee[] {
  const plain = request.kind === 'body' || request.kind === 'plain';
  return testees.filter(({ driver }) => !plain || driver.transport === 'http');
}

function sendGenerated(driver: Driver, request: Generated): Promise<Outcome> {
  if (request.kind === 'plain') return driver.request(request.request);
  if (request.kind === 'body')
    return driver.request({
      method: 'POST',
      path: '/call/',
      body: request.text,
      headers: { 'content-type': request.contentType },
    });
  const around = {
    ...(request.as ? { as: request.as } : {}),
    ...(request.contract ? { contract: request.contract } : {}),
  };
  if (request.kind === 'fetch') return driver.fetch(request.address, around);
  const { fn, args, shows } = request;
  return driver.call({ fn, args, ...(shows === undefined ? {} : { shows }) }, around);
}

const named = [
  'cache-control',
  'etag',
  'x-mizan-revision',
  'x-mizan-invalidate',
  'x-mizan-contract',
  'x-mizan-identity',
  'surrogate-key',
  'cache-tag',
  'content-type',
  'allow',
];

/**
 * The headers to compare: the first testee's own where the transport has none. An entity tag is of the body's
 * bytes (KEY-5), so it must be the first one's where the bytes are, and there where they only say the same.
 */
function headersOf(outcome: Outcome, first: Outcome | undefined): Record<string, string | null> {
  const { headers } = outcome.transport === 'http' ? outcome : (first ?? outcome);
  const found = Object.fromEntries(named.map((name) => [name, headers[name] ?? null]));
  if (found.etag && first?.headers.etag && outcome.text !== first.text) found.etag = first.headers.etag;
  return found;
}

/** Numbers taken and ids drawn differ from run to run; everything else must not. */
function comparable(outcome: Outcome, headers: Record<string, string | null>): unknown {
  const body = outcome.body as Record<string, unknown> | undefined;
  const error = body?.error as { code: string; details?: unknown; contract?: unknown } | undefined;
  return {
    status: outcome.status,
    body:
      error && typeof error.code === 'string'
        ? { ...body, error: comparableError(error) }
        : withoutMessages(body),
    headers,
  };
}

function comparableError(error: { code: string; details?: unknown; contract?: unknown }): unknown {
  const details = Array.isArray(error.details)
    ? error.details.map(({ path, code }) => ({ path: path ?? null, code }))
    : error.details;
  return { code: error.code, details: details ?? null, contract: error.contract ?? null };
}

function withoutMessages(body: Record<string, unknown> | undefined): unknown {
  const errors = body?.$errors as Record<string, { code: string; details?: unknown }> | undefined;
  if (!errors) return body ?? null;
  return {
    ...body,
    $errors: Object.fromEntries(
      Object.entries(errors).map(([name, error]) => [name, comparableError(error)]),
    ),
  };
}

async function describe(testees: Testee[], request: Generated, index: number, seed: number): Promise<string> {
  await reset(testees);
  const answers = await ask(testees, request);
  const able = ableTo(testees, request);
  const lines = answers.map((answer, i) => `  ${able[i]?.spec.name.padEnd(20)} ${show(answer)}`);
  return [`DIFFERENCE  seed ${seed}, request ${index}: ${show(request)}`, ...lines].join('\n');
}
