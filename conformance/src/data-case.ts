import { type DataCase, type Expect, Failure, type Stage, type Step } from './case.ts';
import { errorOf, expectSame, invalidateOf, scopesOf, show } from './judge.ts';
import type { Outcome } from './outcome.ts';

/** Runs the steps of a case that data can say. Texts of the form `$name` stand for what was saved before. */
export async function runDataCase(data: DataCase, stage: Stage): Promise<void> {
  const saved = new Map<string, string>();
  for (const [index, written] of data.steps.entries()) {
    const step = fill(written, saved) as Step;
    try {
      await runStep(step, stage, saved);
    } catch (cause) {
      const where = data.steps.length > 1 ? `step ${index + 1}: ` : '';
      throw new Failure(where + (cause as Error).message, data.clauses);
    }
  }
}

async function runStep(step: Step, stage: Stage, saved: Map<string, string>): Promise<void> {
  if (step.steer) return stage.steer(step.steer.target, step.steer.action, step.steer.times);
  if (step.release) return stage.release(step.release);
  if (step.witness) return checkWitness(step, await stage.witness(step.witness));
  const outcome = await send(step, stage);
  for (const [name, what] of Object.entries(step.save ?? {})) saved.set(name, take(what, outcome));
  if (step.expect) checkOutcome(step.expect, outcome);
}

function send(step: Step, stage: Stage): Promise<Outcome> {
  const around = {
    ...(step.as === undefined ? {} : { as: step.as }),
    ...(step.contract === undefined ? {} : { contract: step.contract }),
  };
  if (step.call) return stage.callBody(step.call, around);
  if (step.fetch !== undefined)
    return stage.fetch(step.fetch, step.min === undefined ? around : { ...around, min: step.min });
  if (!step.request) throw new Failure('a step has one of call, fetch, request, witness, steer, release');
  const { json, ...request } = step.request;
  return stage.request(json === undefined ? request : { ...request, body: JSON.stringify(json) }, around);
}

function checkWitness({ witness, expect }: Step, seen: { count: number; calls: unknown[] }): void {
  if (expect?.count !== undefined && seen.count !== expect.count)
    throw new Failure(
      `${witness} must have run ${expect.count} times; it ran ${seen.count} times: ${show(seen.calls)}`,
    );
  if (expect?.calls) expectSame(`${witness} ran with`, seen.calls, expect.calls);
}

/** Compares an outcome with everything that is expected of it. */
export function checkOutcome(expect: Expect, outcome: Outcome): void {
  const body = (outcome.body ?? {}) as Record<string, unknown>;
  if (expect.error) checkExpectedError(expect.error, outcome);
  else if (errorOf(outcome) && expect.status === undefined)
    throw new Failure(`a success was expected; saw ${show(outcome.body)}`);
  if (expect.status !== undefined && outcome.status !== expect.status)
    throw new Failure(
      `status ${expect.status} was expected; saw ${outcome.status} with ${outcome.text.slice(0, 300)}`,
    );
  if ('result' in expect) expectSame('result', body.result, expect.result);
  if ('data' in expect) expectSame('the bundle', outcome.body, expect.data);
  if (expect.order) expectSame('members in order', Object.keys(body), expect.order);
  if (expect.invalidate) expectSame('scopes announced', scopesOf(outcome), expect.invalidate);
  if (expect.contexts) expectSame('contexts in the answer', dataOf(body.contexts), expect.contexts);
  if (expect.merge)
    expectSame(
      'merged into',
      ((body.merge ?? []) as { into: string }[]).map((m) => m.into),
      expect.merge,
    );
  for (const [name, value] of Object.entries(expect.headers ?? {})) checkHeader(name, value, outcome);
  for (const text of expect.without ?? [])
    if (outcome.text.includes(text))
      throw new Failure(`the answer must not hold ${show(text)}: ${outcome.text.slice(0, 300)}`);
}

function checkExpectedError(expected: { code: string; details?: unknown }, outcome: Outcome): void {
  const error = errorOf(outcome);
  if (error?.code !== expected.code)
    throw new Failure(`${expected.code} was expected; saw ${show(outcome.body ?? outcome.text)}`);
  if (!('details' in expected)) return;
  const details = Array.isArray(error.details)
    ? error.details.map(({ path, code }) => (path === undefined ? { code } : { path, code }))
    : error.details;
  expectSame(`details of ${expected.code}`, details, expected.details);
}

function checkHeader(name: string, value: string | null, outcome: Outcome): void {
  const seen = outcome.headers[name.toLowerCase()];
  const fits =
    value === null
      ? seen === undefined
      : value.startsWith('~')
        ? seen?.includes(value.slice(1))
        : seen === value;
  if (!fits) throw new Failure(`header ${name}\n  expected ${show(value)}\n  saw      ${show(seen ?? null)}`);
}

function dataOf(contexts: unknown): Record<string, unknown> {
  const entries = Object.entries((contexts ?? {}) as Record<string, { data: unknown }>);
  return Object.fromEntries(entries.map(([address, { data }]) => [address, data]));
}

function take(what: string, outcome: Outcome): string {
  if (what === 'etag') return outcome.headers.etag ?? '';
  if (what === 'revision') return outcome.headers['x-mizan-revision'] ?? '';
  const scope = what.slice('number:'.length);
  const entry = invalidateOf(outcome).find((text) => text.startsWith(`${scope}@`));
  if (!entry) throw new Failure(`${scope} was not announced: ${show(invalidateOf(outcome))}`);
  return entry.slice(scope.length + 1);
}

function fill(value: unknown, saved: Map<string, string>): unknown {
  if (typeof value === 'string') return value.startsWith('$') ? (saved.get(value.slice(1)) ?? value) : value;
  if (Array.isArray(value)) return value.map((item) => fill(item, saved));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, saved)]));
}
