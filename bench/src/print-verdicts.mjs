import { figures } from './figures.mjs';
import { format, shown } from './print-tables.mjs';

/**
 * Prints for each figure that was measured where Mizan stands: whether it holds what it must, and what it aims at.
 *
 * @param {readonly import('./run-bench.mjs').Row[]} rows
 */
export function printVerdicts(rows) {
  const lines = figures.flatMap((figure) => {
    const value = figure.of(rows);
    if (value === undefined) return [];
    const sign = figure.better === 'higher' ? '≥' : '≤';
    return [
      [
        figure.title,
        shown(value),
        `${sign} ${shown(figure.must)}`,
        holds(figure, value, figure.must) ? 'holds' : 'MISSED',
        `${sign} ${shown(figure.aim)}`,
        holds(figure, value, figure.aim) ? 'holds' : 'not yet',
      ],
    ];
  });
  if (lines.length > 0) console.log(`\n${format([['mizan', 'here', 'must', '', 'aim', ''], ...lines])}`);
}

/** @param {import('./figures.mjs').Figure} figure @param {number} value @param {number} wanted */
function holds({ better }, value, wanted) {
  return better === 'higher' ? value >= wanted : value <= wanted;
}
