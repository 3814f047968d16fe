import { contestantsOf } from '../kernel/contestants.mjs';
import { interleave } from '../process/interleave.mjs';

/** Tells 1,000 subscribers of one instance of new data. @param {import('../run-bench.mjs').Effort} effort */
export async function measure(effort) {
  return interleave({ row: 'notify', size: 1000, unit: 'µs', contestants: contestantsOf('notify') }, effort);
}
