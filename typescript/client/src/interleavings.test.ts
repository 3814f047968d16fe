import { describe, expect, it } from 'vitest';
import { FakeTransport } from '../testing/fake-transport.ts';
import { type Call, type Context, call, context, createClient, merge } from './index.ts';

// Ports of the models of merge and of reads in flight: every order of the steps of two writers, their answers and
// a reader, driven through the real client. The weaker rules must show their counterexample.

const RowContext: Context<void, { row: string }> = context('row', 'c');
const write: Call<{ value: string }, unknown> = call('write', 'c', merge);

interface World {
  client: ReturnType<typeof createClient>;
  line: FakeTransport;
  db: string;
  last: number;
  /** Numbers that each writer read first, and what it answers. */
  begun: Record<string, number>;
  answers: Record<string, Record<string, unknown>>;
  read: { revision: string; row: string } | undefined;
}
type Step = (world: World) => void | Promise<void>;
type Rule = 'base' | 'lost' | 'always' | 'unnumbered';

function writer(value: string, rule: Rule): Step[] {
  return [
    (world) => {
      world.begun[value] = world.last;
    },
    (world) => {
      world.db = value;
    },
    (world) => {
      const previous = world.last++;
      const revision = `e.${world.last}`;
      const entry = {
        base: { into: 'row/row', base: `e.${previous}`, revision },
        lost: { into: 'row/row', base: 'e.0', revision },
        always: { into: 'row/row', base: `e.${previous}`, revision },
        unnumbered: { into: 'row/row' },
      }[rule];
      world.answers[value] = {
        invalidate: [`row/row@${revision}`],
        ...((rule !== 'base' || world.begun[value] === previous) && { merge: [entry] }),
      };
    },
    async (world) => {
      const called = write.safe({ value }, world);
      await turns();
      const request = world.line.open.find(
        ({ body }) => (body?.args as { value: string } | undefined)?.value === value,
      );
      request?.finish({ body: { result: value, ...world.answers[value] } });
      await called;
    },
  ];
}

/** Reads the number, then the data; the answer arrives later, to a read that the client had under way. */
const reader: Step[] = [
  async (world) => {
    RowContext.refresh(undefined, world);
    RowContext.watch(undefined, () => {}, world);
    await turns();
    world.read = { revision: `e.${world.last}`, row: world.db };
  },
  async (world) => {
    const { revision, row } = world.read as { revision: string; row: string };
    world.line.open.find(({ kind }) => kind === 'read')?.finish({ revision, body: { row } });
    await turns();
  },
];

/** Every order that keeps the order within each actor. */
function* orders(left: number[]): Generator<number[]> {
  if (left.every((count) => count === 0)) yield [];
  for (let actor = 0; actor < left.length; actor++) {
    if (left[actor] === 0) continue;
    const rest = left.map((count, at) => (at === actor ? count - 1 : count));
    for (const order of orders(rest)) yield [actor, ...order];
  }
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await undefined;
}

/** The first order after which something is shown as fresh that is not so, and how many there were. */
async function explore(actors: Step[][]): Promise<{ counterexample?: string; count: number }> {
  let count = 0;
  for (const order of orders(actors.map((steps) => steps.length))) {
    const line = new FakeTransport();
    const client = createClient({ transport: line, retries: 0 });
    const world: World = { client, line, db: '0', last: 0, begun: {}, answers: {}, read: undefined };
    client.hydrate({
      contract: null,
      identity: null,
      contexts: { row: { revision: 'e.0', data: { row: '0' } } },
    });
    const next = actors.map((steps) => steps.values());
    for (const actor of order) await next[actor]?.next().value?.(world);
    count++;
    const copy = client.heldAt('row');
    if (!copy?.stale && copy?.data?.row !== world.db)
      return { counterexample: `${order.join(' ')}: shows ${copy?.data?.row}, database ${world.db}`, count };
  }
  return { count };
}

describe('every order of', () => {
  it('two merges of one row', async () => {
    expect(await explore([writer('A', 'base'), writer('B', 'base')])).toEqual({ count: 70 });
  });

  it('a merge and a read in flight', async () => {
    expect(await explore([writer('A', 'base'), reader])).toEqual({ count: 15 });
  });

  it('two merges and a read in flight', async () => {
    expect(await explore([writer('A', 'base'), writer('B', 'base'), reader])).toEqual({ count: 3150 });
  });

  it('merges without a number is safe only because the client does not take them', async () => {
    expect(await explore([writer('A', 'unnumbered'), reader])).toEqual({ count: 15 });
  });

  it('two merges by a server that lost what came in between is safe by what the client was told', async () => {
    expect(await explore([writer('A', 'lost'), writer('B', 'lost')])).toEqual({ count: 70 });
  });

  it('two merges by a server that ignores what came in between shows the wrong row', async () => {
    expect((await explore([writer('A', 'always'), writer('B', 'always')])).counterexample).toBeDefined();
  });
});
