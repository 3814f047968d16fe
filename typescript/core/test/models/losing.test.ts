import { describe, expect, it } from 'vitest';
import { fitHeader } from '../../src/fit-header.ts';
import { formatEntry, parseEntry } from '../../src/invalidation.ts';
import { parseMin, reachesMin, revisionForMin } from '../../src/min.ts';
import { changedAt, createRecord, noteScopes, type ScopeRecord } from '../../src/revision.ts';
import { fails, holds } from './expect-schedule.ts';
import { type Actor, step, when } from './explore.ts';

interface State {
  db: number;
  clock: number;
  record: ScopeRecord;
  told: number;
  copy: { revision: number; value: number };
}

const ADDRESS = 'context?i=1';

/** A record that has given the number 6, and a client that holds the state of that number. */
const start = (now: number): State => ({
  db: 1,
  clock: now,
  record: { epoch: 'e', last: 6, floor: 0, scopes: new Map([[ADDRESS, 6]]) },
  told: 0,
  copy: { revision: 6, value: 1 },
});

const failover: Actor<State> = {
  name: 'F',
  steps: [
    step('failover', (state) => {
      state.record = { epoch: 'e', last: 5, floor: 0, scopes: new Map([[ADDRESS, 5]]) };
      state.clock += 1;
    }),
  ],
};

describe('a store that loses its latest number (REV-5)', () => {
  const mutation = (clocked: boolean): Actor<State> => ({
    name: 'M',
    steps: [
      when(
        'commitAndNumber',
        (state) => state.record.last === 5,
        (state) => {
          state.db += 1;
          state.told = noteScopes(state.record, [ADDRESS], clocked ? state.clock : 0, 10);
        },
      ),
    ],
  });
  const client: Actor<State> = {
    name: 'C',
    steps: [
      when(
        'receive',
        (state) => state.told > 0,
        (state) => {
          if (state.told > state.copy.revision) state.copy = { revision: state.told, value: state.db };
        },
      ),
    ],
  };
  const ignored = (state: State, done: boolean): string | undefined =>
    done && state.copy.value < state.db
      ? `the client at ${state.copy.revision} ignores ${state.told}`
      : undefined;

  it('gives no number twice when numbers follow the clock', () => {
    holds(start(1000), [failover, mutation(true), client], ignored);
  });

  it('gives a number twice when they only count', () => {
    fails(start(0), [failover, mutation(false), client], ignored);
  });
});

describe('a reader who was told of a number that the record lost (REV-12)', () => {
  interface Asking extends State {
    answered: boolean;
    announced: number;
  }
  const asking = (now: number): Asking => ({
    ...start(now),
    told: 6,
    copy: { revision: 0, value: 0 },
    answered: false,
    announced: 0,
  });
  const read = (raised: 'no' | 'below the clock' | 'always'): Actor<Asking> => ({
    name: 'C',
    steps: [
      when(
        'readWithMin',
        (state) => state.record.last === 5,
        (state) => {
          const min = parseMin(`e.${state.told}`) as NonNullable<ReturnType<typeof parseMin>>;
          expect(reachesMin(min, 'e', changedAt(state.record, ADDRESS))).toBe(false);
          const own = { epoch: 'e', n: state.record.last };
          const clock = raised === 'always' ? Number.POSITIVE_INFINITY : state.clock;
          const { n } = raised === 'no' ? own : revisionForMin(own, min, clock);
          state.answered = true;
          if (n >= state.told) state.copy = { revision: n, value: state.db };
        },
      ),
    ],
  });
  const next: Actor<Asking> = {
    name: 'M',
    steps: [
      when(
        'commitAndNumber',
        (state) => state.answered,
        (state) => {
          state.db += 1;
          state.announced = noteScopes(state.record, [ADDRESS], state.clock, 10);
        },
      ),
    ],
  };
  const stuck = (state: Asking, done: boolean): string | undefined =>
    done && state.copy.revision < state.told ? 'no answer ever satisfies the reader' : undefined;
  const ignores = (state: Asking, done: boolean): string | undefined =>
    done && state.copy.value < state.db && state.announced <= state.copy.revision
      ? `the client at ${state.copy.revision} ignores ${state.announced}`
      : undefined;

  it('gets it back from a clock beyond it', () => {
    holds(asking(1000), [failover, read('below the clock')], stuck);
    holds(asking(1000), [failover, read('below the clock'), next], ignores);
  });

  it('would ask for ever', () => {
    fails(asking(1000), [failover, read('no')], stuck);
  });

  it('would miss the next change if the number were not below the clock', () => {
    fails(asking(5), [failover, read('always'), next], ignores);
    holds(asking(5), [failover, read('below the clock'), next], ignores);
  });
});

describe('a bounded table (REV-7)', () => {
  interface Table {
    record: ScopeRecord;
    entry: number;
    changed: boolean;
  }
  const init = (): Table => ({ record: createRecord('e', 0), entry: 0, changed: false });
  const writers = (raise: boolean): Actor<Table>[] =>
    [1, 2, 3].map((i) => ({
      name: `M${i}`,
      steps: [
        step('note', (state: Table) => {
          const { floor } = state.record;
          noteScopes(state.record, [`context?i=${i}`], 0, 2);
          if (!raise) state.record.floor = floor;
          if (i === 1) state.changed = true;
        }),
      ],
    }));
  const forgotten = (state: Table, done: boolean): string | undefined =>
    done && state.changed && changedAt(state.record, ADDRESS) <= state.entry
      ? 'an entry from before the change is a hit'
      : undefined;

  it('forgets nothing when the floor rises', () => {
    holds(init(), writers(true), forgotten);
  });

  it('forgets a change when it does not', () => {
    fails(init(), writers(false), forgotten);
  });
});

describe('a list that became broader (INV-12)', () => {
  function answerNumber(asOf: boolean): { told: number; revision: number } {
    const record = createRecord('k', 0);
    const scopes = Array.from({ length: 200 }, (_, i) => `user?userId=${i + 1}`);
    const n = noteScopes(record, scopes, 1000, 10_000);
    const [entry] = fitHeader(
      scopes.map((scope) => formatEntry(scope, { epoch: 'k', n })),
      1900,
    );
    const told = parseEntry(entry as string);
    expect(told?.scope).toBe('user');
    const revision = asOf ? record.last : changedAt(record, 'user?userId=999');
    return { told: told?.revision?.n ?? 0, revision };
  }

  it('settles instances that did not change, because revisions say as of when', () => {
    const { told, revision } = answerNumber(true);
    expect(revision).toBeGreaterThanOrEqual(told);
  });

  it('would never settle if a revision were the number of the instance', () => {
    const { told, revision } = answerNumber(false);
    expect(revision).toBeLessThan(told);
  });
});
