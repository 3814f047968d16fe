import { client } from '@mizan/server';
import { z } from 'zod';
import { Run } from './types.ts';
import { world } from './world.ts';

/** How often a function ran, and with which arguments. */
export const witness = client(
  { input: { target: z.string() }, output: Run, doc: 'How often a function ran, and with which arguments.' },
  ({ target }) => {
    const calls = world.runs.get(target) ?? [];
    return { count: calls.length, calls };
  },
);
/** Back to the first state: rows, witnesses, steering. Revisions stay. */
export const reset = client({}, () => {
  world.reset();
});
/** The next runs of a function fail, crash, answer wrongly, or wait for `release`. */
export const steer = client(
  {
    input: {
      target: z.string(),
      action: z.enum(['conflict', 'crash', 'hold', 'wrong']),
      times: z.int().min(1).default(1),
    },
  },
  ({ target, action, times }) => {
    world.steering.set(target, { action, times });
  },
);
/** Lets held runs go on. */
export const release = client({ input: { target: z.string() } }, ({ target }) => {
  world.release(target);
});
/** Moves the virtual clock, in milliseconds since 1970. */
export const setClock = client({ input: { now: z.int() } }, ({ now }) => {
  world.now = now;
});
