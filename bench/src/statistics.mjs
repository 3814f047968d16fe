/** The middle one, or the mean of the two. @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * Turns samples of interleaved rounds into rows: the value is the median, the ratio the median of each round's own
 * ratio, so that what slows a whole round down slows limit and contestant alike.
 *
 * @param {{ row: string, size: string, unit: string, limit?: string }} what
 * @param {ReadonlyMap<string, readonly number[]>} samples by contestant, one a round
 * @returns {import('./run-bench.mjs').Row[]}
 */
export function rowsOf({ row, size, unit, limit = 'limit' }, samples) {
  const base = samples.get(limit);
  return [...samples].map(([contestant, values]) => ({
    row,
    size,
    contestant,
    value: rounded(median(values)),
    unit,
    ratioToLimit:
      base === undefined
        ? null
        : rounded(median(values.map((value, round) => value / (base[round] ?? Number.NaN)))),
  }));
}

/** Four digits: more would be noise. @param {number} value */
export function rounded(value) {
  return Number(value.toPrecision(4));
}

/** Keeps a sample of a contestant. @param {Map<string, number[]>} samples @param {string} name @param {number} value */
export function keep(samples, name, value) {
  const list = samples.get(name);
  if (list === undefined) samples.set(name, [value]);
  else list.push(value);
}
