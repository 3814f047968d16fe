import { describe, it } from 'vitest';
import { changedAt, createRecord, noteScopes, type ScopeRecord } from '../../src/revision.ts';
import { fails, holds } from './expect-schedule.ts';
import { type Actor, type Step, step, when } from './explore.ts';

interface Message {
  /** Undefined: a plain invalidation. */
  merge?: { base: number; value: string };
  revision: number;
}

/** A row of which two mutations write the one member that is merged; a client holds a copy. */
interface State {
  db: string;
  other: string;
  record: ScopeRecord;
  first: Record<string, number>;
  message: Record<string, Message>;
  copy: { revision: number; value: string; other: string };
  needed: number;
  read?: { revision: number; value: string; other: string };
}

type Rule = 'always' | 'number' | 'base' | 'base without first number';

const ADDRESS = 'row?i=1';
const start = (): State => ({
  db: '0',
  other: '0',
  record: createRecord('e', 0),
  first: {},
  message: {},
  copy: { revision: 0, value: '0', other: '0' },
  needed: 0,
});

function mutation(name: string, value: string, rule: Rule): Actor<State> {
  return {
    name,
    steps: [
      step('readLast', (state) => {
        state.first[name] = state.record.last;
      }),
      step('commit', (state) => {
        state.db = value;
      }),
      step('number', (state) => {
        const base = changedAt(state.record, ADDRESS);
        const revision = noteScopes(state.record, [ADDRESS], 0, 10);
        const merges = rule !== 'base' || base <= (state.first[name] as number);
        state.message[name] = merges ? { merge: { base, value }, revision } : { revision };
      }),
    ],
  };
}

/** The client receives an answer, in any order with the others. */
function delivery(name: string, rule: Rule): Actor<State> {
  const receive = when<State>(
    'receive',
    (state) => state.message[name] !== undefined,
    (state) => {
      const { merge, revision } = state.message[name] as Message;
      const { copy } = state;
      const takes =
        rule === 'always' ||
        (rule === 'number' && revision > copy.revision) ||
        (rule.startsWith('base') && copy.revision >= (merge?.base ?? 0) && copy.revision < revision);
      if (merge !== undefined && takes)
        state.copy = { ...copy, value: merge.value, revision: Math.max(copy.revision, revision) };
      state.needed = Math.max(state.needed, revision);
    },
  );
  return { name: `D${name}`, steps: [receive] };
}

/** A read by another request, and its answer. */
const fetching: Actor<State> = {
  name: 'R',
  steps: [
    step('number', (state) => {
      state.read = { revision: state.record.last, value: '', other: '' };
    }),
    step('member', (state) => {
      Object.assign(state.read as object, { value: state.db, other: state.other });
    }),
    step('arrive', (state) => {
      const answer = state.read as NonNullable<State['read']>;
      if (answer.revision >= Math.max(state.copy.revision, state.needed)) state.copy = answer;
    }),
  ],
};

/** A change of another instance of the context, which raises `last`. */
const neighbour: Actor<State> = {
  name: 'N',
  steps: [
    step('number', (state) => {
      noteScopes(state.record, ['row?i=2'], 0, 10);
    }),
  ],
};

function freshButWrong(state: State, done: boolean): string | undefined {
  const { copy } = state;
  if (!done || copy.revision < state.needed) return undefined;
  if (copy.value === state.db && copy.other === state.other) return undefined;
  return `fresh at ${copy.revision} with ${copy.value}/${copy.other}, the database has ${state.db}/${state.other}`;
}

const two = (rule: Rule): Actor<State>[] => [
  mutation('a', 'A', rule),
  mutation('b', 'B', rule),
  delivery('a', rule),
  delivery('b', rule),
];

describe('merge (MRG-4, MRG-7)', () => {
  it('is right with base and number, and the first number read before the handler', () => {
    holds(start(), two('base'), freshButWrong);
  });

  it('stays right beside reads in flight and changes of neighbours', () => {
    holds(start(), [...two('base'), fetching, neighbour], freshButWrong);
  });

  it('is wrong when every result is merged', () => {
    fails(start(), two('always'), freshButWrong);
  });

  it('is wrong when only the number decides', () => {
    fails(start(), two('number'), freshButWrong);
  });

  it('is wrong when the server does not look at the number it read first', () => {
    fails(start(), two('base without first number'), freshButWrong);
  });

  it('is wrong without a number, against a read in flight', () => {
    const unnumbered: Actor<State> = {
      name: 'M',
      steps: [
        step('commit', (state) => {
          state.db = 'A';
        }),
        step('respond', (state) => {
          state.copy.value = 'A';
        }),
      ],
    };
    fails(start(), [fetching, unnumbered], freshButWrong);
  });
});

describe('merge beside another change of the instance (MRG-6)', () => {
  const both = (entry: boolean): Actor<State> => ({
    name: 'M',
    steps: [
      step('readLast', (state) => {
        state.first.M = state.record.last;
      }),
      step('commit', (state) => {
        state.db = 'A';
        state.other = 'A';
      }),
      step('number', (state) => {
        const base = changedAt(state.record, ADDRESS);
        const revision = noteScopes(state.record, [ADDRESS], 0, 10);
        state.message.M = entry ? { merge: { base, value: 'A' }, revision } : { revision };
      }),
    ],
  });

  it('has no entry', () => {
    holds(start(), [both(false), delivery('M', 'base')], freshButWrong);
  });

  it('would make the other member look fresh', () => {
    fails(start(), [both(true), delivery('M', 'base')], freshButWrong);
  });
});

describe('two members of one instance in one answer (MRG-7)', () => {
  const answer: Step<State> = step('answer', (state) => {
    state.db = 'A';
    state.other = 'A';
    state.needed = noteScopes(state.record, [ADDRESS], 0, 10);
  });
  const receive = (together: boolean): Step<State> =>
    step('receive', (state) => {
      const before = state.copy.revision;
      for (const member of ['value', 'other'] as const) {
        const age = together ? before : state.copy.revision;
        if (age >= 0 && age < state.needed)
          state.copy = { ...state.copy, [member]: 'A', revision: state.needed };
      }
    });

  it('are judged against the copy as it was before', () => {
    holds(start(), [{ name: 'M', steps: [answer, receive(true)] }], freshButWrong);
  });

  it('would lose the second one', () => {
    fails(start(), [{ name: 'M', steps: [answer, receive(false)] }], freshButWrong);
  });
});
