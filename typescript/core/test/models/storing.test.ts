import { describe, it } from 'vitest';
import { changedAt, createRecord, noteScopes, type ScopeRecord } from '../../src/revision.ts';
import { fails, holds } from './expect-schedule.ts';
import { type Actor, step, when } from './explore.ts';

const ADDRESS = 'context?i=1';

describe('pages rendered ahead', () => {
  interface State {
    db: number;
    record: ScopeRecord;
    page: { revision: number; version: number };
    rendered: Record<string, { revision: number; version: number }>;
  }
  const init = (): State => ({
    db: 0,
    record: createRecord('e', 0),
    page: { revision: 0, version: 0 },
    rendered: {},
  });
  const mutation = (name: string): Actor<State> => ({
    name,
    steps: [
      step('commit', (state) => {
        state.db += 1;
      }),
      step('number', (state) => {
        noteScopes(state.record, [ADDRESS], 0, 10);
      }),
    ],
  });
  const render = (after: number, compare: boolean): Actor<State> => ({
    name: `r${after}`,
    steps: [
      when(
        'wait',
        (state) => state.record.last >= after,
        () => {},
      ),
      step('readNumber', (state) => {
        state.rendered[after] = { revision: state.record.last, version: -1 };
      }),
      step('render', (state) => {
        (state.rendered[after] as State['page']).version = state.db;
      }),
      step('replace', (state) => {
        const made = state.rendered[after] as State['page'];
        if (!compare || made.revision >= state.page.revision) state.page = made;
      }),
    ],
  });
  const old = (state: State, done: boolean): string | undefined =>
    done && state.page.version < state.db ? `the page has ${state.page.version} of ${state.db}` : undefined;
  const actors = (compare: boolean) => [
    mutation('M1'),
    mutation('M2'),
    render(1, compare),
    render(2, compare),
  ];

  it('end with the newest when a page is replaced only by one of which none is lower', () => {
    holds(init(), actors(true), old);
  });

  it('may end with the older one when the last wins', () => {
    fails(init(), actors(false), old);
  });
});

describe('an edge that is purged', () => {
  interface State {
    db: number;
    record: ScopeRecord;
    edge: number | null;
    fill: { revision: number; value?: number; stored?: boolean; landed?: boolean } | null;
    purged: boolean;
  }
  const init = (): State => ({ db: 0, record: createRecord('e', 0), edge: null, fill: null, purged: false });
  const filling = (recheck: boolean): Actor<State> => ({
    name: 'F',
    steps: [
      step('readNumber', (state) => {
        state.fill = { revision: state.record.last };
      }),
      step('runMember', (state) => {
        (state.fill as NonNullable<State['fill']>).value = state.db;
      }),
      step('send', (state) => {
        const fill = state.fill as NonNullable<State['fill']>;
        fill.stored = !recheck || changedAt(state.record, ADDRESS) <= fill.revision;
      }),
      step('land', (state) => {
        const fill = state.fill as NonNullable<State['fill']>;
        if (fill.stored) state.edge = fill.value ?? null;
        fill.landed = true;
      }),
    ],
  });
  const mutation: Actor<State> = {
    name: 'M',
    steps: [
      step('commit', (state) => {
        state.db += 1;
      }),
      step('number', (state) => {
        noteScopes(state.record, [ADDRESS], 0, 10);
      }),
      step('purge', (state) => {
        state.edge = null;
        state.purged = true;
      }),
    ],
  };
  /** After the longest response: nothing is in transit any more. */
  const settle: Actor<State> = {
    name: 'P',
    steps: [
      when(
        'purgeAgain',
        (state) => state.purged && (state.fill === null || state.fill.landed === true),
        (state) => {
          state.edge = null;
        },
      ),
    ],
  };
  const old = (state: State, done: boolean): string | undefined =>
    done && state.edge !== null && state.edge < state.db ? 'the edge keeps the old answer' : undefined;

  it('is right after a second purge', () => {
    holds(init(), [filling(true), mutation, settle], old);
  });

  it('keeps an answer that was on its way during the only purge', () => {
    fails(init(), [filling(false), mutation], old);
    fails(init(), [filling(true), mutation], old);
  });
});
