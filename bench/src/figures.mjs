import { rounded } from './statistics.mjs';

/**
 * @typedef {import('./run-bench.mjs').Row} Row
 * @typedef {object} Figure What a row must hold and aims at.
 * @property {string} title
 * @property {'higher' | 'lower'} better
 * @property {number} must
 * @property {number} aim
 * @property {(rows: readonly Row[]) => number | undefined} of undefined when it was not measured
 */

/** @param {string} row @param {string} [size] @param {string} [contestant] */
const ratio =
  (row, size = 'small', contestant = 'mizan') =>
  (/** @type {readonly Row[]} */ rows) =>
    find(rows, row, size, contestant)?.ratioToLimit ?? undefined;

/** @param {string} row @param {string} size @param {string} [contestant] */
const value =
  (row, size, contestant = 'mizan') =>
  (/** @type {readonly Row[]} */ rows) =>
    find(rows, row, size, contestant)?.value;

/** @param {readonly Row[]} rows @param {string} row @param {string} size @param {string} contestant */
function find(rows, row, size, contestant) {
  return rows.find((one) => one.row === row && one.size === size && one.contestant === contestant);
}

/** @param {number | undefined} one @param {number | undefined} other */
function quotient(one, other) {
  return one === undefined || other === undefined ? undefined : rounded(one / other);
}

/** @param {'higher' | 'lower'} better */
const figure =
  (better) =>
  (
    /** @type {string} */ title,
    /** @type {Figure['of']} */ of,
    /** @type {number} */ must,
    /** @type {number} */ aim,
  ) =>
    /** @type {Figure} */ ({ title, better, must, aim, of });
const most = figure('higher');
const least = figure('lower');

/** The figures that this project has set itself, for rows that run here. @type {readonly Figure[]} */
export const figures = [
  most('call: share of the limit', ratio('call'), 0.8, 0.9),
  least('call: p50 at one connection, over the limit', ratio('call-latency'), 1.15, 1.06),
  least('call: memory under load, over the limit', ratio('call-memory'), 1.25, 1.1),
  most('call on Bun: share of raw Bun.serve', ratio('call-bun'), 0.7, 0.85),
  most('bundle: share of the limit', ratio('bundle'), 0.8, 0.92),
  most('FastAPI: share of a plain route', ratio('fastapi'), 1, 1.15),
  most('Django: share of a plain JSON view', ratio('django'), 0.85, 0.95),
  most(
    'Django: over Django Ninja',
    // Of each its share, because that was taken in pairs.
    (rows) => quotient(ratio('django')(rows), ratio('django', 'small', 'ninja')(rows)),
    1,
    1.5,
  ),
  least('bytes of the kernel, kB', value('bytes-kernel', 'everything'), 3, 2.2),
  least('bytes of an app of 20 functions with React, kB', value('bytes-app', '20 functions'), 5, 3.6),
  least('bytes of one more function, called', value('bytes-app', 'one more, called'), 15, 9),
  least('bytes of one more function, not called', value('bytes-app', 'one more, not called'), 0, 0),
  least('generate 100 functions, over the limit', ratio('generate', '100'), 3.5, 2),
  least('generate 1,000 functions, over the limit', ratio('generate', '1000'), 5, 2.5),
  ...['TypeScript 5', 'TypeScript 6', 'TypeScript 7'].map((compiler) =>
    least(`type check of a client of 1,000, ${compiler}`, ratio('typecheck', `1000, ${compiler}`), 1.5, 1.1),
  ),
  least('instantiations a function in a client', value('typecheck-instantiations', 'a function'), 20, 5),
  least("type check of a server program, over tRPC's", ratio('typecheck-server', '100'), 1, 0.75),
  least('instantiations for importing the server', value('typecheck-import', 'one function'), 10_000, 5000),
  least('invalidate one of 10,000, over the limit', ratio('invalidate', '10000'), 10, 3),
  least('invalidate: growth from 10 to 10,000', value('invalidate-growth', '10 to 10000'), 20, 10),
  least('notify 1,000 subscribers, over the limit', ratio('notify', '1000'), 20, 5),
  least('memory an instance, over the floor', ratio('memory', 'without subscriber'), 2, 1.5),
  least('memory with a subscriber, over the floor', ratio('memory', 'with subscriber'), 2.5, 1.6),
];
