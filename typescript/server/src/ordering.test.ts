import { covers, parseEntry, parseRevision } from '@mizan/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { client, context } from './index.ts';
import { type Answer, harness } from './testing/harness.ts';

const Row = z.object({ version: z.int() });
const RowContext = context('row', { input: { rowId: z.int() } });
const shown = [1, 2];

type Step = { kind: 'read' | 'write' | 'merge' | 'writeAll'; rowId: number };
const steps = fc.array(
  fc.record({
    kind: fc.constantFrom<Step['kind'][]>(
      'read',
      'write',
      'merge',
      'merge',
      'merge',
      'writeAll',
    ) as fc.Arbitrary<Step['kind']>,
    rowId: fc.constantFrom(...shown),
  }),
  { minLength: 2, maxLength: 5 },
);

/** Rows whose every read and write waits for the scheduler: all interleavings of requests are possible. */
function rows(s: fc.Scheduler) {
  const versions = new Map(shown.map((rowId) => [rowId, 0]));
  const pause = () => s.schedule(Promise.resolve());
  const write = async (rowId: number): Promise<{ version: number }> => {
    await pause();
    const version = (versions.get(rowId) ?? 0) + 1;
    versions.set(rowId, version);
    await pause();
    return { version };
  };
  const row = client({ context: RowContext, output: Row }, async ({ rowId }) => {
    await pause();
    const version = versions.get(rowId) ?? 0;
    await pause();
    return { version };
  });
  const made = harness(
    {
      Row,
      row,
      write: client({ affects: RowContext, input: { rowId: z.int() }, output: Row }, ({ rowId }) =>
        write(rowId),
      ),
      merge: client({ merge: row, input: { rowId: z.int() }, output: Row }, ({ rowId }) => write(rowId)),
      writeAll: client({ affects: RowContext }, async () => {
        for (const rowId of shown) await write(rowId);
      }),
    },
    {
      identify: async () => {
        await pause();
        return null;
      },
      limits: { flightMilliseconds: 60_000 },
    },
  );
  return { ...made, versions };
}

/** One client's copy of a row, by the rules of REV-15, REV-16 and MRG-7. */
class Copies {
  told: { scope: string; n: number }[] = [];
  held = new Map<string, { n: number; version: number; merged: Set<number> }>();

  hear({ body }: Answer): void {
    const before = new Map(
      [...this.held].map(([address, copy]) => [address, { ...copy, merged: new Set(copy.merged) }]),
    );
    const toldBefore = [...this.told];
    for (const { into, base, revision } of body.merge ?? []) {
      const address = into.replace('/row', '');
      const copy = before.get(address);
      const from = parseRevision(base)?.n ?? 0;
      const to = parseRevision(revision)?.n ?? 0;
      if (copy === undefined || !(copy.n >= from || copy.merged.has(from)) || copy.n >= to) continue;
      if (toldBefore.some(({ scope, n }) => n > from && covers(scope, address))) continue;
      const held = this.held.get(address) as { n: number; version: number; merged: Set<number> };
      held.version = body.result.version;
      held.n = Math.min(held.n, from);
      held.merged.add(to);
    }
    for (const entry of body.invalidate ?? []) {
      const { scope, revision } = parseEntry(entry) as { scope: string; revision: { n: number } };
      this.told.push({ scope, n: revision.n });
    }
    for (const [address, { revision, data }] of Object.entries(
      (body.contexts ?? {}) as Record<string, { revision: string; data: { row: { version: number } } }>,
    ))
      this.take(address, parseRevision(revision)?.n ?? 0, data.row.version);
  }

  take(address: string, n: number, version: number): void {
    if (this.told.some((told) => covers(told.scope, address) && told.n > n)) return;
    const copy = this.held.get(address);
    if (copy !== undefined && this.fresh(address) && copy.n > n) return;
    this.held.set(address, { n, version, merged: new Set() });
  }

  fresh(address: string): boolean {
    const copy = this.held.get(address);
    return (
      copy !== undefined &&
      this.told.every((told) => !covers(told.scope, address) || told.n <= copy.n || copy.merged.has(told.n))
    );
  }
}

describe('whatever the order of requests', () => {
  it('an answer holds every change up to its revision, and a copy that counts as fresh is the newest that was told', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), steps, async (s, plan) => {
        const { get, call, versions } = rows(s);
        const copies = new Copies();
        const commits: { rowId: number; n: number }[] = [];
        const reads: { rowId: number; n: number; version: number }[] = [];
        const note = (rowId: number, revision: string | undefined, version: number): void => {
          reads.push({ rowId, n: parseRevision(revision ?? '')?.n ?? 0, version });
        };
        const read = async (rowId: number): Promise<void> => {
          const answer = await get(`/ctx/row?rowId=${rowId}`);
          note(rowId, answer.headers['x-mizan-revision'], answer.body.row.version);
          copies.take(`row?rowId=${rowId}`, reads.at(-1)?.n ?? 0, answer.body.row.version);
        };
        const mutate = async ({ kind, rowId }: Step): Promise<void> => {
          const shows = shown.map((id) => `row?rowId=${id}`);
          const answer = await call(kind, kind === 'writeAll' ? {} : { rowId }, { shows });
          const n = parseEntry(answer.body.invalidate[0])?.revision?.n ?? 0;
          for (const id of kind === 'writeAll' ? shown : [rowId]) commits.push({ rowId: id, n });
          for (const [address, bundle] of Object.entries(
            (answer.body.contexts ?? {}) as Record<
              string,
              { revision: string; data: { row: { version: number } } }
            >,
          ))
            note(Number(address.split('=')[1]), bundle.revision, bundle.data.row.version);
          copies.hear(answer);
        };
        await s.waitFor(Promise.all(shown.map(read)));
        await s.waitFor(
          Promise.all(plan.map((step) => (step.kind === 'read' ? read(step.rowId) : mutate(step)))),
        );

        for (const { rowId, n, version } of reads) {
          const included = commits.filter((commit) => commit.rowId === rowId && commit.n <= n).length;
          expect(version).toBeGreaterThanOrEqual(included);
        }
        for (const rowId of shown) {
          const address = `row?rowId=${rowId}`;
          if (copies.fresh(address)) expect(copies.held.get(address)?.version).toBe(versions.get(rowId));
        }
      }),
      { numRuns: 200 },
    );
  }, 120_000);
});
