import { contestantsOf } from '../kernel/contestants.mjs';
import { interleave } from '../process/interleave.mjs';
import { rounded } from '../statistics.mjs';

/**
 * Invalidates one of so many cached instances, and says how the cost grows with their number.
 *
 * @param {import('../run-bench.mjs').Effort} effort
 * @returns {Promise<import('../run-bench.mjs').Row[]>}
 */
export async function measure(effort) {
  const contestants = contestantsOf('invalidate');
  /** @type {import('../run-bench.mjs').Row[]} */
  const rows = [];
  for (const size of [10, 1000, 10_000])
    rows.push(...(await interleave({ row: 'invalidate', size, contestants }, effort)));
  const growth = Object.keys(contestants).map((contestant) => {
    /** @param {string} size */
    const at = (size) =>
      rows.find((one) => one.contestant === contestant && one.size === size)?.value ?? Number.NaN;
    return {
      row: 'invalidate-growth',
      size: '10 to 10000',
      contestant,
      value: rounded(at('10000') / at('10')),
      unit: '×',
      ratioToLimit: null,
    };
  });
  return [...rows, ...growth];
}
