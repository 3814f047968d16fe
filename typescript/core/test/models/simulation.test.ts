import { describe, expect, it } from 'vitest';
import { simulate, type World } from './simulation.ts';

/** How many seeds each world runs with; more by hand: `MODEL_SEEDS=20000`. */
const SEEDS = Number(process.env.MODEL_SEEDS ?? 150);

/** The first seed whose run breaks a promise. */
function firstBreak(world: World, seeds: number, from = 0): string | undefined {
  for (let seed = from; seed < from + seeds; seed++) {
    const { stale, stuck } = simulate(seed, world);
    if (stale.length > 0) return `seed ${seed}: shown as fresh: ${stale.join(', ')}`;
    if (stuck.length > 0) return `seed ${seed}: stale for ever: ${stuck.join(', ')}`;
  }
  return undefined;
}

describe('who was told never sees as fresh what lacks the change, and nobody is stuck', () => {
  it.each<[string, World]>([
    ['one healthy store', { shared: true }],
    ['one store, an edge', { shared: true, edge: true }],
    ['one store that loses records and fails over, an edge', { shared: true, loss: true, edge: true }],
    ['three memory stores, an edge', { shared: false, edge: true }],
    ['one store, merges and fresh bundles', { shared: true, answers: true }],
    ['everything at once', { shared: true, loss: true, edge: true, answers: true }],
    ['three memory stores, merges and fresh bundles', { shared: false, edge: true, answers: true }],
    [
      'three memory stores of which one loses records',
      { shared: false, loss: true, edge: true, answers: true },
    ],
  ])('%s', (_, world) => {
    expect(firstBreak(world, SEEDS)).toBeUndefined();
  });
});

/** Rare breaks start at a seed shortly before one that is known; any later one will do as well. */
describe('every rule is needed', () => {
  const all = { shared: true, loss: true, answers: true };
  it.each<[string, World, number]>([
    ['numbers that only count, failing over', { ...all, without: 'clock and as-of revisions' }, 0],
    [
      'numbers that only count, with three stores',
      { shared: false, without: 'clock and as-of revisions' },
      0,
    ],
    ['no $min, with three stores', { shared: false, without: '$min' }, 0],
    ['no $min, with an edge', { shared: true, edge: true, loss: true, without: '$min' }, 0],
    ['only the last number in $min', { shared: false, without: 'all epochs in $min' }, 0],
    ['lost numbers stay lost', { ...all, edge: true, without: 'lost numbers given back' }, 40],
    ['merges without their base', { ...all, without: 'merge base' }, 50],
    ['merges although a later change is known', { ...all, without: 'told numbers in merges' }, 940],
    [
      'merges although a change of another epoch is known',
      { ...all, without: 'other epochs in merges' },
      1100,
    ],
    ['a merged copy newer than the base', { ...all, without: 'base of merged copies' }, 128_200],
    ['a merged copy as new as its merge', { ...all, without: 'merged numbers apart' }, 960],
    ['fresh bundles before the numbers', { ...all, without: 'bundles after numbers' }, 0],
    ['stale copies that stand', { ...all, without: 'stale copies give way' }, 1040],
  ])('%s', (_, world, from) => {
    expect(firstBreak(world, 2000, from)).toBeDefined();
  });
});
