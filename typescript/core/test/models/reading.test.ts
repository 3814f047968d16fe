import { describe, it } from 'vitest';
import { changedAt, createRecord, noteScopes, type ScopeRecord } from '../../src/revision.ts';
import { fails, holds } from './expect-schedule.ts';
import { type Actor, type Step, step, when } from './explore.ts';

/** One instance, one store, one origin cache; the instance's data are a version number. */
interface State {
  db: number;
  record: ScopeRecord;
  cache: { revision: number; value: number } | null;
  /** The number that the told client was told; 0: not yet. */
  told: number;
  flight: { revision: number; lead: string } | null;
  reads: Record<string, Read>;
}

interface Read {
  snapshot?: number;
  revision?: number;
  value?: number;
  hit?: boolean;
  lead?: string;
  finished?: boolean;
}

const ADDRESS = 'context?i=1';

const start = (): State => ({
  db: 0,
  record: createRecord('e', 0),
  cache: null,
  told: 0,
  flight: null,
  reads: { R: {}, C: {} },
});

const mine = (state: State, who: string): Read => state.reads[who] as Read;

const commit = step<State>('commit', (state) => {
  state.db += 1;
});
const number = step<State>('number', (state) => {
  state.told = noteScopes(state.record, [ADDRESS], 0, 10);
});
const readNumber = (who: string): Step<State> =>
  step('readNumber', (state) => {
    mine(state, who).revision = state.record.last;
  });
const runMember = (who: string): Step<State> =>
  step('runMember', (state) => {
    const read = mine(state, who);
    read.value = read.snapshot ?? state.db;
  });
const openSnapshot = (who: string): Step<State> =>
  step('openSnapshot', (state) => {
    mine(state, who).snapshot = state.db;
  });
const hitOrRun = (who: string): Step<State> =>
  step('hitOrRun', (state) => {
    const read = mine(state, who);
    const entry = state.cache;
    read.hit = entry !== null && changedAt(state.record, ADDRESS) <= entry.revision;
    if (read.hit && entry !== null) Object.assign(read, entry);
    else read.value = read.snapshot ?? state.db;
  });
const store = (who: string): Step<State> =>
  step('store', (state) => {
    const { hit, revision, value } = mine(state, who);
    if (!hit) state.cache = { revision: revision as number, value: value as number };
  });
const afterTold: Step<State> = when(
  'waitTold',
  (state) => state.told > 0,
  () => {},
);

const writer: Actor<State> = { name: 'M', steps: [commit, number] };
const reader: Actor<State> = { name: 'R', steps: [readNumber('R'), hitOrRun('R'), store('R')] };
const toldReader: Actor<State> = {
  name: 'C',
  steps: [afterTold, readNumber('C'), hitOrRun('C'), store('C')],
};

/** The told client took an answer, by its number, that lacks the change it was told of. */
function lacksTold(state: State): string | undefined {
  const { value, revision } = mine(state, 'C');
  if (value === undefined || revision === undefined || value >= state.db || revision < state.told)
    return undefined;
  return `the told client takes version ${value}, the database has ${state.db}`;
}

describe('the origin cache', () => {
  it('is right when the number is read before the member runs', () => {
    holds(start(), [reader, writer, toldReader], lacksTold);
  });

  it('is wrong when a snapshot was opened before the number was read (REV-8)', () => {
    const early: Actor<State> = { name: 'R', steps: [openSnapshot('R'), ...reader.steps] };
    fails(start(), [early, writer, toldReader], lacksTold);
  });

  it('is wrong when the number is read after the member ran (REV-8)', () => {
    const late: Actor<State> = { name: 'R', steps: [hitOrRun('R'), readNumber('R'), store('R')] };
    fails(start(), [late, writer, toldReader], lacksTold);
  });

  it('is wrong when the number is taken before the commit (CALL-8)', () => {
    const early: Actor<State> = { name: 'M', steps: [number, commit] };
    fails(start(), [reader, early, toldReader], lacksTold);
  });

  it('is wrong when a commit is not announced because the handler threw (CALL-9)', () => {
    const silent: Actor<State> = { name: 'M', steps: [commit] };
    const later: Actor<State> = { name: 'C', steps: [readNumber('C'), hitOrRun('C')] };
    const kept = { ...start(), cache: { revision: 0, value: 0 } };
    fails(kept, [silent, later], (state, done) =>
      done && state.cache?.value !== state.db && mine(state, 'C').hit
        ? 'an old entry is a hit for ever'
        : undefined,
    );
  });
});

