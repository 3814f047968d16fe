import { expect } from 'vitest';
import { type Actor, explore } from './explore.ts';

type Bad<S> = (state: S, done: boolean) => string | undefined;

/** A rule of the protocol: no schedule breaks it. */
export function holds<S extends object>(init: S, actors: Actor<S>[], bad: Bad<S>): void {
  const { found, states } = explore(init, actors, bad);
  expect(found, `${found?.why}\n${found?.schedule.join(' -> ')}`).toBeUndefined();
  expect(states).toBeGreaterThan(1);
}

/** A weaker rule, rejected: the explorer must find the schedule that breaks it. */
export function fails<S extends object>(init: S, actors: Actor<S>[], bad: Bad<S>): void {
  const { found } = explore(init, actors, bad);
  expect(found, 'the weaker rule should break').toBeDefined();
}