describe('joined runs', () => {
  const join = (who: string, strict: boolean): Step<State> =>
    step('joinOrLead', (state) => {
      const read = mine(state, who);
      const { flight } = state;
      if (flight !== null && (!strict || flight.revision >= (read.revision as number)))
        read.lead = flight.lead;
      else {
        read.lead = who;
        state.flight = { revision: read.revision as number, lead: who };
      }
    });
  const run = (who: string): Step<State> =>
    step('run', (state) => {
      const read = mine(state, who);
      if (read.lead === who) read.value = state.db;
    });
  const finish = (who: string): Step<State> => ({
    name: 'finish',
    run: (state) => {
      const read = mine(state, who);
      const lead = mine(state, read.lead as string);
      if (read.lead !== who && !lead.finished) return false;
      read.value = lead.value as number;
      read.finished = true;
      if (state.flight?.lead === who) state.flight = null;
      return undefined;
    },
  });
  const actors = (strict: boolean): Actor<State>[] => [
    { name: 'R', steps: [readNumber('R'), join('R', strict), run('R'), finish('R')] },
    writer,
    { name: 'C', steps: [afterTold, readNumber('C'), join('C', strict), run('C'), finish('C')] },
  ];

  it('are right when one joins only a run whose number is not below its own', () => {
    holds(start(), actors(true), lacksTold);
  });

  it('are wrong when a follower labels the answer with its own number', () => {
    fails(start(), actors(false), lacksTold);
  });
});

describe('a store that cannot be reached while the number is taken', () => {
  const unannounced: Actor<State> = {
    name: 'M',
    steps: [
      commit,
      step('tellWithoutNumber', (state) => {
        state.told = 1;
      }),
    ],
  };
  const entry = (): State => ({ ...start(), cache: { revision: 0, value: 0 } });
  const old = (state: State): string | undefined => {
    const { value } = mine(state, 'C');
    return value !== undefined && value < state.db
      ? `a hit answers version ${value} of ${state.db}`
      : undefined;
  };

  it('is harmless when the told client asks with $min=* (INV-9, REV-11)', () => {
    holds(entry(), [unannounced, { name: 'C', steps: [afterTold, readNumber('C'), runMember('C')] }], old);
  });

  it('serves old data to a told client that asks as usual', () => {
    fails(entry(), [unannounced, toldReader], old);
  });
});

describe('watching', () => {
  interface Watch {
    db: number;
    record: ScopeRecord;
    watching: boolean;
    pushed: number;
    copy: { revision: number; value: number };
  }
  const init = (): Watch => ({
    db: 0,
    record: createRecord('e', 0),
    watching: false,
    pushed: 0,
    copy: { revision: 0, value: 0 },
  });
  const client = (compare: boolean): Actor<Watch> => ({
    name: 'C',
    steps: [
      step('fetch', (state) => {
        state.copy = { revision: state.record.last, value: state.db };
      }),
      step('watch', (state) => {
        state.watching = true;
        const now = changedAt(state.record, ADDRESS);
        if (compare && now > state.copy.revision) state.pushed = now;
      }),
    ],
  });
  const live: Actor<Watch> = {
    name: 'M',
    steps: [
      step('commit', (state) => {
        state.db += 1;
      }),
      step('number', (state) => {
        noteScopes(state.record, [ADDRESS], 0, 10);
      }),
      step('publish', (state) => {
        if (state.watching) state.pushed = state.record.last;
      }),
    ],
  };
  const missed = (state: Watch, done: boolean): string | undefined =>
    done && state.copy.value < state.db && state.pushed <= state.copy.revision
      ? 'old data are shown and no message ever comes'
      : undefined;

  it('misses nothing when it subscribes and then compares', () => {
    holds(init(), [client(true), live], missed);
  });

  it('misses a write between fetch and watch when only addresses are sent', () => {
    fails(init(), [client(false), live], missed);
  });
});
